"""The board of phases: seven columns of units, each read page by page; a fixed number of statements for any number of units."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.competition.models import ProductPosition
from accounts.competition.rules import total_white_space
from accounts.competition.selectors import as_position
from accounts.development.labels import PHASE_WORK
from accounts.development.permissions import can_move_phase
from accounts.development.rules.phases import Stays, days_late, next_missing, stays_of
from accounts.development.selectors.facts import facts_of, last_numbers
from accounts.development.telling import Sentence, sentence
from accounts.units.labels import PHASE_LABELS
from accounts.units.models import KeyAccount
from accounts.units.terms import Phase, Tier, UnitStatus
from kam.core.asked import day_in, number_in
from kam.core.clock import business_date
from kam.settings_rows.selectors import settings_of
from kam.users.models import User
from kam.users.scopes import Reach, scope_of, teams_seen_by

#: Cards of a column at first, and with each "more".
FIRST_CARDS, MORE_CARDS = 8, 20
NORM = {phase: f"phase_days_{int(phase)}" for phase in Phase}
MINE = "me"


@dataclass(frozen=True, slots=True)
class BoardAsked:
    """What the address asks for; anything else in it is as if it were not there."""

    whose: str = ""
    tier: str = ""
    is_late: bool = False
    phase: Phase | None = None
    after: tuple[date, int] | None = None

    @classmethod
    def of(cls, params: QueryDict) -> "BoardAsked":
        number = number_in(params.get("phase")) or 0
        since, _dot, pk = params.get("after", "").partition(".")
        day, unit_id = day_in(since), number_in(pk)
        return cls(
            whose=params.get("whose", ""),
            tier=params.get("tier", "") if params.get("tier") in set(Tier) else "",
            is_late=params.get("late") == "1",
            phase=Phase(number) if number in set(Phase) else None,
            after=(day, unit_id) if day is not None and unit_id is not None else None,
        )

    def address(self, **other: str) -> str:
        """Return the query of the same board with something changed; "" leaves it out."""
        told = {"whose": self.whose, "tier": self.tier, "late": "1" if self.is_late else ""} | other
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in told.items() if value})
        return query.urlencode()


@dataclass(frozen=True, slots=True)
class Card:
    """A unit on the board."""

    unit: KeyAccount
    seen: int
    days: int
    late: int
    norm: int
    worth: Decimal | None
    missing: Sentence | None
    can_move: bool

    @property
    def key(self) -> str:
        return f"{self.unit.phase_since_on}.{self.unit.pk}"


@dataclass(frozen=True, slots=True)
class Column:
    """A phase with its figures and the cards that are shown; `after` begins the next page, "" where there is none."""

    phase: Phase
    label: Any
    work: Any
    count: int
    late: int
    median: int | None
    norm: int
    cards: list[Card]
    rest: int
    after: str

    @property
    def others(self) -> list[tuple[int, Any]]:
        """Where a card of this column may be moved."""
        return [(int(phase), PHASE_LABELS[phase]) for phase in Phase if phase is not self.phase]


@dataclass(frozen=True, slots=True)
class Board:
    asked: BoardAsked
    columns: list[Column]
    whose: list[tuple[str, Any]]
    tiers: list[str]

    @property
    def count(self) -> int:
        return sum(column.count for column in self.columns)

    @property
    def late(self) -> int:
        return sum(column.late for column in self.columns)

    @property
    def latest(self) -> Column | None:
        """The column with most units over the norm."""
        worst = max(self.columns, key=lambda column: column.late)
        return worst if worst.late else None

    @property
    def current(self) -> Phase:
        """The one column that a phone shows."""
        if self.asked.phase is not None:
            return self.asked.phase
        return next((column.phase for column in self.columns if column.count), Phase.GOAL)

    @property
    def address(self) -> str:
        return self.asked.address(phase=str(int(self.asked.phase)) if self.asked.phase else "")


def norms() -> dict[Phase, int]:
    """Return phase → days that a unit should stay at most. One query."""
    values = settings_of(*NORM.values())
    return {phase: int(values[key]) for phase, key in NORM.items()}


def whose_options(user: User) -> list[tuple[str, Any]]:
    """Return what one may choose between: oneself, a team, all that one sees."""
    reach = scope_of(user).reach
    if reach is Reach.OWN:
        return []
    teams = [(str(team.pk), team.name) for team in teams_seen_by(user)]
    if reach is Reach.DEPARTMENT:
        return [("", _("Department")), *teams]
    return [(MINE, _("Me")), ("", _("Team") if len(teams) != 1 else teams[0][1]), *(teams[1:] and teams)]


def _rows(user: User, asked: BoardAsked, limits: Mapping[Phase, int], today: date) -> QuerySet[KeyAccount]:
    rows = KeyAccount.objects.visible_to(user).exclude(status=UnitStatus.LOST)
    if asked.whose == MINE:
        rows = rows.filter(owner=user)
    elif (team := number_in(asked.whose)) is not None:
        rows = rows.filter(team=team)
    if asked.tier:
        rows = rows.filter(tier=asked.tier)
    return rows.filter(_late(limits, today)) if asked.is_late else rows


def _late(limits: Mapping[Phase, int], today: date) -> Q:
    late = Q()
    for phase, days in limits.items():
        late |= Q(phase=phase, phase_since_on__lt=today - timedelta(days=days))
    return late


def board_of(user: User, asked: BoardAsked) -> Board:
    """Return the board: figures of every column, and the first cards of each (of one column those after `asked.after`)."""
    today, limits = business_date(), norms()
    rows = _rows(user, asked, limits, today)
    figures = _figures(rows, limits, today)
    pages = {phase: _page(rows, phase, asked) for phase in Phase}
    cards = _cards([unit for units, _more in pages.values() for unit in units], user, limits, today)
    columns = []
    for phase in Phase:
        figure, (units, more) = figures[phase], pages[phase]
        shown = [cards[unit.pk] for unit in units]
        columns.append(
            Column(
                phase,
                PHASE_LABELS[phase],
                PHASE_WORK[phase],
                figure.count,
                figure.late,
                figure.median,
                limits[phase],
                shown,
                max(figure.count - len(shown), 0),
                shown[-1].key if more else "",
            )
        )
    return Board(asked, columns, whose_options(user), [str(tier) for tier in Tier])


def _figures(rows: QuerySet[KeyAccount], limits: Mapping[Phase, int], today: date) -> dict[Phase, Stays]:
    """Return phase → how long its units stay, from how many came on which day: read from an index, no unit is looked at."""
    since: dict[int, dict[date, int]] = {}
    for phase, day, n in rows.order_by().values_list("phase", "phase_since_on").annotate(n=Count("*")):
        since.setdefault(phase, {})[day] = n
    return {phase: stays_of(since.get(phase, {}), today, limits[phase]) for phase in Phase}


def more_cards(user: User, asked: BoardAsked) -> Column:
    """Return the next page of one column, for the button below it."""
    phase, today, limits = asked.phase or Phase.GOAL, business_date(), norms()
    rows = _rows(user, asked, limits, today)
    units, more = _page(rows, phase, asked, MORE_CARDS)
    cards = _cards(units, user, limits, today)
    shown = [cards[unit.pk] for unit in units]
    after = shown[-1].key if more else ""
    rest = _after(rows.filter(phase=phase), (units[-1].phase_since_on, units[-1].pk)).count() if more else 0
    label, work = PHASE_LABELS[phase], PHASE_WORK[phase]
    return Column(phase, label, work, 0, 0, None, limits[phase], shown, rest, after)


def _after(rows: QuerySet[KeyAccount], key: tuple[date, int]) -> QuerySet[KeyAccount]:
    since, pk = key
    return rows.filter(Q(phase_since_on__gt=since) | Q(phase_since_on=since, pk__gt=pk))


def _page(
    rows: QuerySet[KeyAccount], phase: Phase, asked: BoardAsked, size: int = FIRST_CARDS
) -> tuple[list[KeyAccount], bool]:
    found = rows.filter(phase=phase).select_related("owner").order_by("phase_since_on", "pk")
    if asked.phase is phase and asked.after is not None:
        found = _after(found, asked.after)
    units = list(found.defer("bigrams", "pinyin", "initials", "owner__password")[: size + 1])
    return units[:size], len(units) > size


def _cards(
    units: Iterable[KeyAccount], user: User, limits: Mapping[Phase, int], today: date
) -> dict[int, Card]:
    there = list(units)
    ids = [unit.pk for unit in there]
    facts, numbers, worth = facts_of(ids, day=today), last_numbers(ids), white_spaces(ids, today)
    cards = {}
    for unit in there:
        phase = Phase(unit.phase)
        gap = next_missing(facts[unit.pk], phase)
        cards[unit.pk] = Card(
            unit,
            numbers.get(unit.pk, 0),
            (today - unit.phase_since_on).days,
            days_late(unit.phase_since_on, today, limits[phase]),
            limits[phase],
            worth.get(unit.pk),
            sentence(gap, unit.pk) if gap else None,
            can_move_phase(user, unit),
        )
    return cards


def white_spaces(unit_ids: list[int], day: date) -> dict[int, Decimal]:
    """Return unit → yuan a year that are known to be open, for those with any value known. One query."""
    rows = ProductPosition.objects.filter(unit__in=unit_ids, learned_on__lte=day).current()
    by_unit: dict[int, list[ProductPosition]] = {}
    for row in rows.select_related("competitor"):
        if row.value_amount is not None:
            by_unit.setdefault(row.unit_id, []).append(row)
    return {
        unit_id: total_white_space(as_position(row) for row in known)[0] for unit_id, known in by_unit.items()
    }
