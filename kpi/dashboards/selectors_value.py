"""The dashboard of value: 80/20 of sales, return per unit, use of budgets, months without an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from accounts.evaluation.registry import costs
from accounts.qualification.rules.pyramid import Concentration, concentration, percent_of
from accounts.qualification.selectors_spread import TOP
from accounts.units.models import KeyAccount
from campaigns.budgets.models import Budget
from campaigns.budgets.permissions import can_see_budgets
from kam.core.periods import Period
from kam.settings_rows.selectors import int_setting
from kam.users.models import Membership, User
from kam.users.terms import SELLERS
from kpi.dashboards.rules import Grid, Returned, return_of, without_orders
from kpi.dashboards.selectors_units import Whose
from kpi.measures.holders import Choice
from kpi.measures.rules import NOUGHT, Holder, months_before
from kpi.measures.selectors import by_person_and_month, by_unit
from kpi.measures.terms import Kind

MONTHS = 12
#: Rows of a table; sums and the curve are of all.
MOST_UNITS = 50
MOST_PEOPLE = 100


def twelve_months(choice: Choice) -> Period:
    """Return the twelve months up to the chosen one."""
    months = months_before(choice.month, MONTHS)
    return Period(months[0].first, months[-1].last)


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A unit in the order of its sales, `name` for whoever opens rows at all; `opens` says whether they may open this one."""

    place: int
    unit: KeyAccount
    sales: Decimal
    units_percent: Decimal
    sales_percent: Decimal
    is_head: bool
    opens: bool
    name: str


@dataclass(frozen=True, slots=True)
class Spread:
    """How sales are spread over the units that bought."""

    curve: Concentration
    top: int
    ranked: list[RankedUnit]


def spread_of(sales: dict[int, Decimal], whose: Whose) -> Spread:
    """Return the curve of the twelve months' sales, and the units worth most: three statements."""
    top = int_setting(TOP)
    bought = {pk: amount for pk, amount in sales.items() if amount > 0}
    order = sorted(bought, key=lambda pk: (-bought[pk], pk))
    curve = concentration([bought[pk] for pk in order], top=Decimal(top))
    named = order[:MOST_UNITS]
    rows = KeyAccount.objects.select_related("owner").in_bulk(named)
    seen = _seen(whose, named)
    ranked = [
        RankedUnit(
            point.units,
            rows[pk],
            bought[pk],
            point.units_percent,
            point.value_percent,
            point.units <= curve.top_units,
            pk in seen,
            rows[pk].name if whose.opens else "",
        )
        for pk, point in zip(named, curve.points, strict=False)
    ]
    return Spread(curve, top, ranked)


def _seen(whose: Whose, ids: Sequence[int]) -> set[int]:
    """Return which of the units are still the reader's to open: credit stays, units move."""
    if not whose.opens:
        return set()
    return set(whose.units.filter(pk__in=ids).order_by().values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class UnitReturn:
    """A unit with what it brought and what it cost."""

    unit: KeyAccount
    told: Returned


@dataclass(frozen=True, slots=True)
class Returns:
    """What units brought and cost in the twelve months; the best and the worst of them by name."""

    whole: Returned
    rows: list[UnitReturn]
    count: int
    kinds: list[tuple[object, bool, Decimal]]


def returns_of(sales: dict[int, Decimal], whose: Whose, period: Period) -> Returns:
    """Return sales against cost: of the units that bought, and of those in focus; a fixed number of statements."""
    focus = whose.units.filter(is_focus=True).order_by().values_list("pk", flat=True)
    mine = whose.units.filter(pk__in=list(sales)).order_by().values_list("pk", flat=True)
    ids = sorted({*mine, *focus})
    told = [(cost, cost.read(ids, period.first, period.last)) for cost in costs()]
    spent = {pk: sum((amounts.get(pk, NOUGHT) for _cost, amounts in told), NOUGHT) for pk in ids}
    found = {pk: return_of(sales.get(pk, NOUGHT), spent[pk]) for pk in ids}
    order = sorted(found, key=lambda pk: (-found[pk].gain, pk))
    if len(order) > MOST_UNITS:
        order = [*order[: MOST_UNITS // 2], *order[-MOST_UNITS // 2 :]]
    rows = KeyAccount.objects.select_related("owner").in_bulk(order)
    whole = return_of(sum((row.sales for row in found.values()), NOUGHT), sum(spent.values(), NOUGHT))
    kinds = [(cost.label, cost.is_estimate, sum(amounts.values(), NOUGHT)) for cost, amounts in told]
    named = [UnitReturn(rows[pk], found[pk]) for pk in order] if whose.opens else []
    return Returns(whole, named, len(ids), kinds)


@dataclass(frozen=True, slots=True)
class BudgetUse:
    """A budget that runs in the month, with what is left of it."""

    budget: Budget
    budgeted: Decimal
    reserved: Decimal
    spent: Decimal

    @property
    def free(self) -> Decimal:
        return self.budgeted - self.reserved - self.spent

    @property
    def spent_width(self) -> int:
        return int(percent_of(self.spent, self.budgeted))

    @property
    def used_width(self) -> int:
        return int(percent_of(self.spent + self.reserved, self.budgeted))


def budgets_of(user: User, month: Period) -> list[BudgetUse]:
    """Return the approved budgets that run in a month and that this person sees: one statement."""
    if not can_see_budgets(user):
        return []
    starts = Q(starts_on__lte=month.last) | Q(starts_on=None, campaign__window_from__lte=month.last)
    ends = Q(ends_on__gte=month.first) | Q(ends_on=None, campaign__window_to__gte=month.first)
    forever = Q(starts_on=None, campaign=None)
    rows = Budget.objects.visible_to(user).approved().filter((starts & ends) | forever)
    kept = "lines__kept_balance"
    told = rows.annotate(
        budgeted=Sum(f"{kept}__budgeted"), reserved=Sum(f"{kept}__reserved"), spent=Sum(f"{kept}__spent")
    ).order_by("number")
    return [_use(row) for row in told]


def _use(row: Any) -> BudgetUse:
    return BudgetUse(row, row.budgeted or NOUGHT, row.reserved or NOUGHT, row.spent or NOUGHT)


def orders_of(choice: Choice, today: date) -> Grid:
    """Return person × month with the deals closed, those with the most empty months first: two or three statements."""
    months = months_before(choice.month, MONTHS)
    told = by_person_and_month("sales.deals", choice.holder, twelve_months(choice))
    people = _people(choice.holder, today)
    return without_orders(people, months, told, today=today, most=MOST_PEOPLE)


def _people(holder: Holder, today: date) -> list[tuple[int, str, date | None]]:
    """Return who is expected to close deals: id, name, first day here."""
    rows = User.objects.filter(pk__in=holder.ids)
    if holder.kind is not Kind.PERSON:
        rows = User.objects.working().filter(position__in=[one.value for one in SELLERS])
    if holder.kind is Kind.TEAM:
        members = Membership.objects.on(today).filter(team__in=holder.ids).values("user")
        rows = rows.filter(pk__in=members)
    return list(rows.order_by("name", "pk").values_list("pk", "name", "joined_on"))


def sales_by_unit(choice: Choice) -> dict[int, Decimal]:
    """Return unit → sales of the twelve months: one statement."""
    return by_unit("sales.actual", choice.holder, twelve_months(choice))
