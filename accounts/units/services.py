"""The acts on a unit. Each locks, checks, writes, audits and marks the unit dirty in one transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.units import labels, registry, rules
from accounts.units.models import (
    DirtyUnit,
    KeyAccount,
    Observation,
    Ownership,
    StatusChange,
    TierChange,
)
from accounts.units.selectors import is_below, observations_of
from accounts.units.services_along import take_along
from accounts.units.terms import (
    STATUS_NEEDS_REASON,
    STATUS_TRANSITIONS,
    Field,
    Tier,
    UnitStatus,
)
from kam.audit.services import changed_fields, record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.transitions import can_move
from kam.notes.terms import NOTHING, SourceKey
from kam.search.services import normalise_name, search_keys
from kam.users.models import User
from kam.users.scopes import team_of
from kam.users.terms import SELLERS

#: What edit_unit may write; owner, status, tier, core and focus have acts of their own.
EDITABLE = frozenset(
    {"name", "short_name", "english_name", "credit_code", "parent", "channel", "industry", "area"}
    | {"expansion_round", "address", "phone", "website", "internal_website", "source", "unit_class"}
    | {"current_status", "next_step", "next_step_due_on"}
)
MAX_KEY = 200
_KEYED = ("name", "short_name", "english_name")
STALE = _("Somebody changed this unit meanwhile. Here is what it says now.")
MERGED = _("This unit was merged into another one meanwhile. Open it again; you will be led there.")


def mark_dirty(unit_id: int) -> None:
    """Ask the tick to compute this unit's red flags again; call it inside the act's transaction."""
    DirtyUnit.objects.bulk_create(
        [DirtyUnit(unit_id=unit_id, marked_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["unit"],
        update_fields=["marked_at"],
    )


def lock_unit(unit_id: int, *, version: int | None = None) -> KeyAccount:
    """Return the unit locked for this transaction; ConflictError where `version` is not the present one, or it was merged."""
    unit = locked(KeyAccount.everything.filter(pk=unit_id)).get()
    if unit.merged_into_id is not None:
        raise ConflictError(MERGED, code="merged")
    if version is not None and unit.version != version:
        raise ConflictError(STALE, code="stale")
    return unit


@transaction.atomic
def create_unit(
    values: Mapping[str, Any],
    *,
    by: User | None,
    owner: User | None = None,
    on: date | None = None,
    tier: Tier = Tier.D,
) -> KeyAccount:
    """Open the file of a unit as a prospect; `owner` (a seller, or nobody) gets it from `on` on."""
    on = on or business_date()
    _check_owner(owner)
    unit = KeyAccount(
        owner=owner,
        team=team_of(owner) if owner else None,
        tier=tier,
        file_opened_on=on,
        **_checked(dict(values)),
    )
    set_keys(unit)
    _save_new(unit)
    unit.file_number = f"KA-{unit.pk:06d}"
    unit.save(update_fields=["file_number"])
    if owner is not None:
        Ownership.objects.create(unit=unit, owner=owner, team=unit.team, started_on=on, by=by)
    StatusChange.objects.create(unit=unit, old="", new=unit.status, on=on, by=by)
    record(
        "accounts.unit.created",
        unit,
        by=by,
        changes={name: (None, value) for name, value in values.items() if value not in (None, "")},
    )
    mark_dirty(unit.pk)
    return unit


@transaction.atomic
def edit_unit(
    unit: KeyAccount, values: Mapping[str, Any], *, by: User | None, version: int | None = None
) -> KeyAccount:
    """Write identity fields; ConflictError where somebody was faster. Unchanged values write nothing."""
    row = lock_unit(unit.pk, version=version)
    changes = changed_fields(row, _checked(dict(values), row))
    if not changes:
        return row
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    fields = [*changes]
    if changes.keys() & {*_KEYED, "phone"}:
        fields += set_keys(row)
    row.version += 1
    try:
        with transaction.atomic():
            row.save(update_fields=[*fields, "version"])
    except IntegrityError as error:
        raise _duplicate(error) from error
    record("accounts.unit.edited", row, by=by, changes=changes)
    mark_dirty(row.pk)
    return row


@transaction.atomic
def observe(
    unit: KeyAccount,
    values: Mapping[str, Any],
    *,
    learned_on: date,
    by: User | None,
    source: SourceKey | None = None,
    seen: Mapping[str, int | None] | None = None,
) -> list[Observation]:
    """Write what was learned, one dated row a field; the same value from the same source writes nothing.

    A value learned earlier than the newest one takes its place in the history and hides nothing; what was known on its own day is
    what it is compared with. `None` or "" is skipped: a blank never erases. `seen` maps field → id of the observation the page showed; ConflictError where
    a newer one exists.
    """
    source = source or NOTHING
    _refuse_future(learned_on, field="learned_on")
    row = lock_unit(unit.pk)
    known = observations_of(row, [str(name) for name in values])
    for name, identity in (seen or {}).items():
        if (known[name][-1].pk if name in known else None) != identity:
            raise ConflictError(STALE, code="stale", field=name)
    before = {name: rules.in_force(rows, learned_on) for name, rows in known.items()}
    made: list[Observation] = []
    for name, raw in values.items():
        value = _value(name, raw)
        old = before.get(str(name))
        if value is None or (
            old and old.value == value and (old.source_kind, old.source_id) == (source.kind, source.id)
        ):
            continue
        made.append(
            Observation(
                unit=row,
                field=str(name),
                value=value,
                learned_on=learned_on,
                by=by,
                source_kind=source.kind,
                source_id=source.id,
                source_label=source.label,
            )
        )
    if made:
        Observation.objects.bulk_create(made)
        values = {o.field: old.value if (old := before.get(o.field)) else None for o in made}
        changes = {o.field: (values[o.field], o.value) for o in made if values[o.field] != o.value}
        record("accounts.unit.observed", row, by=by, changes=changes, reason=source.label)
        mark_dirty(row.pk)
    return made


@transaction.atomic
def change_owner(
    unit: KeyAccount,
    *,
    owner: User | None,
    by: User | None,
    on: date | None = None,
    reason: str = "",
    version: int | None = None,
) -> KeyAccount:
    """Give the unit to `owner` from `on` on (None: to nobody) with what goes along; the old period closes, history keeps the old owner."""
    on = on or business_date()
    _refuse_future(on, field="on")
    row = lock_unit(unit.pk, version=version)
    _check_owner(owner)
    if row.owner_id == (owner.pk if owner else None):
        raise BusinessError(_("This person owns the unit already."), code="same", field="owner")
    running = locked(Ownership.objects.filter(unit=row, ended_on__isnull=True)).first()
    if running is not None:
        if on < running.started_on:
            raise BusinessError(
                _("The present owner has had the unit only since a later day."), code="early", field="on"
            )
        running.ended_on = on
        running.save(update_fields=["ended_on"])
    changes = {"owner": (row.owner, owner)}
    row.owner = owner
    row.team = team_of(owner) if owner else row.team
    row.version += 1
    row.save(update_fields=["owner", "team", "version"])
    if owner is not None:
        Ownership.objects.create(
            unit=row, owner=owner, team=row.team, started_on=on, by=by, reason=reason[:300]
        )
    record("accounts.unit.owner_changed", row, by=by, changes=changes, reason=reason)
    take_along(row, changes["owner"][0], by=by)
    mark_dirty(row.pk)
    return row


@transaction.atomic
def change_status(
    unit: KeyAccount,
    *,
    to: UnitStatus,
    by: User | None,
    on: date | None = None,
    reason: str = "",
    version: int | None = None,
) -> KeyAccount:
    """Move the unit to another status, dated; refused by the table, by a guard (qualification) or without a reason."""
    on = on or business_date()
    row = lock_unit(unit.pk, version=version)
    old = UnitStatus(row.status)
    if not can_move(old, to, STATUS_TRANSITIONS):
        raise BusinessError(
            _("A unit cannot go from “%(old)s” to “%(new)s”.")
            % {"old": labels.STATUS_LABELS[old], "new": labels.STATUS_LABELS[to]},
            code="transition_refused",
            field="to",
        )
    if to in STATUS_NEEDS_REASON and not reason.strip():
        raise BusinessError(_("Say why."), code="reason", field="reason")
    _check_day(row, on)
    registry.check_status_guards(row, to, on)
    row.status = to
    row.version += 1
    row.save(update_fields=["status", "version"])
    StatusChange.objects.create(unit=row, old=old, new=to, on=on, by=by, reason=reason[:300])
    record("accounts.unit.status_changed", row, by=by, changes={"status": (old, to)}, reason=reason)
    mark_dirty(row.pk)
    return row


@transaction.atomic
def change_tier(
    unit: KeyAccount,
    *,
    to: Tier,
    by: User | None,
    reason: str,
    on: date | None = None,
    version: int | None = None,
) -> KeyAccount:
    """Confirm another tier, with the reason."""
    row = lock_unit(unit.pk, version=version)
    if row.tier == to:
        raise BusinessError(_("The unit has this tier already."), code="same", field="to")
    if not reason.strip():
        raise BusinessError(_("Say why."), code="reason", field="reason")
    old, row.tier = Tier(row.tier), to
    row.version += 1
    row.save(update_fields=["tier", "version"])
    TierChange.objects.create(unit=row, old=old, new=to, on=on or business_date(), by=by, reason=reason[:300])
    record("accounts.unit.tier_changed", row, by=by, changes={"tier": (old, to)}, reason=reason)
    registry.tell_tier_changed(row, old, to, by)
    mark_dirty(row.pk)
    return row


@transaction.atomic
def finish_next_step(unit: KeyAccount, *, by: User, version: int | None = None) -> KeyAccount:
    """Tick the next step off; the page then asks for the following one (S-008)."""
    row = lock_unit(unit.pk, version=version)
    if not row.next_step:
        return row
    changes = {"next_step": (row.next_step, ""), "next_step_due_on": (row.next_step_due_on, None)}
    row.next_step, row.next_step_due_on = "", None
    row.version += 1
    row.save(update_fields=["next_step", "next_step_due_on", "version"])
    record("accounts.unit.next_step_done", row, by=by, changes=changes)
    mark_dirty(row.pk)
    return row


def _checked(values: dict[str, Any], unit: KeyAccount | None = None) -> dict[str, Any]:
    """Return `values` in their kept spelling, or refuse at the field."""
    if unknown := values.keys() - EDITABLE:
        raise ValueError(f"not editable here: {sorted(unknown)}")
    if "credit_code" in values:
        values["credit_code"] = _credit_code(values["credit_code"] or "")
    if "name" in values and not 1 <= len(normalise_name(values["name"])) <= MAX_KEY:
        raise BusinessError(_("A name needs letters, at most 200."), code="name", field="name")
    if "channel" in values and values["channel"] not in labels.CHANNEL_LABELS:
        raise BusinessError(_("Choose one of the list."), code="choice", field="channel")
    parent = values.get("parent")
    if parent is not None and unit is not None and is_below(parent, unit):
        raise BusinessError(
            _("The parent unit is below this one; that would be a circle."), code="circle", field="parent"
        )
    return values


def _credit_code(raw: str) -> str:
    code = rules.normalise_credit_code(raw)
    problem = rules.credit_code_problem(code) if code else ""
    if problem == "shape":
        raise BusinessError(
            _("A credit code has 18 characters: figures and capitals without I, O, S, V, Z."),
            code="shape",
            field="credit_code",
        )
    if problem:
        raise BusinessError(
            _("The check character of this code does not fit: a typing error?"),
            code="checksum",
            field="credit_code",
        )
    return code


def set_keys(unit: KeyAccount) -> list[str]:
    """Write what the search finds a unit by, names of units merged into it included; return the fields."""
    others = (unit.short_name, unit.english_name, *unit.former_names.splitlines())
    keys = search_keys(unit.name, *(text for text in others if text))
    unit.name_key, unit.pinyin, unit.initials, unit.bigrams = (
        keys.name_key,
        keys.pinyin,
        keys.initials,
        keys.bigrams,
    )
    unit.sort_key = (keys.pinyin.split(" ")[0] or keys.name_key)[:200]
    unit.phone_key = rules.phone_key(unit.phone)
    return ["name_key", "pinyin", "initials", "bigrams", "sort_key", "phone_key"]


def _save_new(unit: KeyAccount) -> None:
    gone = KeyAccount.everything.filter(merged_into__isnull=False)
    if gone.filter(name_key=unit.name_key).exists():
        raise BusinessError(_("A unit of this name exists already."), code="duplicate", field="name")
    try:
        with transaction.atomic():
            unit.save(force_insert=True)
    except IntegrityError as error:
        raise _duplicate(error) from error


def _duplicate(error: IntegrityError) -> BusinessError:
    """Turn a broken uniqueness into a sentence at its field; anything else goes up."""
    text = str(error)
    if "unit_credit_code_once" in text:
        return BusinessError(_("Another unit has this credit code."), code="duplicate", field="credit_code")
    if "name_key" in text:
        return BusinessError(_("A unit of this name exists already."), code="duplicate", field="name")
    raise error


def _check_owner(owner: User | None) -> None:
    if owner is None:
        return
    if not owner.is_active:
        raise BusinessError(_("This person does not work here any more."), code="gone", field="owner")
    if owner.position not in SELLERS:
        raise BusinessError(_("This position does not keep units."), code="position", field="owner")


def _refuse_future(day: date, *, field: str) -> None:
    if day > business_date():
        raise BusinessError(_("This day is still to come."), code="future", field=field)


def _check_day(unit: KeyAccount, on: date) -> None:
    _refuse_future(on, field="on")
    last = StatusChange.objects.filter(unit=unit).order_by("-on", "-id").first()
    if last is not None and on < last.on:
        raise BusinessError(_("The status was changed on a later day already."), code="early", field="on")


def _value(name: str, raw: Any) -> rules.Value:
    try:
        return rules.clean_value(Field(name), raw)
    except rules.ValueRefusedError as refusal:
        raise BusinessError(labels.REFUSALS[refusal.code], code=refusal.code, field=str(name)) from refusal
