"""What a report shows to one reader: the rows they see, narrowed, grouped, summed. One statement, three more where sums do not add up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kam.core.asked import day_in
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.periods import Period
from kam.users.models import User
from kpi.reports.models import ReportSchedule, SavedReport
from kpi.reports.registry import Dimension, Figure, Source
from kpi.reports.rules import MOST_CELLS, NOUGHT, Table, Totals, added_up, days_of, table_of
from kpi.reports.terms import Order, Span

#: What an address says about the pivot itself; the rest are filters.
OWN = ("rows", "columns", "figure", "span", "order", "report", "export", "since", "until")


@dataclass(frozen=True)
class Asked:
    """A report as one person asked for it; the address is the whole state."""

    source: Source
    user: User
    params: QueryDict

    @cached_property
    def lines(self) -> Dimension:
        return self.source.dimension(self.params.get("rows", "")) or self.source.dimensions[0]

    @cached_property
    def columns(self) -> Dimension | None:
        found = self.source.dimension(self.params.get("columns", ""))
        return None if found == self.lines else found

    @cached_property
    def figure(self) -> Figure:
        return self.source.figure(self.params.get("figure", ""))

    @cached_property
    def order(self) -> Order:
        return Order.TOTAL if self.params.get("order") == Order.TOTAL else Order.LABEL

    @cached_property
    def span(self) -> Span:
        asked = self.params.get("span", "")
        if not self.source.day:
            return Span.ALL
        return Span(asked) if asked in set(Span) else Span.MONTHS_12

    @cached_property
    def period(self) -> Period | None:
        """The days that are counted; None for all."""
        chosen = day_in(self.params.get("since")), day_in(self.params.get("until"))
        return days_of(self.span, business_date(), chosen)

    @property
    def lacks_days(self) -> bool:
        """Days were to be chosen, and are no period."""
        return self.span is Span.CHOSEN and self.period is None

    @cached_property
    def filterset(self) -> Any:
        data = self.params.copy()
        for key in OWN:
            data.pop(key, None)
        return self.source.filterset(data, queryset=self.source.rows(self.user), request=self)

    def rows(self) -> QuerySet[Any]:
        """Return the rows that are counted, none where a condition is not one."""
        if self.lacks_days or not self.filterset.is_valid():
            return self.source.rows(self.user).none()
        found: QuerySet[Any] = self.filterset.qs
        if self.period is not None:
            found = found.filter(**{f"{self.source.day}__range": (self.period.first, self.period.last)})
        if self.figure.where is not None:
            found = found.filter(self.figure.where)
        return found.select_related(None).order_by()

    @property
    def query(self) -> str:
        """What a saved report keeps."""
        kept = self.params.copy()
        for key in ("report", "export", "csrfmiddlewaretoken"):
            kept.pop(key, None)
        for key in [key for key, value in kept.items() if not value]:
            del kept[key]
        return kept.urlencode()

    @property
    def filters(self) -> dict[str, str]:
        """The conditions that rows keep when a figure is opened."""
        return {
            key: str(value)
            for key, value in self.params.items()
            if key in self.filterset.filters and key not in OWN and value
        }  # fmt: skip


class TooManyCellsError(BusinessError):
    """A pivot that nobody could read."""


def pivot_of(asked: Asked) -> Table:
    """Return the pivot; refused where it has too many cells."""
    rows = asked.rows()
    by = {"line": asked.lines.by, **({"head": asked.columns.by} if asked.columns else {})}
    cells = grouped(rows, by, asked.figure)
    if len(cells) > MOST_CELLS:
        raise TooManyCellsError(
            _("This makes more than %(n)s cells. Group by something coarser, or narrow the rows.")
            % {"n": MOST_CELLS},
            code="too_many",
        )
    told = {(key[0], key[1] if asked.columns else None): amount for key, amount in cells.items()}
    totals = added_up(told) if asked.figure.adds_up else _asked_again(rows, by, asked.figure)
    columns = asked.columns.words(list(totals.columns)) if asked.columns else {None: str(asked.figure.label)}
    return table_of(
        told, totals, lines=asked.lines.words(list(totals.lines)), columns=columns, order=asked.order
    )


def grouped(rows: QuerySet[Any], by: Mapping[str, Any], figure: Figure) -> dict[tuple[Any, ...], Decimal]:
    """Return what a figure comes to in each group: one statement."""
    named = {f"by_{name}": F(one) if isinstance(one, str) else one for name, one in by.items()}
    groups = rows.annotate(**named).values_list(*named).annotate(figure_=figure.aggregate)
    return {tuple(keys): _decimal(amount) for *keys, amount in groups[: MOST_CELLS + 1]}


def _asked_again(rows: QuerySet[Any], by: Mapping[str, Any], figure: Figure) -> Totals:
    """Ask for the sums: an average or a number of different units is no sum of its cells."""
    lines = {keys[0]: amount for keys, amount in grouped(rows, {"line": by["line"]}, figure).items()}
    all_ = _decimal(rows.aggregate(figure_=figure.aggregate)["figure_"])
    if "head" not in by:
        return Totals(lines, {None: all_} if lines else {}, all_)
    heads = {keys[0]: amount for keys, amount in grouped(rows, {"head": by["head"]}, figure).items()}
    return Totals(lines, heads, all_)


def _decimal(amount: Any) -> Decimal:
    if amount is None:
        return NOUGHT
    return Decimal(amount) if isinstance(amount, int) else round(Decimal(amount), 2)


def reports_seen(user: User) -> Iterable[SavedReport]:
    """Return the saved reports this person finds, own ones first."""
    rows = SavedReport.objects.visible_to(user).select_related("owner", "team", "schedule")
    return sorted(rows[:200], key=lambda row: (row.owner_id != user.pk, row.name))


def schedules_due(today: date) -> list[int]:
    """Return the schedules whose day has come, the oldest first."""
    rows = ReportSchedule.objects.filter(next_on__lte=today).order_by("next_on", "pk")
    return list(rows.values_list("pk", flat=True))
