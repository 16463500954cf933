"""Figures and the facts behind them: one statement a measure and period, for everybody at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from kam.core.clock import department_zone
from kam.core.periods import Period
from kpi.measures.registry import Measure, link_to, measure
from kpi.measures.rules import NOUGHT, Holder, sum_of
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
_ROWS = "select person, team, day, amount, label, ref from ({facts}) f where {whose} order by day, ref, label limit %(limit)s"
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


@dataclass(frozen=True, slots=True)
class Figures:
    """One measure in one period: (person, team) → (sum, facts)."""

    totals: Mapping[tuple[int | None, int | None], tuple[Decimal, int]]

    def of(self, holder: Holder) -> Decimal:
        """Return the holder's figure."""
        return sum_of(amount for key, (amount, _n) in self.totals.items() if is_theirs(holder, *key))

    @classmethod
    def from_facts(cls, facts: Iterable["Fact"]) -> "Figures":
        """Return the figures that these facts add up to."""
        totals: dict[tuple[int | None, int | None], tuple[Decimal, int]] = {}
        for fact in facts:
            amount, count = totals.get((fact.person, fact.team), (NOUGHT, 0))
            totals[fact.person, fact.team] = amount + fact.amount, count + 1
        return cls(totals)

    def count_of(self, holder: Holder) -> int:
        """Return how many facts stand behind it."""
        return sum(n for key, (_amount, n) in self.totals.items() if is_theirs(holder, *key))


def is_theirs(holder: Holder, person: int | None, team: int | None) -> bool:
    if holder.kind is Kind.DEPARTMENT:
        return True
    return (person if holder.kind is Kind.PERSON else team) in holder.ids


def figures(key: str, period: Period) -> Figures:
    """Return a measure's figures of everybody: one statement."""
    rows = _run(_TOTALS.format(facts=_facts(measure(key))), {"first": period.first, "last": period.last})
    return Figures({(person, team): (Decimal(amount), n) for person, team, amount, n in rows})


def figures_of(keys: Iterable[str], period: Period) -> dict[str, Figures]:
    """Return several measures of one period."""
    return {key: figures(key, period) for key in dict.fromkeys(keys)}


def facts_behind(key: str, holder: Holder, period: Period, *, limit: int = MOST_ROWS) -> list[Fact]:
    """Return the facts that add up to the holder's figure, by day."""
    sql = _ROWS.format(facts=_facts(measure(key)), whose=_WHOSE[holder.kind])
    values = {"first": period.first, "last": period.last, "ids": list(holder.ids), "limit": limit}
    return [
        Fact(person, team, day, Decimal(amount), label, ref)
        for person, team, day, amount, label, ref in _run(sql, values)
    ]


def facts_of(key: str, period: Period) -> list[Fact]:
    """Return everybody's facts, by day: one statement."""
    sql = _ROWS.format(facts=_facts(measure(key)), whose=_WHOSE[Kind.DEPARTMENT])
    rows = _run(sql, {"first": period.first, "last": period.last, "limit": None})
    return [Fact(person, team, day, Decimal(n), label, ref) for person, team, day, n, label, ref in rows]


def by_day(key: str, holder: Holder, period: Period) -> dict[date, Decimal]:
    """Return day → sum of a flow's facts."""
    assert measure(key).over is Over.FLOW  # noqa: S101 -- a stock has no days
    sql = f"select day, sum(amount) from ({_facts(measure(key))}) f where {_WHOSE[holder.kind]} group by day order by day"  # noqa: S608 -- registered statements
    values = {"first": period.first, "last": period.last, "ids": list(holder.ids)}
    return {day: Decimal(amount) for day, amount in _run(sql, values)}


def _facts(told: Measure) -> str:
    return told.facts if told.has_team else _WITH_TEAM.format(facts=told.facts)


def _run(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values | {"zone": department_zone().key})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
