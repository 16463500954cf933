"""Who is acting, for whom, from where: set by the middleware or by a task, read by record()."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuditContext:
    """The circumstances of one request, task or command."""

    label: str = "system"
    ip: str = ""
    request_id: str = ""


_NOBODY = AuditContext()
_current: ContextVar[AuditContext | None] = ContextVar("kam_audit", default=None)


def current() -> AuditContext:
    """Return the context of what runs now."""
    return _current.get() or _NOBODY


@contextmanager
def acting(context: AuditContext) -> Iterator[None]:
    """Run the block under `context`."""
    token = _current.set(context)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def system(label: str) -> Iterator[None]:
    """Run the block as the system itself, e.g. `with system("visits.digest")`."""
    with acting(AuditContext(label=f"system: {label}")):
        yield
