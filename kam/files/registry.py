"""Which records take files, and who may read and add them: said by the room of the record.

register_owner("accounts.unit", _("Unit"), may_read=fn(user, owner_id) -> bool, may_add=fn(user, owner_id) -> bool)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FileOwner:
    """A kind of record. Both functions ask the database for the row *as this person sees it*."""

    kind: str
    label: Any
    may_read: Callable[[Any, str], bool]
    may_add: Callable[[Any, str], bool]


_owners: dict[str, FileOwner] = {}


def register_owner(
    kind: str, label: Any, *, may_read: Callable[[Any, str], bool], may_add: Callable[[Any, str], bool]
) -> FileOwner:
    """Let records of this kind have files."""
    if kind in _owners:
        raise ValueError(f"owner of files {kind} is registered twice")
    _owners[kind] = FileOwner(kind, label, may_read, may_add)
    return _owners[kind]


def owner_of(kind: str) -> FileOwner | None:
    """Return the owner of this kind, if its room is still there."""
    return _owners.get(kind)
