"""The statistics of a month as one reader may see them, each figure with its rows; as a statement keeps them; who owes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from operator import attrgetter, or_
from typing import Any
from urllib.parse import urlencode

from django.db.models import BigIntegerField, Exists, Func, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kam.core.days import say_day
from kam.core.periods import Period
from kam.core.sentences import said_when_drawn
from kam.settings_rows.selectors import setting
from kam.today.asks import Ask
from kam.users.models import User
from kpi.measures.holders import holder_of
from kpi.measures.permissions import can_see_figures, can_see_measures
from kpi.measures.registry import measure
from kpi.measures.rules import DEPARTMENT, Holder
from kpi.measures.selectors import figures_of
from kpi.measures.terms import Kind, Unit
from kpi.reports.registry import Figure, Source, source_called
from kpi.reports.selectors import grouped
from kpi.statistics.models import Statement
from kpi.statistics.rules import compared, due_on, owed

#: The day of the next month by which the clerk hands in; the source says “in time”.
DUE_DAY = "statistics_due_day"
#: What the ledger asks for (S-268), source by source.
ASKED = (
    ("visits", ("count", "held", "waiting", "units", "unplanned")),
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

    key: str
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
        by_month = {
            day: n for (day,), n in grouped(counted, {"line": TruncMonth(source.day)}, figure).items()
        }
        told = tuple(
            Told(by_month.get(one.first, figure.of_nothing), _rows_url(source, figure, one)) for one in months
        )
        found.append(Row(figure.key, figure.label, figure.is_money, told))
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
            key,
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


def kept(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """Return the figures as a statement keeps them: keys and amounts, no words and no addresses."""
    return [
        {
            "key": part.key,
            "rows": [
                {
                    "key": row.key,
                    "told": [None if one.amount is None else str(one.amount) for one in row.told],
                }
                for row in part.rows
            ],
        }
        for part in parts
    ]


def kept_parts(statement: Statement, user: User) -> list[Part]:
    """Return the figures of a statement in the reader's words; each opens the rows of today where the reader may open them."""
    months = compared(statement.month)
    return [
        _kept_measures(part, holder_of(user), months)
        if part["key"] == "kpi"
        else _kept_source(part, user, months)
        for part in statement.figures
    ]


def _kept_source(part: dict[str, Any], user: User, months: Sequence[Period]) -> Part:
    source = source_called(part["key"])
    assert source is not None  # noqa: S101 -- what was handed in names a source of this program
    opens, found = source.can_open(user), []
    for row in part["rows"]:
        figure = source.figure(row["key"])
        urls = tuple(_rows_url(source, figure, one) if opens else "" for one in months)
        found.append(Row(row["key"], figure.label, figure.is_money, _told(row, urls, figure.of_nothing)))
    return Part(source.key, source.label, source.icon, source.day_label, tuple(found))


def _kept_measures(part: dict[str, Any], holder: Holder, months: Sequence[Period]) -> Part:
    rows = tuple(
        Row(
            row["key"],
            measure(row["key"]).label,
            measure(row["key"]).unit is Unit.MONEY,
            _told(row, tuple(_facts_url(row["key"], holder, one.first) for one in months)),
        )
        for row in part["rows"]
    )
    return Part("kpi", _("KPI"), "chart-bar", _("as the dashboards count them"), rows)


def _told(row: dict[str, Any], urls: Sequence[str], nothing: Decimal | None = None) -> tuple[Told, ...]:
    return tuple(
        Told(nothing if amount is None else Decimal(amount), url)
        for amount, url in zip(row["told"], urls, strict=True)
    )


def due_of(month: Period) -> date:
    """Return the last day on which the statistics of a month are on time."""
    return due_on(month, int(setting(DUE_DAY)))


def _for_each(people: Any, rows: QuerySet[Statement]) -> QuerySet[Statement]:
    """Return the rows once for each of the people: they are of the department."""
    each = Func(people, template="unnest(%(expressions)s::bigint[])", output_field=BigIntegerField())
    return rows.annotate(reader=each).order_by("-first_day", "-revision")


_NEWER = Statement.objects.filter(first_day=OuterRef("first_day"), revision__gt=OuterRef("revision"))
#: What was handed in about the last months, for clerks.
HANDED_IN: Ask[Statement] = Ask(
    "statistics.handed_in",
    lambda people, day: _for_each(people, Statement.objects.filter(first_day__gte=day - timedelta(days=70))),
    attrgetter("reader"),
)
#: What nobody has read yet, for the heads of the department: the newest revision of a month says all that the ones before it say.
UNREAD: Ask[Statement] = Ask(
    "statistics.unread",
    lambda people, day: _for_each(
        people,
        Statement.objects.filter(~Exists(_NEWER), read_at=None, first_day__lt=day).select_related("author"),
    ),
    attrgetter("reader"),
)


def owed_by(users: Sequence[User], day: date) -> dict[int, list[tuple[Promise, str]]]:
    """Return user id → the statistics that a clerk owes and the way to hand them in."""
    known: Mapping[int, Sequence[Statement]] = HANDED_IN(users, day)
    found: dict[int, list[tuple[Promise, str]]] = {}
    for user in users:
        month = owed([row.first_day for row in known.get(user.pk, ())], user.joined_on, day)
        if month is None:
            continue
        name, due = f"{month.first:%Y-%m}", due_of(month)
        told = said_when_drawn(_said_of_due, name, due, day > due)
        found[user.pk] = [(told, f"/reports/statistics/hand-in/?month={name}")]
    return found


def _said_of_due(month: str, due: date, is_late: bool) -> str:
    words = (
        gettext("Statistics of %(month)s are late: they were due by %(day)s")
        if is_late
        else gettext("Hand in the statistics of %(month)s by %(day)s")
    )
    return words % {"month": month, "day": say_day(due)}


def unread_by(users: Sequence[User], day: date) -> dict[int, list[Statement]]:
    """Return user id → months whose newest revision nobody has read, the latest first."""
    return {pk: list(rows) for pk, rows in UNREAD(users, day).items()}
