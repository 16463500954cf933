"""Computing red flags from the data, and accepting one with a comment."""

import time
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.red_flags.models import FlagCheck, RedFlag
from accounts.red_flags.registry import tell_followers
from accounts.red_flags.rules import VERSIONS, Raised, UnitFacts, flags_of
from accounts.red_flags.selectors import facts_of, thresholds, watched
from accounts.red_flags.terms import SEVERITY, FlagState
from accounts.units.models import DirtyUnit, KeyAccount
from accounts.units.services import mark_dirty
from kam.audit.services import record
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.prepared import forget_read
from kam.users.models import User

__all__ = ["acknowledge", "mark_all_dirty", "recompute", "recompute_dirty", "refresh", "touch"]

#: Units computed together; the tick gives up after so many seconds and goes on the next minute.
CHUNK = 200
TICK_SECONDS = 45

touch = mark_dirty


def department_day() -> date:
    """Return today's date on the department's clock, wherever the reader is."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


@transaction.atomic
def recompute(unit_ids: Collection[int], *, today: date | None = None) -> int:
    """Bring the flags of these units in step with the facts; return how many were raised or cleared.

    The same facts never raise a flag twice: a row with their key stays as it is, open, accepted or cleared.
    """
    today = today or department_day()
    units = list(locked(KeyAccount.objects.filter(pk__in=unit_ids)).only("pk"))
    ids = [unit.pk for unit in units]
    # Also of those that are no longer there to be watched (merged): else the next reading would find them again, for ever.
    DirtyUnit.objects.filter(unit_id__in=unit_ids).delete()
    facts = facts_of(ids, today=today)
    limits = thresholds()
    holding = {unit_id: flags_of(known, today=today, limits=limits) for unit_id, known in facts.items()}
    there: dict[tuple[int, str, str], RedFlag] = {
        (flag.unit_id, flag.kind, flag.fact_key): flag for flag in RedFlag.objects.filter(unit_id__in=ids)
    }
    raised = _raise(holding, there)
    cleared = _clear(holding, there, facts, today)
    FlagCheck.objects.bulk_create(
        [FlagCheck(unit_id=unit_id, checked_at=timezone.now()) for unit_id in ids],
        update_conflicts=True,
        unique_fields=["unit"],
        update_fields=["checked_at"],
    )
    tell_followers(ids, today)
    return raised + cleared


def _raise(holding: dict[int, list[Raised]], there: dict[tuple[int, str, str], RedFlag]) -> int:
    new = [
        RedFlag(
            unit_id=unit_id,
            kind=flag.kind,
            fact_key=flag.fact_key,
            person_id=flag.person_id,
            severity=SEVERITY[flag.kind],
            since_on=flag.since_on,
            evidence=dict(flag.evidence),
            rule_version=VERSIONS[flag.kind],
        )
        for unit_id, flags in holding.items()
        for flag in flags
        if (unit_id, flag.kind, flag.fact_key) not in there
    ]
    return len(RedFlag.objects.bulk_create(new))


def _clear(
    holding: dict[int, list[Raised]],
    there: dict[tuple[int, str, str], RedFlag],
    facts: dict[int, UnitFacts],
    today: date,
) -> int:
    held = {(unit_id, flag.kind, flag.fact_key) for unit_id, flags in holding.items() for flag in flags}
    gone = [flag for key, flag in there.items() if key not in held and flag.state != FlagState.CLEARED]
    for flag in gone:
        flag.state = FlagState.CLEARED
        flag.cleared_at = timezone.now()
        flag.cleared_evidence = _why_cleared(flag, facts.get(flag.unit_id), today)
        flag.version += 1
    RedFlag.objects.bulk_update(gone, ["state", "cleared_at", "cleared_evidence", "version"])
    return len(gone)


def _why_cleared(flag: RedFlag, facts: UnitFacts | None, today: date) -> dict[str, Any]:
    """Return what the facts say now, so that the end of a flag can be checked as well as its beginning."""
    if facts is None:
        return {"on": today.isoformat(), "not_watched": True}
    person = next((p for p in facts.persons if p.id == flag.person_id), None)
    told: dict[str, Any] = {
        "on": today.isoformat(),
        "last_contact": facts.last_contact_on.isoformat() if facts.last_contact_on else "",
        "last_written": facts.last_written_on.isoformat() if facts.last_written_on else "",
        "seats": {str(held.seat): person.name for person in facts.present for held in person.held},
        "tier": facts.tier,
    }
    if person is not None:
        told["person"] = person.name
        told["met"] = person.met_last_on.isoformat() if person.met_last_on else ""
        told["left"] = person.left_on.isoformat() if person.left_on else ""
    return told


def recompute_dirty(*, seconds: float = TICK_SECONDS) -> str:
    """Compute the units that acts marked, oldest first; the tick calls this every minute."""
    end = time.monotonic() + seconds
    units = 0
    while time.monotonic() < end:
        ids = list(DirtyUnit.objects.order_by("marked_at").values_list("unit_id", flat=True)[:CHUNK])
        if not ids:
            break
        recompute(ids)
        units += len(ids)
    return str(units)


def mark_all_dirty() -> str:
    """Mark every watched unit, for the flags that time alone raises; runs at 00:10 on the department's clock."""
    ids = KeyAccount.objects.filter(watched()).values_list("pk", flat=True)
    now = timezone.now()
    total = 0
    for chunk in _chunks(ids.iterator(chunk_size=2_000), 2_000):
        DirtyUnit.objects.bulk_create(
            [DirtyUnit(unit_id=unit_id, marked_at=now) for unit_id in chunk], ignore_conflicts=True
        )
        total += len(chunk)
    return str(total)


def _chunks(ids: Iterable[int], size: int) -> Iterable[list[int]]:
    chunk: list[int] = []
    for unit_id in ids:
        chunk.append(unit_id)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def refresh(unit: KeyAccount) -> FlagCheck | None:
    """Compute a unit's flags if an act marked it or they are of another day; opening the record calls this."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.checked_at, exists(select 1 from accounts_dirtyunit d where d.unit_id = %s)"
            " from (select 1) one left join accounts_flagcheck c on c.unit_id = %s",
            [unit.pk, unit.pk],
        )
        checked_at, is_dirty = cursor.fetchone()
    zone = timezone.get_default_timezone()
    if is_dirty or checked_at is None or timezone.localdate(checked_at, zone) != department_day():
        recompute([unit.pk])
        forget_read(unit, "flags")
        return FlagCheck.objects.filter(pk=unit.pk).first()
    return FlagCheck(unit=unit, checked_at=checked_at)


@transaction.atomic
def acknowledge(flag: RedFlag, *, by: User, comment: str, version: int) -> RedFlag:
    """Accept the danger, with a comment; it stays on the record as accepted until its facts are gone."""
    row = locked(RedFlag.objects.filter(pk=flag.pk)).get()
    if row.version != version:
        raise ConflictError(_("This flag has changed meanwhile."), code="stale")
    if row.state != FlagState.OPEN:
        raise BusinessError(_("Only an open flag can be accepted."), code="not_open")
    if not comment.strip():
        raise BusinessError(_("Say why the danger is acceptable."), code="comment", field="comment")
    row.state = FlagState.ACKNOWLEDGED
    row.acknowledged_by, row.acknowledged_at = by, timezone.now()
    row.comment = comment.strip()[:500]
    row.version += 1
    row.save(update_fields=["state", "acknowledged_by", "acknowledged_at", "comment", "version"])
    record(
        "accounts.flag.acknowledged",
        row,
        by=by,
        changes={"state": (FlagState.OPEN, FlagState.ACKNOWLEDGED)},
        reason=row.comment,
    )
    return row
