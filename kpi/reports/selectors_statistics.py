"""The statistics of a month: visits, follow-up forms, gifts, budgets and KPI as one reader may see them, each figure with its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from kam.core.periods import Period
from kam.users.models import User
from kpi.measures.holders import holder_of
from kpi.measures.permissions import can_see_figures, can_see_measures
from kpi.measures.registry import measure
from kpi.measures.rules import DEPARTMENT, Holder
from kpi.measures.selectors import figures_of
from kpi.measures.terms import Kind, Unit
from kpi.reports.registry import Figure, Source, source_called
from kpi.reports.rules import NOUGHT, compared
from kpi.reports.selectors import grouped

#: What the ledger asks for (S-268), source by source.
ASKED = (
    ("visits", ("count", "held", "units", "unplanned")),
    ("followups", ("count", "on_time", "late", "problems")),
    ("gifts", ("count", "given", "pieces", "amount")),
    ("money", ("budgeted", "reserved", "spent")),
    ("scores", ("count", "closed", "signed", "points")),
)
MEASURES = (
    "sales.actual",
    "sales.deals",
    "contracts.received",
    "units.developed",
    "units.lost",
    "calls.made",
    "complaints.valid",
    "trips.days",
    "tasks.due",
    "tasks.done",
)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of one month and the address of the rows behind it; None where there is nothing to make an average of."""

    amount: Decimal | None
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A figure in the months that are compared."""

    label: Any
    is_money: bool
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of one source."""

    key: str
    label: Any
    icon: str
    note: Any
    rows: tuple[Row, ...]


def statistics_of(user: User, month: Period) -> list[Part]:
    """Return the parts that this person may open: one statement a figure, three for all measures together."""
    months = compared(month)
    parts = [
        _of_source(source, keys, user, months)
        for key, keys in ASKED
        if (source := source_called(key)) is not None and source.can_open(user)
    ]
    holder = _holder(user)
    return [*parts, _of_measures(holder, months)] if holder else parts


def _holder(user: User) -> Holder | None:
    """Whose KPI stand in the statistics: those one answers for; nobody's for whoever reads none."""
    if not can_see_measures(user):
        return None
    holder = holder_of(user)
    return holder if holder.kind is not Kind.DEPARTMENT or can_see_figures(user, DEPARTMENT) else None


def _of_source(source: Source, keys: Sequence[str], user: User, months: Sequence[Period]) -> Part:
    within = reduce(or_, (Q(**{f"{source.day}__range": (one.first, one.last)}) for one in months))
    rows = source.rows(user).filter(within).select_related(None).order_by()
    found = []
    for figure in map(source.figure, keys):
        counted = rows.filter(figure.where) if figure.where is not None else rows
        nothing = NOUGHT if figure.adds_up else None
        by_month = {
            day: n for (day,), n in grouped(counted, {"line": TruncMonth(source.day)}, figure).items()
        }
        told = tuple(Told(by_month.get(one.first, nothing), _rows_url(source, figure, one)) for one in months)
        found.append(Row(figure.label, figure.is_money, told))
    return Part(source.key, source.label, source.icon, source.day_label, tuple(found))


def _rows_url(source: Source, figure: Figure, month: Period) -> str:
    told = {"since": month.first.isoformat(), "until": month.last.isoformat()}
    if figure.where is not None:
        told["counted"] = figure.key
    return f"{source.listed.url}?{urlencode(told)}"


def _of_measures(holder: Holder, months: Sequence[Period]) -> Part:
    told = [figures_of(MEASURES, one) for one in months]
    rows = tuple(
        Row(
            measure(key).label,
            measure(key).unit is Unit.MONEY,
            tuple(
                Told(figures[key].of(holder), _facts_url(key, holder, one.first))
                for one, figures in zip(months, told, strict=True)
            ),
        )
        for key in MEASURES
    )
    return Part("kpi", _("KPI"), "chart-bar", _("as the dashboards count them"), rows)


def _facts_url(key: str, holder: Holder, first: date) -> str:
    return f"/kpi/facts/{key}/{holder.key}/?month={first:%Y-%m}"
