"""Writing to the audit: one function, called inside the transaction of the act it describes."""

import hashlib
import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from kam.audit import context, registry
from kam.audit.models import AuditEntry, AuditPersonal
from kam.core.bulk import copy_rows
from kam.users.models import User


def record(
    act: str,
    obj: models.Model,
    *,
    by: User | None,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    personal: Collection[str] = (),
    reason: str = "",
    acting_for: User | None = None,
) -> AuditEntry:
    """Append one entry; `changes` maps field → (old, new), fields named in `personal` go to the side table.

    Raises ValueError for an act that no room registered. `by` is None for the system.
    """
    public, private = _split(changes or {}, personal)
    entry = _entry(act, obj, by=by, changes=public, reason=reason)
    entry.acting_for = acting_for
    entry.save(force_insert=True)
    AuditPersonal.objects.bulk_create([AuditPersonal(entry=entry, **row) for row in private])
    return entry


def record_many(
    act: str,
    rows: Iterable[tuple[models.Model, Mapping[str, tuple[Any, Any]]]],
    *,
    by: User | None,
    reason: str = "",
) -> None:
    """Append one entry per (object, changes) with one statement; for acts on many objects without personal values."""
    copy_rows(
        [_entry(act, obj, by=by, changes=_split(changes, ())[0], reason=reason) for obj, changes in rows]
    )


def _entry(
    act: str, obj: models.Model, *, by: User | None, changes: dict[str, list[Any]], reason: str
) -> AuditEntry:
    if not registry.is_registered(act):
        raise ValueError(f"act {act} is not registered")
    now = context.current()
    return AuditEntry(
        at=timezone.now(),
        actor_id=by.pk if by else None,
        actor_label=by.name if by else now.label,
        act=act,
        object_type=obj._meta.label_lower,  # noqa: SLF001 -- Django documents _meta as its API
        object_id=str(obj.pk),
        object_label=str(obj)[:300],
        changes=changes,
        reason=reason,
        ip=now.ip,
        request_id=now.request_id,
    )


def changed_fields(obj: models.Model, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return field → (old, new) for those of `values` that differ from what `obj` holds now."""
    old = {name: getattr(obj, name) for name in values}
    return {name: (old[name], new) for name, new in values.items() if old[name] != new}


@transaction.atomic
def erase_personal(obj: models.Model, *, by: User | None, reason: str) -> int:
    """Empty the personal values of every entry about `obj` and return how many; the chain stays whole (12-decisions, 28).

    The caller has the approval (subject `erasure`); the database lets nobody empty them without the entry written here.
    """
    record("audit.personal.erased", obj, by=by, reason=reason)
    with connection.cursor() as cursor:
        cursor.execute("select audit_erase_personal(%s, %s)", [obj._meta.label_lower, str(obj.pk)])  # noqa: SLF001 -- Django's API
        return int(cursor.fetchone()[0])


def _split(
    changes: Mapping[str, tuple[Any, Any]], personal: Collection[str]
) -> tuple[dict[str, list[Any]], list[dict[str, str]]]:
    public: dict[str, list[Any]] = {}
    private = []
    for field, (old, new) in changes.items():
        if field not in personal:
            public[field] = [_plain(old), _plain(new)]
            continue
        salt = secrets.token_hex(16)
        old_text, new_text = str(_plain(old) or ""), str(_plain(new) or "")
        public[field] = [_digest(salt, old_text), _digest(salt, new_text)]
        private.append({"field": field, "old": old_text, "new": new_text, "salt": salt})
    return public, private


def _digest(salt: str, text: str) -> str:
    return "sha256:" + hashlib.sha256(f"{salt}|{text}".encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Return `value` as JSON can keep it without loss: no floats, dates in ISO, rows by name."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return str(value)
