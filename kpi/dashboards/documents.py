"""The dashboards as a workbook: a sheet for every table, the same figures as on the pages."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kam.lists.writers import Cell, Sheet
from kpi.dashboards.rules import Grid, Pace
from kpi.dashboards.selectors import Tile, Trend
from kpi.dashboards.selectors_roles import Coverage
from kpi.dashboards.selectors_units import Moves
from kpi.measures.holders import Choice

_MONTH = "%Y-%m"


def book_of(choice: Choice, told: Mapping[str, Any]) -> list[Sheet]:
    """Return the sheets of a workbook in the order of the pages."""
    return [
        _month(choice, told["tiles"], told["pace"]),
        _trends(told["trends"]),
        _heat(told["weeks"]),
        Sheet(
            _("Ranking"),
            [pgettext("staff", "Person"), _("Actual sales"), _("Visits held")],
            [[row.name, row.amount, row.visits] for row in told["ranking"]],
        ),
        *_units(told),
        _coverage(told["coverage"]),
        _moves(told["moves"]),
        *_value(told),
        _grid(told["grid"]),
    ]


def _month(choice: Choice, tiles: list[Tile], pace: Pace | None) -> Sheet:
    heads = [_("Measure"), choice.month.first.strftime(_MONTH), _("Target"), _("Month before"), _("year before"), _("At this pace")]  # fmt: skip
    rows: list[list[Cell]] = [
        [str(tile.measure.label), tile.amount, tile.planned, tile.before, tile.year_ago, tile.forecast]
        for tile in tiles
    ]
    if pace is not None:
        rows += [
            [_("Forecast by pace"), pace.by_pace],
            [_("Signed, first payment not yet received"), pace.pipeline],
            [_("Forecast by pipeline"), pace.by_pipeline],
            [_("Left to the target"), pace.left],
            [_("Needed on each working day left"), pace.needed_a_day],
        ]
    return Sheet(choice.label, heads, rows)


def _trends(trends: list[Trend]) -> Sheet:
    heads = [_("Measure"), *(month.first.strftime(_MONTH) for month, _n in trends[0].months)]
    rows: list[list[Cell]] = [
        [str(trend.measure.label), *(amount for _m, amount in trend.months)] for trend in trends
    ]
    return Sheet(_("Twelve months"), heads, rows)


def _heat(weeks: list[Any]) -> Sheet:
    rows: list[list[Cell]] = [[cell.day, cell.count] for week in weeks for cell in week if cell]
    return Sheet(_("Visits by day"), [_("Day"), _("Visits held")], rows)


def _units(told: Mapping[str, Any]) -> list[Sheet]:
    units = _("Units")
    return [
        Sheet(
            _("Pyramid"), [_("Tier"), units, "%"],
            [[row.tier.value, row.count, row.percent] for row in told["pyramid"].storeys],
        ),
        Sheet(
            _("Seven phases now"), [_("Phase"), units],
            [[f"{row.phase} {row.label}", row.count] for row in told["funnel"]],
        ),
        Sheet(
            _("Role coverage"), [_("Role"), _("Units with somebody"), _("Units without"), "%"],
            [[str(row.label), row.held, row.missing, row.percent] for row in told["seats"].rows],
        ),
        Sheet(
            _("Red flags"), [_("Kind"), pgettext("red flag", "Open"), units],
            [[str(row.label), row.flags, row.units] for row in told["flags"]],
        ),
    ]  # fmt: skip


def _coverage(coverage: Coverage) -> Sheet:
    heads = [_("Role"), *(month.first.strftime(_MONTH) for month, _n in coverage.worked)]
    rows: list[list[Cell]] = [
        [str(row.label), *(point.held for point in row.months)] for row in coverage.rows
    ]
    rows.append([f"{coverage.whole.label} %", *(point.percent for point in coverage.whole.months)])
    rows.append([_("Units worked"), *(units for _m, units in coverage.worked)])
    return Sheet(_("Role coverage over twelve months"), heads, rows)


def _moves(moves: Moves) -> Sheet:
    named = [(_("developed"), moves.developed), (_("lost"), moves.lost)]
    rows: list[list[Cell]] = [[word, fact.label, fact.day] for word, facts in named for fact in facts]
    return Sheet(_("Units developed and lost"), ["", _("Unit"), _("Day")], rows)


def _value(told: Mapping[str, Any]) -> list[Sheet]:
    unit = _("Unit")
    return [
        Sheet(
            _("80/20"), [unit, _("Actual sales"), _("Percent of the units"), _("Percent of the sales")],
            [[row.name, row.sales, row.units_percent, row.sales_percent] for row in told["spread"].ranked],
        ),
        Sheet(
            _("Return per unit"), [unit, _("Actual sales"), pgettext("value", "Cost"), pgettext("value", "Return"), _("times the cost")],
            [[row.unit.name, row.told.sales, row.told.cost, row.told.gain, row.told.times] for row in told["returns"].rows],
        ),
        Sheet(
            _("Use of budgets"), [_("Budget"), _("Budgeted"), _("Reserved"), _("Spent"), _("Free")],
            [[str(row.budget), row.budgeted, row.reserved, row.spent, row.free] for row in told["budgets"]],
        ),
    ]  # fmt: skip


def _grid(grid: Grid) -> Sheet:
    heads = [
        pgettext("staff", "Person"),
        *(month.first.strftime(_MONTH) for month in grid.months),
        _("Months without an order"),
    ]
    rows: list[list[Cell]] = [[row.name, *(count for _m, count in row.cells), row.empty] for row in grid.rows]
    return Sheet(_("Months without an order"), heads, rows)
