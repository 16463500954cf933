"""The acts on persons: add, edit, assess, roles, leaving. Key persons and relations stand in services_ties.py."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import KeyPersonPeriod, Person, PersonFact, PersonRole
from accounts.persons.rules import in_scale
from accounts.persons.terms import (
    ASSESSED_FIELDS,
    PERSONAL_FIELDS,
    PLACED_FIELDS,
    BuyerRole,
    Confidence,
    GatekeeperKind,
)
from accounts.units.models import KeyAccount
from accounts.units.rules import in_force, is_newest, phone_key
from accounts.units.services import lock_unit, mark_dirty
from kam.audit.services import changed_fields, record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.notes.terms import NOTHING, SourceKey
from kam.search.services import search_keys
from kam.users.models import User

#: What add_person and edit_person may write; assessed fields go through assess_person.
EDITABLE = frozenset(
    {"name", "post", "department", "reports_to", "mobile", "phone", "wechat", "email", "birthday"}
    | {"hobbies", "background", "home", "family", "level", "function", "official", "consent_source"}
    | {"consent_on", "knows_unit", "has_appeal", "has_decision_power", "knows_places", "knows_times"}
    | {"insider_learn", "insider_cultivate", "insider_tasks", "insider_density", "first_met_on"}
)
STALE = _("Somebody changed this person meanwhile. Here is what it says now.")
MERGED = _("This person was merged into another entry meanwhile. Open it again; you will be led there.")


def lock_person(person_id: int, *, version: int | None = None) -> Person:
    """Return the person locked, the unit before it; ConflictError where `version` is not the present one."""
    unit_id = Person.everything.values_list("unit_id", flat=True).get(pk=person_id)
    unit = lock_unit(unit_id)
    person = locked(Person.everything.filter(pk=person_id)).get()
    if person.merged_into_id is not None:
        raise ConflictError(MERGED, code="merged")
    person.unit = unit
    if version is not None and person.version != version:
        raise ConflictError(STALE, code="stale")
    return person


@transaction.atomic
def add_person(
    unit: KeyAccount,
    values: Mapping[str, Any],
    *,
    by: User | None,
    on: date | None = None,
    assessment: Mapping[str, Any] | None = None,
    source: SourceKey | None = None,
) -> Person:
    """Add a person to the unit; `assessment` is kept as dated facts of the same day."""
    on = on or business_date()
    row = lock_unit(unit.pk)
    person = Person(unit=row, added_on=on, **_checked(dict(values), row))
    set_keys(person)
    person.save(force_insert=True)
    _note_place(person, [name for name in PLACED_FIELDS if getattr(person, name)], by=by, on=on)
    record(
        "accounts.person.added",
        person,
        by=by,
        changes={name: (None, value) for name, value in values.items() if value not in (None, "")},
        personal=PERSONAL_FIELDS,
    )
    if assessment:
        _assess(person, assessment, by=by, learned_on=on, source=source or NOTHING)
    mark_dirty(row.pk)
    return person


@transaction.atomic
def edit_person(
    person: Person, values: Mapping[str, Any], *, by: User | None, version: int | None = None
) -> Person:
    """Write who the person is and how to reach them; another post, department or boss is kept with today's date."""
    row = lock_person(person.pk, version=version)
    changes = changed_fields(row, _checked(dict(values), row.unit, row))
    if not changes:
        return row
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    fields = [*changes]
    if changes.keys() & {"name", "mobile"}:
        fields += set_keys(row)
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    _note_place(row, [name for name in PLACED_FIELDS if name in changes], by=by, on=business_date())
    act = (
        "accounts.person.post_changed"
        if changes.keys() & {"post", "department"}
        else "accounts.person.edited"
    )
    record(act, row, by=by, changes=changes, personal=PERSONAL_FIELDS)
    mark_dirty(row.unit_id)
    return row


@transaction.atomic
def assess_person(
    person: Person,
    values: Mapping[str, Any],
    *,
    learned_on: date,
    by: User | None,
    source: SourceKey | None = None,
    version: int | None = None,
) -> list[PersonFact]:
    """Write an assessment as dated facts, and on the person what was learned last. Unchanged values write nothing.

    An assessment of an earlier day than what is known takes its place in the history and hides nothing.
    """
    if learned_on > business_date():
        raise BusinessError(_("This day is still to come."), code="future", field="learned_on")
    row = lock_person(person.pk, version=version)
    made = _assess(row, values, by=by, learned_on=learned_on, source=source or NOTHING)
    if made:
        mark_dirty(row.unit_id)
    return made


@transaction.atomic
def set_role(
    person: Person,
    role: BuyerRole,
    *,
    by: User | None,
    kind: GatekeeperKind | str = "",
    confidence: Confidence = Confidence.ASSUMED,
    on: date | None = None,
) -> PersonRole:
    """Give the person a buyer role from `on` on; another confidence closes the old row and opens one."""
    on = on or business_date()
    if on > business_date():
        raise BusinessError(_("This day is still to come."), code="future", field="on")
    row = lock_person(person.pk)
    if (role == BuyerRole.GATEKEEPER) != bool(kind):
        raise BusinessError(
            _("A gatekeeper is technical or financial; other roles have no kind."), code="kind", field="role"
        )
    running = locked(
        PersonRole.objects.filter(person=row, role=role, gatekeeper_kind=kind, ended_on__isnull=True)
    ).first()
    if running is not None and running.confidence == confidence:
        return running
    if running is not None and on < running.started_on:
        raise BusinessError(
            _("What is known of this role was learned on a later day."), code="early", field="on"
        )
    if running is not None:
        _close(running, on)
    made = PersonRole.objects.create(
        person=row, role=role, gatekeeper_kind=kind, confidence=confidence, started_on=on, by=by
    )
    record(
        "accounts.person.role_set",
        row,
        by=by,
        changes={"role": (None, kind or role), "confidence": (running and running.confidence, confidence)},
    )
    mark_dirty(row.unit_id)
    return made


@transaction.atomic
def end_role(role: PersonRole, *, by: User | None, on: date | None = None) -> PersonRole:
    """The person does not have this role any more from `on` on; ended twice changes nothing."""
    person = lock_person(role.person_id)
    row = locked(PersonRole.objects.filter(pk=role.pk)).get()
    if row.ended_on is None:
        _close(row, on or business_date())
        record(
            "accounts.person.role_ended",
            person,
            by=by,
            changes={"role": (row.gatekeeper_kind or row.role, None)},
        )
        mark_dirty(person.unit_id)
    return row


@transaction.atomic
def mark_left(
    person: Person,
    *,
    by: User | None,
    on: date | None = None,
    reason: str = "",
    version: int | None = None,
) -> Person:
    """The person left the unit: roles and a key-person period end that day; history stays."""
    on = on or business_date()
    row = lock_person(person.pk, version=version)
    if row.left_on is not None:
        raise BusinessError(_("This person has left already."), code="left")
    if on > business_date():
        raise BusinessError(_("This day is still to come."), code="future", field="on")
    row.left_on, row.left_reason = on, reason[:300]
    row.version += 1
    row.save(update_fields=["left_on", "left_reason", "version"])
    for role in locked(PersonRole.objects.filter(person=row, ended_on__isnull=True)):
        _close(role, on)
    for period in locked(KeyPersonPeriod.objects.filter(person=row, ended_on__isnull=True)):
        period.ended_on, period.end_reason = max(on, period.started_on), str(_("The person left the unit."))
        period.save(update_fields=["ended_on", "end_reason"])
    record("accounts.person.left", row, by=by, changes={"left_on": (None, on)}, reason=reason)
    mark_dirty(row.unit_id)
    return row


def _close(role: PersonRole, on: date) -> None:
    role.ended_on = max(on, role.started_on)
    role.save(update_fields=["ended_on"])


def _assess(
    person: Person, values: Mapping[str, Any], *, by: User | None, learned_on: date, source: SourceKey
) -> list[PersonFact]:
    if unknown := values.keys() - set(ASSESSED_FIELDS):
        raise ValueError(f"not an assessment: {sorted(unknown)}")
    for field, value in values.items():
        if not in_scale(field, value if isinstance(value, int) else None):
            raise BusinessError(_("This number is out of range."), code="scale", field=field)
    changed = changed_fields(person, values)
    known = _facts_of(person, changed)
    before = {field: in_force(known.get(field, []), learned_on) for field in changed}
    new = {
        field: value
        for field, (_old, value) in changed.items()
        if (old := before[field]) is None or old.value != value
    }
    if not new:
        return []
    facts = PersonFact.objects.bulk_create(
        PersonFact(
            person=person,
            field=field,
            value=value,
            learned_on=learned_on,
            by=by,
            source_kind=source.kind,
            source_id=source.id,
            source_label=source.label,
        )
        for field, value in new.items()
    )
    current = [field for field in new if is_newest(known.get(field, []), learned_on)]
    for field in current:
        setattr(person, field, new[field])
    person.version += 1
    person.save(update_fields=[*current, "version"])
    changes = {field: (old.value if (old := before[field]) else None, value) for field, value in new.items()}
    record("accounts.person.assessed", person, by=by, changes=changes, reason=source.label)
    return facts


def _note_place(person: Person, fields: list[str], *, by: User | None, on: date) -> None:
    """Keep where the person stands from `on` on; a boss is kept as the boss's id."""
    PersonFact.objects.bulk_create(
        PersonFact(
            person=person,
            field=field,
            value=person.reports_to_id if field == "reports_to" else getattr(person, field),
            learned_on=on,
            by=by,
        )
        for field in fields
    )


def _facts_of(person: Person, fields: Iterable[str]) -> dict[str, list[PersonFact]]:
    """Return field → everything ever assessed, in the order of the days it was learned on: one query."""
    known: dict[str, list[PersonFact]] = {}
    for row in PersonFact.objects.filter(person=person, field__in=list(fields)).order_by("learned_on", "id"):
        known.setdefault(row.field, []).append(row)
    return known


def _checked(values: dict[str, Any], unit: KeyAccount, person: Person | None = None) -> dict[str, Any]:
    if unknown := values.keys() - EDITABLE:
        raise ValueError(f"not editable here: {sorted(unknown)}")
    if "name" in values and not str(values["name"]).strip():
        raise BusinessError(_("A person needs a name."), code="name", field="name")
    boss = values.get("reports_to")
    if boss is None:
        return values
    if boss.unit_id != unit.pk:
        raise BusinessError(_("This person works at another unit."), code="unit", field="reports_to")
    seen: set[int] = set()
    node: Person | None = boss
    while person is not None and node is not None and node.pk not in seen:
        if node.pk == person.pk:
            raise BusinessError(
                _("Both would report to each other; that would be a circle."),
                code="circle",
                field="reports_to",
            )
        seen.add(node.pk)
        node = node.reports_to
    return values


def set_keys(person: Person) -> list[str]:
    """Write what the search finds a person by, names of entries merged into this one included; return the fields."""
    keys = search_keys(person.name, *person.former_names.splitlines(), person=True)
    person.pinyin, person.initials, person.bigrams = keys.pinyin, keys.initials, keys.bigrams
    person.mobile_key = phone_key(person.mobile)
    return ["pinyin", "initials", "bigrams", "mobile_key"]
