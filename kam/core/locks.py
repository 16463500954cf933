"""Row locks with a negative control: race tests switch them off and must then fail."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.db import OperationalError, connection
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from kam.core.errors import BusyError

M = TypeVar("M", bound=Model)
#: A lock not given in time, and two acts that wait for each other: the same act may work a moment later.
_BUSY_STATES = frozenset({"55P03", "40P01"})
_BUSY = _(
    "Somebody else is saving something about the same record just now. Nothing of yours was saved: send it again in a moment."
)


def locked(
    rows: QuerySet[M], *, skip_locked: bool = False, no_key: bool = False, of: tuple[str, ...] = ("self",)
) -> QuerySet[M]:
    """Return `rows` with FOR UPDATE, ordered by primary key so that two acts cannot wait for each other.

    `no_key` leaves those alone who only refer to the row, e.g. everybody who writes something with a person in it.
    """
    if settings.SKIP_LOCKS:
        return rows.order_by("pk")
    return rows.select_for_update(skip_locked=skip_locked, no_key=no_key, of=of).order_by("pk")


def hold_name(name: str, *, shared: bool = False) -> None:
    """Hold a name until the transaction ends, where there is no row to lock: whoever else asks for it waits.

    Those who hold it `shared` wait for nobody but the one who holds it alone.
    """
    if settings.SKIP_LOCKS:
        return
    act = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"select {act}(hashtextextended(%s, 0))", [name])


def try_to_hold_name(name: str) -> bool:
    """Hold a name until the transaction ends if nobody else does; False where somebody does, at once."""
    if settings.SKIP_LOCKS:
        return True
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        ((is_held,),) = cursor.fetchall()
    return bool(is_held)


def is_busy(error: BaseException | None) -> bool:
    """Say whether the database refused because others hold what is asked for, and not because it is away."""
    return isinstance(error, OperationalError) and getattr(error.__cause__, "pgcode", "") in _BUSY_STATES


def busy() -> BusyError:
    """Return the refusal for whoever waited in vain."""
    return BusyError(_BUSY, code="busy")


def say_busy(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Turn a wait for a lock that lasted too long into a refusal; a wrapper of statements while a request is answered (ADR 0022)."""
    try:
        return execute(sql, params, many, context)
    except OperationalError as error:
        if is_busy(error):
            raise busy() from error
        raise
