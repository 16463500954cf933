"""What a merge reads: both sides' values, findings, what moved, pairs that look alike, and where an old address leads."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Model, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.merge import registry
from accounts.merge.labels import LINK_LABELS, LINK_TONES, STATE_LABELS, STATE_TONES
from accounts.merge.models import Merge, MergeLink, NotTheSame
from accounts.merge.rules import Finding, is_above, overlap, pairs_of
from accounts.merge.terms import FIELDS, How, Kind, LinkState, MergeState, Weight
from accounts.persons.models import KeyPersonChange, KeyPersonPeriod, Person
from accounts.persons.terms import PERSONAL_FIELDS
from accounts.pool.models import Transfer
from accounts.pool.terms import OPEN_STATES as OPEN_TRANSFERS
from accounts.qualification.models import TierProposal
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_read_personal
from kam.core.days import say_day
from kam.core.sentences import listed
from kam.users.models import User

#: Pairs that the page of duplicates shows at once.
MOST_PAIRS = 200
#: What stands for contact data that the reader may not see.
HIDDEN = "•••"
_MOST_STEPS = 20


def plain_values(row: Model, kind: Kind) -> dict[str, Any]:
    """Return field → value as the journal keeps it: rows as their numbers, days as text."""
    values = {}
    for name in FIELDS[kind]:
        field = row._meta.get_field(name)  # noqa: SLF001 -- Django documents _meta as its API
        value = getattr(row, getattr(field, "attname", name))
        values[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return values


def field_words(kind: Kind, name: str) -> Any:
    """Return what a field is called."""
    field = registry.MODELS[kind]._meta.get_field(name)  # noqa: SLF001 -- as above
    return capfirst(getattr(field, "verbose_name", name))


def words_of(row: Any, name: str) -> str:
    """Return a value as a person reads it."""
    return value_words(type(row), name, getattr(row, name), str(getattr(row, f"get_{name}_display", str)()))


def value_words(model: Any, name: str, value: Any, shown: str = "") -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, date):
        return say_day(value)
    return shown if model._meta.get_field(name).choices else str(value)  # noqa: SLF001 -- as above


@dataclass(frozen=True, slots=True)
class Written:
    """A value that the survivor took over."""

    label: Any
    old: str
    new: str


def hidden_fields(kind: Kind, survivor: Any, user: User) -> frozenset[str]:
    """Return the fields whose values this reader sees masked: contact data of persons of a unit that is not theirs."""
    if kind is not Kind.PERSON or can_read_personal(user, survivor.unit):
        return frozenset()
    return frozenset(PERSONAL_FIELDS)


def masked(name: str, text: str, hidden: frozenset[str]) -> str:
    return HIDDEN if text and name in hidden else text


def written_fields(merge: Merge, user: User) -> list[Written]:
    """Return the values that the survivor took over with the merge, as this reader may see them."""
    kind = Kind(merge.kind)
    model: Any = registry.MODELS[kind]
    hidden = hidden_fields(kind, merge.survivor, user)
    found = []
    for name, (old, new) in merge.written.items():
        texts = [masked(name, _plain_words(model, name, value), hidden) for value in (old, new)]
        found.append(Written(field_words(kind, name), *texts))
    return found


def _plain_words(model: Any, name: str, value: Any) -> str:
    field = model._meta.get_field(name)  # noqa: SLF001 -- as above
    if value is not None and field.is_relation:
        return str(field.related_model._base_manager.filter(pk=value).first() or "")  # noqa: SLF001 -- Django's documented API
    if field.choices:
        return str(dict(field.flatchoices).get(value, value or ""))
    return value_words(model, name, field.to_python(value))


def survivor_of(kind: Kind, pk: int) -> int | None:
    """Return the row that stands for a merged one today, None where it was never merged."""
    model: Any = registry.MODELS[kind]
    found: int | None = None
    for _step in range(_MOST_STEPS):
        row = model.everything.filter(pk=found or pk).values_list("merged_into_id", flat=True).first()
        if row is None:
            return found
        found = row
    return found


def findings_of(kind: Kind, survivor: Any, loser: Any) -> list[Finding]:
    """Return what forbids this merge and what must be confirmed, of all rooms."""
    own = _unit_findings(survivor, loser) if kind == Kind.UNIT else _person_findings(survivor, loser)
    return own + [finding for check in registry.checks(kind) for finding in check(survivor, loser)]


def _unit_findings(survivor: KeyAccount, loser: KeyAccount) -> list[Finding]:
    found = []
    if _stands_above(KeyAccount, "parent_id", survivor, loser):
        found.append(
            Finding(
                Weight.REFUSES, _("One stands above the other in the group, with others between."), "circle"
            )
        )
    waiting = Transfer.objects.filter(unit__in=[survivor, loser], state__in=sorted(OPEN_TRANSFERS)).first()
    if waiting is not None:
        text = _("A transfer of one of them waits for its decision.")
        found.append(Finding(Weight.REFUSES, text, "transfer", waiting.get_absolute_url()))
    if KeyPersonChange.objects.filter(unit__in=[survivor, loser], closed_at=None).exists():
        found.append(
            Finding(Weight.REFUSES, _("A change of key person waits for its decision."), "key_change")
        )
    if TierProposal.objects.filter(unit=loser, state="open").exists():
        text = _("A proposed tier of the merged unit waits.")
        found.append(Finding(Weight.REFUSES, text, "tier", f"{loser.get_absolute_url()}tier/proposal/"))
    return found + _period_findings(survivor, loser)


def overlapping_periods(survivor: KeyAccount, loser: KeyAccount) -> list[KeyPersonPeriod]:
    """Return the key-person periods of the merged unit that meet one of the survivor: they cannot go with it."""
    mine = list(KeyPersonPeriod.objects.filter(unit=survivor))
    theirs = KeyPersonPeriod.objects.filter(unit=loser).select_related("person")
    spans = [(row.started_on, row.ended_on) for row in mine]
    return [row for row in theirs if any(overlap((row.started_on, row.ended_on), span) for span in spans)]


def _period_findings(survivor: KeyAccount, loser: KeyAccount) -> list[Finding]:
    names = sorted({row.person.name for row in overlapping_periods(survivor, loser)})
    if not names:
        return []
    text = _(
        "Both had a key person at the same time. The survivor's counts; the periods of %(names)s stay in the merged file."
    )
    return [Finding(Weight.ASKS, text % {"names": listed(names)}, "key_person")]


def _person_findings(survivor: Person, loser: Person) -> list[Finding]:
    found = []
    if survivor.unit_id != loser.unit_id:
        found.append(
            Finding(Weight.REFUSES, _("They belong to two units. Merge the units first."), "two_units")
        )
    if _stands_above(Person, "reports_to_id", survivor, loser):
        text = _("One reports to the other through somebody else. Mend the organisation chart first.")
        found.append(Finding(Weight.REFUSES, text, "circle"))
    return found


def _stands_above(model: Any, column: str, survivor: Any, loser: Any) -> bool:
    above: dict[int, int | None] = {}

    def parent_of(pk: int) -> int | None:
        if pk not in above:
            above[pk] = model.everything.filter(pk=pk).values_list(column, flat=True).first()
        return above[pk]

    return is_above(loser.pk, survivor.pk, parent_of) or is_above(survivor.pk, loser.pk, parent_of)


@dataclass(frozen=True, slots=True)
class Moved:
    """What happened to the rows of one kind."""

    words: Any
    state: LinkState
    count: int

    @property
    def label(self) -> Any:
        return LINK_LABELS[self.state]

    @property
    def tone(self) -> str:
        return LINK_TONES[self.state]


def moved_rows(merge: Merge) -> list[Moved]:
    """Return what the journal says, by kind of row and what became of it. One statement."""
    links = [*(link for kind in Kind for link in registry.links_to(kind)), *registry.keyed_links()]
    names = {link.table: link.words for link in links}
    rows = MergeLink.objects.filter(merge=merge).values_list("table_name", "state")
    counts = Counter((names.get(table, table), LinkState(state)) for table, state in rows)
    order = list(LinkState)
    return [
        Moved(words, state, n)
        for (words, state), n in sorted(
            counts.items(), key=lambda row: (order.index(row[0][1]), str(row[0][0]))
        )
    ]


def stray_merges(since: Any) -> list[int]:
    """Return merges carried out since then: what was being written at that moment may still arrive at the merged file."""
    return list(Merge.objects.filter(state="merged", merged_at__gte=since).values_list("pk", flat=True))


def has_strays(merge: Merge) -> bool:
    """Say whether anything that should have gone to the survivor still hangs on the merged row."""
    kind, loser = Kind(merge.kind), merge.loser_unit_id or merge.loser_person_id
    asked = [
        f'select 1 from "{link.table}" r where r."{link.column}" = {loser} and not exists (select 1 from accounts_mergelink j'  # noqa: S608 -- names of our own tables, a number
        f" where j.merge_id = {merge.pk} and j.table_name = '{link.table}' and j.column_name = '{link.column}'"
        " and j.row_id = r.id and j.state = 'stayed')"
        for link in registry.links_to(kind)
        if link.how not in {How.STAY, None}
    ]
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(asked) + " limit 1")
        return cursor.fetchone() is not None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files that look alike, and in what."""

    kind: Kind
    low: Any
    high: Any
    alike: tuple[str, ...]

    @property
    def likeness(self) -> tuple[str, ...]:
        """In what they are alike, as `ALIKE_LABELS` says it: names that are not the same letter by letter are similar."""
        return tuple(_of_names(self.low, self.high) if key == "name" else key for key in self.alike)


def _of_names(low: Any, high: Any) -> str:
    if low.name == high.name:
        return "name"
    shorts = {getattr(row, "short_name", "").strip().casefold() for row in (low, high)}
    return "short_name" if len(shorts) == 1 and shorts != {""} else "similar_name"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A merge of a pair that waits for its decision; its address is for those who may see it."""

    state: MergeState
    url: str

    @property
    def label(self) -> Any:
        return STATE_LABELS[self.state]

    @property
    def tone(self) -> str:
        return STATE_TONES[self.state]


def waiting_merges(user: User, pairs: Iterable[Pair]) -> dict[tuple[int, int], Waiting]:
    """Return (lower, higher) → the merge of these two that waits; those of persons never wait. Two statements."""
    wanted = {(pair.low.pk, pair.high.pk) for pair in pairs if pair.kind is Kind.UNIT}
    rows = Merge.objects.between(Kind.UNIT, {pk for pair in wanted for pk in pair})
    seen = set(rows.visible_to(user).values_list("pk", flat=True))
    found = {}
    for row in rows:
        both = sorted((row.survivor_unit_id or 0, row.loser_unit_id or 0))
        if (both[0], both[1]) in wanted:
            url = row.get_absolute_url() if row.pk in seen else ""
            found[both[0], both[1]] = Waiting(MergeState(row.state), url)
    return found


def duplicate_units(user: User) -> list[Pair]:
    """Return pairs of units the person sees that share a name, telephone or address. Three statements."""
    seen = KeyAccount.objects.visible_to(user)
    columns = ("pk", "name_key", "short_name", "english_name", "phone_key", "address")
    keys = []
    for pk, name, short, english, phone, address in seen.order_by("pk").values_list(*columns):
        keys.append(
            (pk, _keys(name=(name, short), english_name=(english,), phone=(phone,), address=(address,)))
        )
    return _pairs(Kind.UNIT, keys, seen.select_related("owner", "team"))


def duplicate_persons(user: User) -> list[Pair]:
    """Return pairs of persons of one unit who share a name or a mobile. Three statements."""
    seen = Person.objects.visible_to(user)
    keys = []
    for pk, unit, name, mobile in seen.order_by("pk").values_list("pk", "unit", "name", "mobile_key"):
        own = _keys(name=(name,), mobile=(mobile,))
        keys.append((pk, [(kind, (unit, value)) for kind, value in own]))
    return _pairs(Kind.PERSON, keys, seen.select_related("unit", "unit__owner", "unit__team"))


def _keys(**named: Iterable[str]) -> list[tuple[str, Any]]:
    return [
        (kind, key)
        for kind, texts in named.items()
        for text in texts
        if len(key := text.strip().casefold()) > 1
    ]


def _pairs(kind: Kind, keys: list[tuple[int, Any]], rows: Any) -> list[Pair]:
    apart = set(NotTheSame.objects.filter(kind=kind).values_list("low_id", "high_id"))
    found = [row for row in pairs_of(keys) if row[:2] not in apart][:MOST_PAIRS]
    by_pk: Mapping[int, Any] = rows.in_bulk({pk for low, high, _alike in found for pk in (low, high)})
    return [
        Pair(kind, by_pk[low], by_pk[high], tuple(sorted({str(key[0]) for key in alike})))
        for low, high, alike in found
    ]


def merges_into(unit: KeyAccount) -> Any:  # a queryset
    """Return the merges that this unit or its persons survived, the newest first."""
    mine = Q(survivor_unit=unit) | Q(survivor_person__unit=unit)
    return Merge.objects.filter(mine, merged_at__isnull=False).select_related(
        "loser_unit", "loser_person", "survivor_unit", "survivor_person", "asked_by"
    )
