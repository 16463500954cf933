"""The dashboard of units as they stand today: pyramid, phases, seats, red flags; and who was won and lost in the month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from accounts.persons.models import PersonRole
from accounts.persons.terms import BuyerRole
from accounts.qualification.rules.pyramid import percent_of
from accounts.qualification.selectors_spread import Pyramid, pyramid_of
from accounts.red_flags.labels import KIND_LABELS
from accounts.red_flags.models import RedFlag
from accounts.red_flags.terms import SEVERITY, FlagKind, Severity
from accounts.roles.labels import SEAT_LABELS
from accounts.roles.terms import Seat
from accounts.units.labels import PHASE_LABELS
from accounts.units.models import KeyAccount
from accounts.units.terms import UnitStatus
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kpi.dashboards.rules import percent_of as bar_of
from kpi.measures.holders import Choice
from kpi.measures.registry import measure
from kpi.measures.rules import Holder
from kpi.measures.selectors import Fact, facts_behind, figures_of, without_names
from kpi.measures.terms import Kind

MOVES = ("units.held", "units.developed", "units.lost", "units.won_back")
#: Units named at once; the facts behind the figure have them all.
MOST_NAMED = 50
#: How the list of units is asked for a seat.
_ASKED = {
    Seat.DECISION_MAKER: "decision_maker",
    Seat.TECHNICAL: "gatekeeper_technical",
    Seat.FINANCIAL: "gatekeeper_financial",
    Seat.USER: "user",
}
_HELD = {
    Seat.DECISION_MAKER: Q(role=BuyerRole.DECISION_MAKER),
    Seat.TECHNICAL: Q(role=BuyerRole.GATEKEEPER, gatekeeper_kind="technical"),
    Seat.FINANCIAL: Q(role=BuyerRole.GATEKEEPER, gatekeeper_kind="financial"),
    Seat.USER: Q(role=BuyerRole.USER),
}
_GIVEN_UP = (UnitStatus.LOST, UnitStatus.DORMANT)


@dataclass(frozen=True, slots=True)
class Whose:
    """The units that a page counts, and how lists of the same rows are asked for; without rights on rows no list is opened."""

    units: QuerySet[KeyAccount]
    asked: dict[str, Any]
    opens: bool

    def url(self, path: str, **more: Any) -> str:
        """Return a list of the same units, narrowed further; nothing for whoever reads figures only."""
        return f"{path}?{urlencode({**self.asked, **more}, doseq=True)}" if self.opens else ""


def whose_units(user: User, holder: Holder) -> Whose:
    """Return the units of a holder within the rows that this person sees; HR counts them all and opens none."""
    opens = scope_of(user).reach is not Reach.NOTHING
    rows = KeyAccount.objects.visible_to(user) if opens else KeyAccount.objects.all()
    asked: dict[str, Any] = {}
    if holder.kind is not Kind.DEPARTMENT:
        asked = {"owner" if holder.kind is Kind.PERSON else "team": list(holder.ids)}
    return Whose(rows.filter(_owned_by(holder)), asked, opens)


def _owned_by(holder: Holder) -> Q:
    if holder.kind is Kind.DEPARTMENT:
        return Q()
    return Q(owner__in=holder.ids) if holder.kind is Kind.PERSON else Q(team__in=holder.ids)


@dataclass(frozen=True, slots=True)
class Storey:
    """A phase of development with its units."""

    phase: int
    label: Any
    count: int
    width: int
    url: str


def funnel_of(whose: Whose) -> list[Storey]:
    """Return the seven phases with the units that stand in them now; one statement."""
    counts = dict(whose.units.order_by().values_list("phase").annotate(n=Count("pk")))
    most = Decimal(max(counts.values(), default=0))
    return [
        Storey(
            phase,
            label,
            counts.get(phase, 0),
            bar_of(Decimal(counts.get(phase, 0)), most) or 0,
            whose.url("/accounts/", phase=phase),
        )
        for phase, label in PHASE_LABELS.items()
    ]


def pyramid(whose: Whose, today: date) -> Pyramid:
    """Return tiers by number, status and owner: two statements."""
    return pyramid_of(whose.units, today, whose.asked, has_value=False)


@dataclass(frozen=True, slots=True)
class SeatShown:
    """In how many units that are worked somebody holds a seat."""

    label: Any
    held: int
    missing: int
    percent: Decimal
    held_url: str
    missing_url: str

    @property
    def width(self) -> int:
        return int(self.percent)


@dataclass(frozen=True, slots=True)
class Seats:
    """The four seats over all units that are worked."""

    units: int
    rows: list[SeatShown]

    @property
    def percent(self) -> Decimal:
        """The share of all seats that somebody holds."""
        return percent_of(Decimal(sum(row.held for row in self.rows)), Decimal(self.units * len(self.rows)))


def seats_of(whose: Whose, today: date) -> Seats:
    """Return role coverage: two statements. Units without an owner, lost and dormant ones are not worked."""
    worked = whose.units.exclude(owner=None).exclude(status__in=_GIVEN_UP).order_by()
    units = worked.count()
    roles = PersonRole.objects.on(today).filter(person__unit__in=worked, person__left_on=None).order_by()
    told = roles.aggregate(
        **{
            seat.value: Count("person__unit", distinct=True, filter=is_held)
            for seat, is_held in _HELD.items()
        }
    )
    return Seats(units, [_seat(whose, seat, told[seat.value], units) for seat in Seat])


def _seat(whose: Whose, seat: Seat, held: int, units: int) -> SeatShown:
    held_url, missing_url = (whose.url("/accounts/", **{name: _ASKED[seat]}) for name in ("has", "lacks"))
    share = percent_of(Decimal(held), Decimal(units))
    return SeatShown(SEAT_LABELS[seat], held, units - held, share, held_url, missing_url)


@dataclass(frozen=True, slots=True)
class FlagsShown:
    """A kind of danger: how many are open, how many units they touch."""

    label: Any
    is_danger: bool
    flags: int
    units: int
    width: int
    url: str


def flags_of(whose: Whose) -> list[FlagsShown]:
    """Return open red flags by kind, dangers first, the most common first: one statement."""
    rows = RedFlag.objects.open().filter(unit__in=whose.units.order_by()).order_by()
    told = {
        kind: (flags, units)
        for kind, flags, units in rows.values_list("kind").annotate(Count("pk"), Count("unit", distinct=True))
    }
    most = Decimal(max((flags for flags, _units in told.values()), default=0))
    shown = [
        FlagsShown(
            KIND_LABELS[FlagKind(kind)],
            SEVERITY[FlagKind(kind)] is Severity.DANGER,
            flags,
            units,
            bar_of(Decimal(flags), most) or 0,
            whose.url("/accounts/flags/", state="open", kind=kind),
        )
        for kind, (flags, units) in told.items()
    ]
    return sorted(shown, key=lambda row: (not row.is_danger, -row.flags, str(row.label)))


@dataclass(frozen=True, slots=True)
class Moves:
    """Units held at the beginning, developed, lost and won back in the month; the first of them by name."""

    counts: Mapping[str, Decimal]
    developed: list[Fact]
    lost: list[Fact]

    @property
    def shown(self) -> list[tuple[str, Any, Decimal]]:
        """Measure, what it is called, how many."""
        return [(key, measure(key).label, count) for key, count in self.counts.items()]

    @property
    def churn(self) -> Decimal | None:
        """Lost of those held, in per cent; None where nothing was held."""
        held = self.counts["units.held"]
        return percent_of(self.counts["units.lost"], held) if held else None


def moves_of(choice: Choice, *, opens: bool) -> Moves:
    """Return who came and went in the month, by name for whoever opens rows: six statements."""
    told = figures_of(MOVES, choice.month)
    counts = {key: figures.of(choice.holder) for key, figures in told.items()}
    developed, lost = (
        facts_behind(key, choice.holder, choice.month, limit=MOST_NAMED)
        for key in ("units.developed", "units.lost")
    )
    return Moves(counts, *((developed, lost) if opens else map(without_names, (developed, lost))))
