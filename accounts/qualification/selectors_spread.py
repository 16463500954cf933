"""How units and value are spread: pyramid, 80/20, visits against the norm of the tier. All of them inside what a person may see."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncWeek

from accounts.contacts.models import Contact
from accounts.contacts.terms import ContactChannel
from accounts.qualification.registry import Worth, worth_of
from accounts.qualification.rules.pyramid import Concentration, Kept, concentration, percent_of, visits_kept
from accounts.units import labels
from accounts.units.models import KeyAccount
from accounts.units.terms import Tier, UnitStatus
from kam.core.periods import iso_week_of
from kam.settings_rows.selectors import int_setting, settings_of
from kam.users.models import User

TOP = "concentration_top_percent"
NORMS = {tier: f"tier_visits_a_week_{tier.value.lower()}" for tier in Tier}
WEEKS = 4
LIST = "/accounts/"


def list_url(asked: Mapping[str, Any], **more: Any) -> str:
    """Return the list of units with the same owner and team, and what else narrows it."""
    kept = {key: value for key, value in (*asked.items(), *more.items()) if value not in (None, "")}
    return f"{LIST}?{urlencode(kept, doseq=True)}" if kept else LIST


@dataclass(frozen=True, slots=True)
class Storey:
    """One tier of the pyramid: how many, what they are worth, where they stand, and the addresses of the rows behind."""

    tier: Tier
    count: int
    percent: Decimal
    value: Decimal
    value_percent: Decimal
    unknown: int
    core: int
    focus: int
    no_step: int
    url: str
    core_url: str
    focus_url: str
    no_step_url: str

    @property
    def width(self) -> int:
        """Hundredths of the drawing."""
        return int(self.percent)

    @property
    def left(self) -> int:
        """Where a bar that stands in the middle begins."""
        return (100 - self.width) // 2


@dataclass(frozen=True, slots=True)
class Stage:
    """How many units of each tier have a status."""

    label: Any
    cells: list[tuple[int, str]]
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class Holder:
    """How many units of each tier a person keeps."""

    name: str
    cells: list[tuple[int, str]]
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class Pyramid:
    storeys: list[Storey]
    stages: list[Stage]
    holders: list[Holder]
    count: int
    value: Decimal
    url: str


def pyramid_of(
    units: QuerySet[KeyAccount], day: date, asked: Mapping[str, Any], *, has_value: bool = True
) -> Pyramid:
    """Return the pyramid of these units; `asked` is the owner and team that the addresses keep. A fixed number of queries.

    Without `has_value` only units are counted: two queries that read no unit by itself.
    """
    grouped = (
        units.order_by()
        .values("tier", "status", "owner_id")
        .annotate(
            n=Count("pk"),
            core=Count("pk", filter=Q(is_core=True)),
            focus=Count("pk", filter=Q(is_focus=True)),
            no_step=Count("pk", filter=Q(next_step="")),
        )
    )
    rows = list(grouped)
    value, known = defaultdict[str, Decimal](Decimal), Counter[str]()
    if has_value:
        value, known = _value_by_tier(units, worth_of(units, day))
    total, whole = sum(row["n"] for row in rows), sum(value.values(), Decimal(0))
    storeys = [_storey(tier, rows, value[tier], known[tier], total, whole, asked) for tier in Tier]
    return Pyramid(storeys, _stages(rows, asked), _holders(rows, asked), total, whole, list_url(asked))


def _value_by_tier(
    units: QuerySet[KeyAccount], worth: Mapping[int, Worth]
) -> tuple[defaultdict[str, Decimal], Counter[str]]:
    value: defaultdict[str, Decimal] = defaultdict(Decimal)
    known: Counter[str] = Counter()
    for pk, tier in units.order_by().values_list("pk", "tier"):
        if pk in worth:
            value[tier] += worth[pk].amount
            known[tier] += 1
    return value, known


def _storey(
    tier: Tier,
    rows: Iterable[Mapping[str, Any]],
    value: Decimal,
    known: int,
    total: int,
    whole: Decimal,
    asked: Mapping[str, Any],
) -> Storey:
    here = [row for row in rows if row["tier"] == tier]
    count, core, focus, no_step = (sum(row[key] for row in here) for key in ("n", "core", "focus", "no_step"))
    return Storey(
        tier,
        count,
        percent_of(Decimal(count), Decimal(total)),
        value,
        percent_of(value, whole),
        count - known,
        core,
        focus,
        no_step,
        list_url(asked, tier=tier.value),
        list_url(asked, tier=tier.value, core="true"),
        list_url(asked, tier=tier.value, focus="true"),
        list_url(asked, tier=tier.value, step="none"),
    )


def _cells(
    rows: Iterable[Mapping[str, Any]], asked: Mapping[str, Any], **more: Any
) -> tuple[list[tuple[int, str]], int]:
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row["tier"]] += row["n"]
    cells = [(counts[tier], list_url(asked, tier=tier.value, **more)) for tier in Tier]
    return cells, sum(counts.values())


def _stages(rows: list[Any], asked: Mapping[str, Any]) -> list[Stage]:
    stages = []
    for status in UnitStatus:
        here = [row for row in rows if row["status"] == status]
        cells, total = _cells(here, asked, status=status.value)
        if total:
            url = list_url(asked, status=status.value)
            stages.append(Stage(labels.STATUS_LABELS[status], cells, total, url))
    return stages


def _holders(rows: list[Any], asked: Mapping[str, Any]) -> list[Holder]:
    """One line a person, most units first; units that nobody owns stand last."""
    people = {user.pk: user.name for user in User.objects.filter(pk__in={row["owner_id"] for row in rows})}
    holders = []
    for owner_id in {row["owner_id"] for row in rows}:
        here = [row for row in rows if row["owner_id"] == owner_id]
        narrow = {"nobody": "yes"} if owner_id is None else {"owner": owner_id}
        kept = {key: value for key, value in asked.items() if key != "owner"}
        cells, total = _cells(here, kept, **narrow)
        holders.append(Holder(people.get(owner_id, ""), cells, total, list_url(kept, **narrow)))
    return sorted(holders, key=lambda row: (not row.name, -row.total, row.name))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit in the order of its value, with the shares up to and including it."""

    place: int
    unit: KeyAccount
    worth: Worth
    units_percent: Decimal
    value_percent: Decimal
    is_head: bool


@dataclass(frozen=True, slots=True)
class Spread:
    curve: Concentration
    ranked: list[Ranked]
    unknown: int
    top: int


def spread_of(units: QuerySet[KeyAccount], day: date, *, most: int) -> Spread:
    """Return how value is spread over the units of which one is known; `most` of them with their names."""
    top = int_setting(TOP)
    worth = worth_of(units, day)
    order = sorted(worth, key=lambda pk: (-worth[pk].amount, pk))
    curve = concentration([worth[pk].amount for pk in order], top=Decimal(top))
    rows = units.select_related("owner").in_bulk(order[:most])
    ranked = [
        Ranked(
            point.units,
            rows[pk],
            worth[pk],
            point.units_percent,
            point.value_percent,
            point.units <= curve.top_units,
        )
        for pk, point in zip(order[:most], curve.points, strict=False)
    ]
    return Spread(curve, ranked, units.count() - len(order), top)


@dataclass(frozen=True, slots=True)
class NormOfTier:
    tier: Tier
    a_week: Decimal
    units: int
    kept_units: int
    total: Kept
    url: str


@dataclass(frozen=True, slots=True)
class UnitVisits:
    unit: KeyAccount
    kept: Kept
    weeks: list[int]


@dataclass(frozen=True, slots=True)
class Norms:
    """Visits of the last full weeks against what the tiers ask for; units that are short, the shortest first."""

    first: date
    last: date
    tiers: list[NormOfTier]
    short: list[UnitVisits]


def norms_of(units: QuerySet[KeyAccount], today: date, asked: Mapping[str, Any], *, most: int) -> Norms:
    """Return what was kept of the norms, per tier and per unit. A fixed number of queries."""
    first, last = _weeks(today)
    live = units.exclude(status__in=[UnitStatus.LOST, UnitStatus.DORMANT])
    norm = norm_settings()
    made = _visits(live, first, last)
    tiers = dict(live.order_by().values_list("pk", "tier"))
    kept = {pk: visits_kept(made.get(pk, [0] * WEEKS), norm[Tier(tier)]) for pk, tier in tiers.items()}
    order = sorted((pk for pk in kept if kept[pk].missing), key=lambda pk: (-kept[pk].missing, tiers[pk], pk))
    rows = live.select_related("owner").in_bulk(order[:most])
    short = [UnitVisits(rows[pk], kept[pk], made.get(pk, [0] * WEEKS)) for pk in order[:most]]
    return Norms(first, last, [_norm(tier, tiers, kept, norm, asked) for tier in Tier], short)


def _norm(
    tier: Tier,
    tiers: Mapping[int, str],
    kept: Mapping[int, Kept],
    norm: Mapping[Tier, Decimal],
    asked: Mapping[str, Any],
) -> NormOfTier:
    here = [kept[pk] for pk, own in tiers.items() if own == tier]
    total = Kept(sum(row.done for row in here), sum(row.owed for row in here))
    fine = sum(row.is_kept for row in here)
    return NormOfTier(tier, norm[tier], len(here), fine, total, list_url(asked, tier=tier.value))


def visits_of(unit: KeyAccount, today: date) -> UnitVisits:
    """Return what was kept of the norm at one unit."""
    first, last = _weeks(today)
    weeks = _visits(KeyAccount.objects.filter(pk=unit.pk), first, last).get(unit.pk, [0] * WEEKS)
    return UnitVisits(unit, visits_kept(weeks, norm_settings()[Tier(unit.tier)]), weeks)


def norm_settings() -> dict[Tier, Decimal]:
    """Return tier → visits a week, in force today: one query."""
    values = settings_of(*NORMS.values())
    return {tier: Decimal(values[key]) for tier, key in NORMS.items()}


def _weeks(today: date) -> tuple[date, date]:
    """Return the first and last day of the last full weeks."""
    last = iso_week_of(today).first - timedelta(days=1)
    return last - timedelta(days=7 * WEEKS - 1), last


def _visits(units: QuerySet[KeyAccount], first: date, last: date) -> dict[int, list[int]]:
    """Return unit id → held visits of each week: one query."""
    rows = (
        Contact.objects.filter(
            unit__in=units.order_by().values("pk"),
            channel=ContactChannel.VISIT,
            met=True,
            on__range=(first, last),
        )
        .order_by()
        .annotate(week=TruncWeek("on"))
        .values_list("unit", "week")
        .annotate(Count("pk"))
    )
    found: dict[int, list[int]] = {}
    for unit_id, week, count in rows:
        found.setdefault(unit_id, [0] * WEEKS)[(week - first).days // 7] = count
    return found
