"""Figures and the facts behind them: one statement a measure and period, for everybody at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import connection

from kam.core.clock import department_zone
from kam.core.periods import Period
from kpi.measures.registry import Measure, link_to, measure
from kpi.measures.rules import NOUGHT, ByHolder, Holder, sum_of
from kpi.measures.sources.roles import SEATS_BY_PERIOD
from kpi.measures.terms import Kind, Over

#: The team of a person on the day of a fact: by membership, else the one they lead or manage.
_WITH_TEAM = """
select f.person, coalesce(m.team_id, t.id) as team, f.day, f.amount, f.label, f.ref from ({facts}) f
left join users_membership m on m.user_id = f.person and m.started_on <= f.day and (m.ended_on is null or m.ended_on >= f.day)
left join (select distinct on (person) person, id from (
  select lead_id as person, id from users_team where lead_id is not null
  union all select manager_id, id from users_team where manager_id is not null) led order by person, id) t on t.person = f.person
"""
_TOTALS = "select person, team, sum(amount), count(*) from ({facts}) f group by person, team"
_KEYED = "select '{key}' as key, t.* from ({totals}) t"
_ROWS = "select person, team, day, amount, label, ref from ({facts}) f where {whose} order by day, ref, label limit %(limit)s"
#: As a seal keeps a row: JSON of what it came from, its day, how much; in the order of these three texts, letter by letter.
_WRITTEN = """
select person, team, amount, '[' || to_json(ref) || ',"' || day || '","' || amount || '"]' from ({facts}) f
order by ref collate "C", day, amount::text collate "C"
"""
#: Of a measure whose facts are deals: unit by unit.
_BY_UNIT = """
select d.unit_id, sum(f.amount) from ({facts}) f join campaigns_deal d on d.id = split_part(f.ref, ':', 2)::bigint
where {whose} group by d.unit_id
"""
_OF_UNIT = "{whose} and ref in (select 'deal:' || id from campaigns_deal where unit_id = %(unit)s)"
_BY_MONTH = """
select person, date_trunc('month', day)::date, sum(amount) from ({facts}) f where {whose} and person is not null group by 1, 2
"""
_WHOSE = {
    Kind.PERSON: "person = any(%(ids)s)",
    Kind.TEAM: "team = any(%(ids)s)",
    Kind.DEPARTMENT: "true",
}

#: Facts shown at once; the figure itself has no limit.
MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that was counted."""

    person: int | None
    team: int | None
    day: date
    amount: Decimal
    label: str
    ref: str

    @property
    def url(self) -> str:
        return link_to(self.ref)


@dataclass(frozen=True)
class Figures:
    """One measure in one period: (person, team) → (sum, facts)."""

    totals: Mapping[tuple[int | None, int | None], tuple[Decimal, int]]

    def of(self, holder: Holder) -> Decimal:
        """Return the holder's figure."""
        return sum_of(amount for amount, _n in self._by_holder.of(holder))

    @cached_property
    def _by_holder(self) -> ByHolder[tuple[Decimal, int]]:
        return ByHolder([(person, team, told) for (person, team), told in self.totals.items()])

    def count_of(self, holder: Holder) -> int:
        """Return how many facts stand behind it."""
        return sum(n for _amount, n in self._by_holder.of(holder))


def is_theirs(holder: Holder, person: int | None, team: int | None) -> bool:
    if holder.kind is Kind.DEPARTMENT:
        return True
    return (person if holder.kind is Kind.PERSON else team) in holder.ids


def figures(key: str, period: Period) -> Figures:
    """Return a measure's figures of everybody: one statement."""
    rows = _run(_TOTALS.format(facts=_facts(measure(key))), {"first": period.first, "last": period.last})
    return Figures({(person, team): (Decimal(amount), n) for person, team, amount, n in rows})


def figures_of(keys: Iterable[str], period: Period) -> dict[str, Figures]:
    """Return several measures of one period: one statement."""
    asked = list(dict.fromkeys(keys))
    parts = [
        _KEYED.format(key=measure(key).key, totals=_TOTALS.format(facts=_facts(measure(key))))
        for key in asked
    ]
    found: dict[str, dict[tuple[int | None, int | None], tuple[Decimal, int]]] = {key: {} for key in asked}
    if parts:
        values = {"first": period.first, "last": period.last}
        for key, person, team, amount, n in _run(" union all ".join(parts), values):
            found[key][person, team] = Decimal(amount), n
    return {key: Figures(totals) for key, totals in found.items()}


def facts_behind(
    key: str, holder: Holder, period: Period, *, unit: int | None = None, limit: int = MOST_ROWS
) -> list[Fact]:
    """Return the facts that add up to the holder's figure, by day; with `unit` those of its deals only."""
    whose = _WHOSE[holder.kind]
    if unit is not None:
        whose = _OF_UNIT.format(whose=whose)
    sql = _ROWS.format(facts=_facts(measure(key)), whose=whose)
    values = {"first": period.first, "last": period.last, "ids": list(holder.ids), "limit": limit}
    if unit is not None:
        values["unit"] = unit
    return [
        Fact(person, team, day, Decimal(amount), label, ref)
        for person, team, day, amount, label, ref in _run(sql, values)
    ]


def without_names(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts for a reader who may open no row of units: day and amount, not whom they were about."""
    return [replace(fact, label="", ref="") for fact in facts]


def facts_of(key: str, period: Period) -> list[Fact]:
    """Return everybody's facts, by day: one statement."""
    sql = _ROWS.format(facts=_facts(measure(key)), whose=_WHOSE[Kind.DEPARTMENT])
    rows = _run(sql, {"first": period.first, "last": period.last, "limit": None})
    return [Fact(person, team, day, Decimal(n), label, ref) for person, team, day, n, label, ref in rows]


def written_facts(key: str, period: Period) -> tuple[Figures, ByHolder[str]]:
    """Return everybody's figures and the facts they are the sums of, each as its JSON, in order: one statement, so of one moment."""
    rows = _run(_WRITTEN.format(facts=_facts(measure(key))), {"first": period.first, "last": period.last})
    totals: dict[tuple[int | None, int | None], tuple[Decimal, int]] = {}
    for person, team, amount, _text in rows:
        told, count = totals.get((person, team), (NOUGHT, 0))
        totals[person, team] = told + amount, count + 1
    return Figures(totals), ByHolder([(person, team, text) for person, team, _amount, text in rows])


def by_day(key: str, holder: Holder, period: Period) -> dict[date, Decimal]:
    """Return day → sum of a flow's facts."""
    assert measure(key).over is Over.FLOW  # noqa: S101 -- a stock has no days
    told = measure(key)
    facts = _facts(told) if holder.kind is Kind.TEAM else told.facts  # nobody else asks whose team
    sql = f"select day, sum(amount) from ({facts}) f where {_WHOSE[holder.kind]} group by day order by day"  # noqa: S608 -- registered statements
    values = {"first": period.first, "last": period.last, "ids": list(holder.ids)}
    return {day: Decimal(amount) for day, amount in _run(sql, values)}


def seats_by_period(holder: Holder, periods: Sequence[Period]) -> dict[tuple[str, date], Decimal]:
    """Return (measure, first day of the period) → figure, of the measures of dated roles; what is nothing is absent. One statement.

    All of them count among the units worked, which are looked for once a period.
    """
    values = {
        "firsts": [period.first for period in periods],
        "lasts": [period.last for period in periods],
        "ids": list(holder.ids),
    }
    found = _run(SEATS_BY_PERIOD.format(whose=_WHOSE[holder.kind]), values)
    return {(key, first): Decimal(amount) for key, first, amount in found}


def by_unit(key: str, holder: Holder, period: Period) -> dict[int, Decimal]:
    """Return unit → sum of the facts, of a measure whose facts are deals: one statement."""
    sql = _BY_UNIT.format(facts=_facts(measure(key)), whose=_WHOSE[holder.kind])
    values = {"first": period.first, "last": period.last, "ids": list(holder.ids)}
    return {unit: Decimal(amount) for unit, amount in _run(sql, values)}


def by_person_and_month(key: str, holder: Holder, period: Period) -> dict[tuple[int, date], Decimal]:
    """Return (person, first day of the month) → sum of a flow's facts: one statement."""
    sql = _BY_MONTH.format(facts=_facts(measure(key)), whose=_WHOSE[holder.kind])
    values = {"first": period.first, "last": period.last, "ids": list(holder.ids)}
    return {(person, month): Decimal(amount) for person, month, amount in _run(sql, values)}


def facts_sql(key: str) -> str:
    """Return the statement of a measure's facts with person and team, between `first` and `last`, in the department's `zone`."""
    return _facts(measure(key))


def _facts(told: Measure) -> str:
    return told.facts if told.has_team else _WITH_TEAM.format(facts=told.facts)


def _run(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values | {"zone": department_zone().key})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
