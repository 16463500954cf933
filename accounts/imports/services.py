"""Importing units: the dry run and the writing are the same walk over the file, one of them with hands.

Batches are transactions of their own, so a long import can be stopped and started again: rows that were written are unchanged the
next time. Units are added many at a time, with the same history that adding one by one leaves (accounts.units.services).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import chain, repeat
from typing import IO, Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.imports import services_duplicates as duplicates
from accounts.imports.rules.checks import CheckedRow
from accounts.imports.rules.fates import Decision, Report, Seen, decide, decide_again
from accounts.imports.selectors import (
    BATCH,
    OBSERVED,
    PLAIN,
    Importer,
    check_rights_again,
    checked_batches,
    known_units,
    people_for,
)
from accounts.imports.terms import Column, Fate
from accounts.units.models import DirtyUnit, KeyAccount, Observation, Ownership, StatusChange, TierChange
from accounts.units.rules import phone_key
from accounts.units.terms import Tier, UnitSource, UnitStatus
from kam.audit.services import record_many
from kam.core.bulk import copy_rows, next_numbers
from kam.core.clock import business_date
from kam.core.locks import locked
from kam.search.services import pinyin_keys, search_keys
from kam.users.models import Industry, User

#: Taken by every batch that writes, so that two imports cannot both miss a unit the other one adds.
_LOCK = 4712
_MAX_SLUG = 40
#: The first rows are written in small batches: whoever waits sees the count move, and a long file hardly pays for it.
FIRST_BATCHES = (50, 100, 200)

OnBatch = Callable[[Report, list[Decision]], None]


def check_units(file: IO[bytes], importer: Importer, *, on_batch: OnBatch | None = None) -> Report:
    """Say what writing the file would do; write nothing about units. Raises UnreadableFileError."""
    report, seen = Report(), Seen()
    for batch in checked_batches(file, importer):
        known = known_units(batch, importer)
        decisions = [decide(row, seen=seen, known=known) for row in batch]
        _tell_holders(decisions, importer.by)
        report.add(decisions)
        if on_batch:
            on_batch(report, decisions)
    return report


def write_units(file: IO[bytes], importer: Importer, *, on_batch: OnBatch | None = None) -> Report:
    """Write what can be written, batch by batch, and return what happened. Raises UnreadableFileError."""
    report, seen = Report(), Seen()
    for batch in checked_batches(file, importer, chain(FIRST_BATCHES, repeat(BATCH))):
        decisions = _write_batch(batch, seen, importer)
        _tell_holders(decisions, importer.by)
        report.add(decisions)
        if on_batch:
            on_batch(report, decisions)
    return report


def _tell_holders(decisions: list[Decision], by: User | None) -> None:
    """Name the holder of another's unit as long as the hour's answers last; each answer is audited (12-decisions 2)."""
    held = [decision for decision in decisions if decision.is_held]
    if not held or by is None:
        return
    units = KeyAccount.objects.in_bulk([decision.unit_id for decision in held])
    for decision in held:
        if not duplicates.may_tell(by):
            decision.of = "held by somebody else"
            continue
        duplicates.note_told(units[decision.unit_id or 0], by=by)


def _write_batch(rows: list[CheckedRow], seen: Seen, importer: Importer) -> list[Decision]:
    """Decide and write in one transaction; once more where somebody outside added one of the units in between."""
    decisions: list[Decision] | None = None
    for attempt in (1, 2):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
                importer = _with_rights_of_now(rows, importer)
                known = known_units(rows, importer, is_written=True)
                if decisions is None:
                    decisions = [decide(row, seen=seen, known=known) for row in rows]
                else:
                    decisions = [decide_again(decision, seen=seen, known=known) for decision in decisions]
                _apply(decisions, importer.by)
                return decisions
        except IntegrityError:
            if attempt == 2:
                raise
    raise AssertionError("unreachable")  # pragma: no cover -- the loop returns or raises


def _with_rights_of_now(rows: list[CheckedRow], importer: Importer) -> Importer:
    """Return the importer as they stand now, locked until the batch is in; rows they may not write any more get a fault."""
    by = importer.by
    if by is not None:
        by = locked(User.objects.filter(pk=by.pk), no_key=True).get()
    now = replace(importer, by=by, people=people_for(by))
    check_rights_again(rows, importer, now)
    return now


def _apply(decisions: list[Decision], by: User | None) -> None:
    industries = _industries(decisions)
    created = [d for d in decisions if d.fate is Fate.CREATED]
    updated = [d for d in decisions if d.fate is Fate.UPDATED]
    today = business_date()
    _add_units(created, industries, by=by, on=today)
    _update_units(updated, industries, by=by, on=today)


def _industries(decisions: list[Decision]) -> dict[str, Industry]:
    """Return name → industry for the rows that are written; a new name becomes a new industry."""
    written = (d for d in decisions if d.fate in {Fate.CREATED, Fate.UPDATED})
    names = {d.row.values[Column.INDUSTRY] for d in written if Column.INDUSTRY in d.row.values}
    found = {row.name: row for row in Industry.objects.filter(name__in=names)}
    for name in sorted(names - found.keys()):
        found[name], _made = Industry.objects.get_or_create(name=name, defaults={"code": _free_code(name)})
    return found


def _free_code(name: str) -> str:
    base = pinyin_keys(name)[0].split(" ")[0][:_MAX_SLUG] or "industry"
    taken = set(Industry.objects.filter(code__startswith=base).values_list("code", flat=True))
    numbered = (f"{base[: _MAX_SLUG - 4]}-{n}" for n in range(2, 1_000))
    return base if base not in taken else next(code for code in numbered if code not in taken)


def _add_units(
    decisions: list[Decision], industries: dict[str, Industry], *, by: User | None, on: date
) -> None:
    if not decisions:
        return
    units = []
    for decision, pk in zip(decisions, next_numbers(KeyAccount, len(decisions)), strict=True):
        decision.unit_id = pk
        units.append(_new_unit(pk, decision.row, industries, on=on))
    by_id = by.pk if by else None
    copy_rows(units)
    copy_rows(
        [
            Ownership(
                unit_id=unit.pk, owner_id=unit.owner_id, team_id=unit.team_id, started_on=on, by_id=by_id
            )
            for unit in units
            if unit.owner_id is not None
        ]
    )
    copy_rows(
        [StatusChange(unit_id=unit.pk, old="", new=UnitStatus.PROSPECT, on=on, by_id=by_id) for unit in units]
    )
    _observe([(d, unit, d.row.values) for d, unit in zip(decisions, units, strict=True)], by=by, on=on)
    record_many(
        "accounts.unit.created",
        [(unit, _created(d.row)) for d, unit in zip(decisions, units, strict=True)],
        by=by,
        reason="import",
    )
    now = timezone.now()
    copy_rows([DirtyUnit(unit_id=unit.pk, marked_at=now) for unit in units])


def _new_unit(pk: int, row: CheckedRow, industries: dict[str, Industry], *, on: date) -> KeyAccount:
    values = row.values
    unit = KeyAccount(
        pk=pk,
        file_number=f"KA-{pk:06d}",
        file_opened_on=on,
        credit_code=values.get(Column.CREDIT_CODE, ""),
        tier=values.get(Column.TIER, Tier.D),
        industry=industries.get(values.get(Column.INDUSTRY, "")),
        owner_id=row.owner.id if row.owner else None,
        team_id=row.owner.team_id if row.owner else None,
        source=UnitSource.IMPORT,
        **{name: values.get(column, "") for column, name in PLAIN.items()},
    )
    _set_keys(unit)
    return unit


def _set_keys(unit: KeyAccount) -> list[str]:
    others = (unit.short_name, unit.english_name, *unit.former_names.splitlines())
    keys = search_keys(unit.name, *(text for text in others if text))
    unit.name_key, unit.pinyin, unit.initials = keys.name_key, keys.pinyin, keys.initials
    unit.sort_key = (keys.pinyin.split(" ")[0] or keys.name_key)[:200]
    unit.bigrams, unit.phone_key = keys.bigrams, phone_key(unit.phone)
    return ["name_key", "pinyin", "initials", "bigrams", "sort_key", "phone_key"]


def _created(row: CheckedRow) -> dict[str, tuple[Any, Any]]:
    return {
        str(column): (None, value.name if column is Column.OWNER else value)
        for column, value in row.values.items()
    }


def _observe(
    told: list[tuple[Decision, KeyAccount, dict[Column, Any]]], *, by: User | None, on: date
) -> None:
    stamp, by_id = f"{on:%Y%m%d}", by.pk if by else None
    copy_rows(
        [
            Observation(
                unit_id=unit.pk,
                field=name,
                value=_observed_value(values[column]),
                learned_on=on,
                by_id=by_id,
                source_kind="import",
                source_id=f"{unit.pk}:{decision.row.number}:{stamp}",
                source_label=f"row {decision.row.number}",
            )
            for decision, unit, values in told
            for column, name in OBSERVED.items()
            if column in values
        ]
    )


def _observed_value(value: Any) -> Any:
    return value if isinstance(value, int | str) else f"{value.normalize():f}"


def _mark_dirty(units: list[KeyAccount]) -> None:
    DirtyUnit.objects.bulk_create(
        [DirtyUnit(unit=unit, marked_at=timezone.now()) for unit in units],
        update_conflicts=True,
        unique_fields=["unit"],
        update_fields=["marked_at"],
    )


def _update_units(
    decisions: list[Decision], industries: dict[str, Industry], *, by: User | None, on: date
) -> None:
    if not decisions:
        return
    ids = [decision.unit_id for decision in decisions if decision.unit_id is not None]
    units = {
        unit.pk: unit for unit in KeyAccount.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    audited, told, changed_fields = [], [], {"version"}
    for decision in decisions:
        unit = units[decision.unit_id or 0]
        audited.append((unit, _change(unit, decision, industries, changed_fields, by=by, on=on)))
        told.append((decision, unit, decision.changes))
    KeyAccount.objects.bulk_update(units.values(), sorted(changed_fields))
    _observe(told, by=by, on=on)
    record_many("accounts.unit.edited", audited, by=by, reason="import")
    _mark_dirty(list(units.values()))


def _change(
    unit: KeyAccount,
    decision: Decision,
    industries: dict[str, Industry],
    changed_fields: set[str],
    *,
    by: User | None,
    on: date,
) -> dict[str, tuple[Any, Any]]:
    """Put the changes into `unit`, write its dated history, and return what the audit shall say."""
    changes = decision.changes
    told: dict[str, tuple[Any, Any]] = {}
    for column, name in PLAIN.items():
        if column in changes:
            told[name] = (getattr(unit, name), changes[column])
            setattr(unit, name, changes[column])
            changed_fields.add(name)
    if Column.INDUSTRY in changes:
        told["industry"] = (unit.industry_id, changes[Column.INDUSTRY])
        unit.industry = industries[changes[Column.INDUSTRY]]
        changed_fields.add("industry")
    if Column.TIER in changes:
        told["tier"] = (unit.tier, changes[Column.TIER])
        TierChange.objects.create(
            unit=unit, old=unit.tier, new=changes[Column.TIER], on=on, by=by, reason="import"
        )
        unit.tier = changes[Column.TIER]
        changed_fields.add("tier")
    if Column.OWNER in changes:
        owner = changes[Column.OWNER]
        told["owner"] = (None, owner.name)
        unit.owner_id, unit.team_id = owner.id, owner.team_id
        Ownership.objects.create(unit=unit, owner_id=owner.id, team_id=owner.team_id, started_on=on, by=by)
        changed_fields |= {"owner", "team"}
    told |= {str(column): (None, changes[column]) for column in OBSERVED if column in changes}
    changed_fields |= set(_set_keys(unit))
    unit.version += 1
    return told
