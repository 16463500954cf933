"""Reads of gift plans: lines with where they stand, what they take from the budget, what is due, what fills a plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet

from accounts.persons.models import KeyPersonPeriod, Person
from accounts.units.models import KeyAccount
from campaigns.budgets.models import BudgetLine
from campaigns.budgets.rules import Load, loads_of
from campaigns.budgets.selectors import balances_of
from campaigns.gift_plans.labels import LINE_LABELS
from campaigns.gift_plans.models import GiftPlan, GiftPlanLine, GiftSchedule
from campaigns.gift_plans.rules import DEAD, LEAD, Standing, line_state
from campaigns.gift_plans.terms import LINE_TONES, LineState, PlanState
from campaigns.gifts.models import GiftRequest
from campaigns.gifts.selectors import day_for
from campaigns.gifts.terms import GiftState
from campaigns.integrity import services as integrity
from campaigns.integrity.rules import Verdict
from campaigns.integrity.services import Value
from campaigns.integrity.terms import BenefitKind
from kam.core.clock import business_date
from kam.core.money import ZERO
from kam.today.asks import Ask
from kam.users.models import User
from kam.users.scopes import scope_of


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A planned gift with where it stands."""

    line: GiftPlanLine
    state: LineState
    day: str = ""

    @property
    def tone(self) -> str:
        return LINE_TONES[self.state]

    @property
    def state_words(self) -> Any:
        return LINE_LABELS[self.state]

    @property
    def is_open(self) -> bool:
        return self.state in {LineState.PLANNED, LineState.DUE, LineState.MISSED}


def with_all(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the lines with what a screen shows of them."""
    return rows.select_related("plan", "unit", "person", "item", "line__budget", "request")


def shown_lines(lines: Iterable[GiftPlanLine], reader: User | None = None) -> list[ShownLine]:
    """Return each line with where it stands today, and its day as the reader may know it."""
    today = business_date()
    return [
        ShownLine(line, line_state(standing_of(line), today=today), day_for(line, reader)) for line in lines
    ]


def standing_of(line: GiftPlanLine) -> Standing:
    request = GiftState(line.request.state) if line.request else None
    return Standing(line.plan.state == PlanState.APPROVED, line.on, request, bool(line.dropped_reason))


@dataclass(frozen=True, slots=True)
class ShownLoad:
    """What the plan takes from a budget line, with its name."""

    name: str
    load: Load


def loads(lines: Iterable[GiftPlanLine]) -> list[ShownLoad]:
    """Return what the lines take from each budget line; one statement."""
    open_lines = [line for line in lines if not line.dropped_reason and _holds_nothing(line.request)]
    names = {line.line_id: f"{line.line.budget.name} · {line.line.name}" for line in open_lines}
    told = loads_of([(line.line_id, line.amount) for line in open_lines], balances_of(names))
    return [ShownLoad(names[load.line], load) for load in told]


def _holds_nothing(request: GiftRequest | None) -> bool:
    """Say that no living request holds the money of a line yet: none was written, or it came to nothing."""
    return request is None or request.state in DEAD


def total_of(lines: Iterable[GiftPlanLine]) -> Decimal:
    return sum((line.amount for line in lines), ZERO)


def value_of(line: GiftPlanLine) -> Value:
    """Return what the line will mean for the integrity register."""
    return Value(
        line.person, BenefitKind(line.item.kind), line.amount, line.on, line.item.name, line.price_amount
    )


def verdicts(plan: GiftPlan) -> list[tuple[Value, Verdict]]:
    """Return what policy and limits will say of every line, those before it counted."""
    rows = plan.lines.select_related("person__unit", "item").order_by("on", "pk")
    return integrity.check([value_of(line) for line in rows], giver=plan.owner)


def writable_units(user: User) -> list[int]:
    """Return the units that a person writes; their persons are planned for."""
    scope = scope_of(user)
    rows = KeyAccount.objects.visible_to(user).values_list("pk", "owner_id", "team_id")
    return [pk for pk, owner, team in rows if scope.may_write(owner, team)]


def schedules_for(units: Iterable[int]) -> list[GiftSchedule]:
    rows = GiftSchedule.objects.running().filter(unit__in=list(units), item__is_offered=True)
    return list(rows.select_related("person__unit", "item"))


def key_persons_of(units: Iterable[int], day: date) -> list[Person]:
    """Return who is the designated key person of these units on a day."""
    rows = KeyPersonPeriod.objects.on(day).filter(unit__in=list(units), person__left_on__isnull=True)
    return [row.person for row in rows.select_related("person__unit").order_by("pk")]


def lines_of_unit(unit: KeyAccount, reader: User) -> list[ShownLine]:
    """Return the planned gifts for persons of a unit that are still ahead or not long past."""
    since = business_date() - timedelta(days=60)
    rows = GiftPlanLine.objects.filter(unit=unit, on__gte=since, plan__state=PlanState.APPROVED)
    return shown_lines(with_all(rows)[:50], reader)


def schedules_of_unit(unit: KeyAccount) -> list[GiftSchedule]:
    return list(GiftSchedule.objects.running().filter(unit=unit).select_related("person", "item"))


def _due(people: Any, day: date) -> QuerySet[GiftPlanLine]:
    rows = GiftPlanLine.objects.filter(
        Q(request__isnull=True) | Q(request__state__in=list(DEAD)),
        unit__owner__any_of=people,
        plan__state=PlanState.APPROVED,
        dropped_reason="",
        on__gte=day,
        on__lte=day + LEAD,
    )
    return rows.select_related("unit", "person", "item").order_by("on", "pk")


#: Planned gifts whose day comes near and that nobody has asked for.
GIFTS_DUE: Ask[GiftPlanLine] = Ask("gift_plans.due", _due, attrgetter("unit.owner_id"))


def default_line(user: User) -> BudgetLine | None:
    """Return the line from which this person planned last."""
    row = GiftPlanLine.objects.filter(plan__owner=user).select_related("line").order_by("-pk").first()
    return row.line if row else None
