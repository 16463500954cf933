"""What the record of a unit shows: its facts in groups, its identity, its timeline."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.units import labels, registry
from accounts.units.models import KeyAccount, Observation
from accounts.units.registry import TimelineEntry
from accounts.units.terms import FIELD_SPECS, Field, FieldGroup, FieldKind
from kam.core.asked import MAX_FIGURES
from kam.core.days import say_day
from kam.core.house import read_house
from kam.core.prepared import Filled, Prepared, blank, rows_read
from kam.notes.registry import link_of, links_of
from kam.notes.terms import SourceKey
from kam.users.models import User
from kam.users.scopes import Reach, scope_of, seen_by, stand_in

TIMELINE_PAGE = 20
#: The kind under which files of a unit are kept.
FILES = "accounts.unit"
_IDENTITY = (
    *("name", "short_name", "english_name", "credit_code", "channel", "industry", "area", "expansion_round"),
    *("unit_class", "source", "address", "phone", "website", "current_status"),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing we know (or not): its latest value in words, since when, from where, and what it was before."""

    field: Field
    label: Any
    text: str = ""
    learned_on: date | None = None
    source: str = ""
    source_url: str = ""
    before: str = ""
    rose: bool | None = None
    seen: int | None = None

    @property
    def dated(self) -> bool:
        """Say whether the source names the day already."""
        return self.learned_on is not None and self.source.endswith(self.learned_on.isoformat())


@dataclass(frozen=True, slots=True)
class FactGroup:
    key: FieldGroup
    label: Any
    facts: list[Fact]

    @property
    def known(self) -> int:
        return sum(bool(fact.text) for fact in self.facts)


_as_seen: Prepared[KeyAccount] = Prepared(
    lambda reach: (
        KeyAccount.objects.visible_to(stand_in(reach))
        .select_related("owner", "team", "industry", "parent")
        .filter(pk=blank("unit"))
    )
)


def unit_seen_by(user: User, pk: int) -> KeyAccount | None:
    """Return a unit whose record `user` may open, with owner, team, industry and parent; None for every other number."""
    reach = scope_of(user).reach
    if reach is Reach.NOTHING or pk >= 10**MAX_FIGURES:
        return None
    return next(iter(_as_seen(reach, unit=pk, **seen_by(user))), None)


def value_text(field: Field | str, value: Any) -> str:
    """Return an observed value as a person reads it."""
    if value in (None, ""):
        return ""
    spec = FIELD_SPECS[Field(field)]
    unit = str(labels.UNIT_OF_MEASURE_LABELS.get(spec.unit, ""))
    match spec.kind:
        case FieldKind.COUNT | FieldKind.MONEY:
            return f"{_number(value)} {unit}".strip()
        case FieldKind.SCALE:
            return _("%(word)s (%(n)s of 5)") % {"word": labels.SCALE_LABELS[value], "n": value}
        case FieldKind.RANGE:
            first, last = _number(value["from"]), _number(value["to"])
            return f"{first if first == last else f'{first}–{last}'} {unit}".strip()
        case FieldKind.CHOICE | FieldKind.FLAG:
            return str(labels.FIELD_CHOICE_LABELS.get(value, value))
        case _:
            return str(value)


def input_text(field: Field, value: Any) -> str:
    """Return an observed value as it stands in its input."""
    if isinstance(value, dict):
        return value["from"] if value["from"] == value["to"] else f"{value['from']}–{value['to']}"
    del field
    return "" if value is None else str(value)


_observed = Prepared(
    lambda: Observation.objects.filter(unit_id=blank("unit")).order_by("field", "-learned_on", "-id")
)


def facts_asked(unit: KeyAccount) -> Filled[Observation]:
    """Return what `facts_of` asks."""
    return _observed.filled(unit=unit.pk)


def source_of(row: Observation) -> SourceKey:
    """Return where a value was learned."""
    return SourceKey(row.source_kind, row.source_id, row.source_label)


def facts_of(unit: KeyAccount) -> list[FactGroup]:
    """Return every field in its group, with its latest value and the one before: one query, and one for each kind of source whose address must be looked up."""
    history: dict[str, list[Observation]] = {}
    for row in rows_read(unit, "facts", lambda: facts_asked(unit)):
        history.setdefault(row.field, []).append(row)
    links = links_of(source_of(rows[0]) for rows in history.values())
    groups: dict[FieldGroup, list[Fact]] = {group: [] for group in FieldGroup}
    for field, spec in FIELD_SPECS.items():
        groups[spec.group].append(fact_in(field, history.get(field, []), link=links.__getitem__))
    return [FactGroup(group, labels.GROUP_LABELS[group], facts) for group, facts in groups.items()]


def fact_of(unit: KeyAccount, field: Field) -> Fact:
    """Return one field with its latest value and the one before."""
    return fact_in(field, history_of(unit, field))


_past = Prepared(
    lambda: (
        Observation.objects.filter(unit_id=blank("unit"), field=blank("field"))
        .select_related("by")
        .only("field", "value", "learned_on", "source_kind", "source_id", "source_label", "by__name")
        .order_by("-learned_on", "-id")
    )
)


def history_of(unit: KeyAccount, field: Field) -> list[Observation]:
    """Return every value a field ever had, newest first."""
    return _past(unit=unit.pk, field=str(field))


def observations_of(unit: KeyAccount, fields: list[str]) -> dict[str, list[Observation]]:
    """Return field → everything ever learned, in the order of the days it was learned on: one query."""
    known: dict[str, list[Observation]] = {}
    for row in Observation.objects.filter(unit=unit, field__in=fields).order_by("learned_on", "id"):
        known.setdefault(row.field, []).append(row)
    return known


def fact_in(field: Field, rows: list[Observation], *, link: Callable[[SourceKey], str] = link_of) -> Fact:
    """Return the latest value in `rows`, a field's history with the newest first, and the one before."""
    label = labels.FIELD_LABELS[field]
    if not rows:
        return Fact(field, label)
    now = rows[0]
    before = next((row for row in rows[1:] if row.value != now.value), None)
    rose = None
    if before is not None and FIELD_SPECS[field].kind in {FieldKind.SCALE, FieldKind.COUNT}:
        rose = now.value > before.value
    return Fact(
        field,
        label,
        value_text(field, now.value),
        now.learned_on,
        read_house(now.source_label),
        link(source_of(now)),
        value_text(field, before.value) if before else "",
        rose,
        now.pk,
    )


def identity_of(unit: KeyAccount) -> list[tuple[str, Any, str]]:
    """Return (name, label, text) of the identity fields that are edited in place."""
    return [identity_row(unit, name) for name in _IDENTITY]


def identity_row(unit: KeyAccount, name: str) -> tuple[str, Any, str]:
    field = KeyAccount._meta.get_field(name)  # noqa: SLF001 -- Django documents _meta as its API
    value = getattr(unit, name)
    if getattr(field, "choices", None):
        text = str(getattr(unit, f"get_{name}_display")()) if value else ""
    elif isinstance(value, bool):
        text = _("yes") if value else _("no")
    elif isinstance(value, date):
        text = say_day(value)
    else:
        text = "" if value is None else str(value)
    return name, getattr(field, "verbose_name", name), text


def timeline_of(
    unit: KeyAccount, user: User, *, before: datetime, kind: str = "", limit: int = TIMELINE_PAGE
) -> list[TimelineEntry]:
    """Return the newest entries before a moment from all kinds (or one): one call a kind, merged."""
    asked = [line for line in registry.timelines() if not kind or line.kind == kind]
    found: Iterable[TimelineEntry] = (
        entry for line in asked for entry in line.entries(unit, user, before, limit)
    )
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:limit]


def _number(value: Any) -> str:
    """Group by thousands in every language: that is how figures stand in the department's own papers."""
    return f"{Decimal(str(value)):,}"


def is_below(candidate: KeyAccount, unit: KeyAccount) -> bool:
    """Say whether `candidate` is the unit or stands somewhere below it."""
    node: KeyAccount | None = candidate
    seen: set[int] = set()
    while node is not None and node.pk not in seen:
        if node.pk == unit.pk:
            return True
        seen.add(node.pk)
        node = node.parent
    return False
