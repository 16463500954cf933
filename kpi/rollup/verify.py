"""Whether what is kept is what the rows say: every sum, to the last cent."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from kam.core.clock import department_zone
from kam.core.periods import month_of
from kpi.measures.selectors import facts_sql
from kpi.rollup.selectors import TRUE_MONTHS, kept_months
from kpi.rollup.terms import KEPT

#: Marks, sums and rows are read by one statement: whatever is committed meanwhile is in all of them or in none.
_DIFFERENCE = """
with raw as (
  select month, case when grouping(team) = 1 then 'department' when grouping(person) = 1 then 'team' else 'person' end as level,
         person, team, sum(amount) as amount, count(*) as facts
  from (select date_trunc('month', day::timestamp)::date as month, person, team, amount from ({facts}) f) f
  group by grouping sets ((month, person, team), (month, team), (month))
  having grouping(team) = 1 or grouping(person) = 0 or team is not null
), kept as (
  select k.* from kpi_kept k where k.measure = %(measure)s and k.month = any(%(months)s::date[])
)
select coalesce(r.level, k.level), coalesce(r.person, k.person), coalesce(r.team, k.team), coalesce(k.amount, 0), coalesce(r.amount, 0)
from raw r full join kept k
  on k.level = r.level and coalesce(k.person, 0) = coalesce(r.person, 0) and coalesce(k.team, 0) = coalesce(r.team, 0)
where (coalesce(k.amount, 0), coalesce(k.facts, 0)) is distinct from (coalesce(r.amount, 0), coalesce(r.facts, 0))
  and exists (select 1 from ({true}) w)
order by 1, 2, 3 limit 1
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A sum that is kept and is not what its rows come to."""

    measure: str
    month: date
    level: str
    person: int | None
    team: int | None
    kept: Decimal
    rows: Decimal

    def __str__(self) -> str:
        whose = " ".join(
            f"{word} {pk}" for word, pk in (("person", self.person), ("team", self.team)) if pk is not None
        )
        return f"{self.measure} {self.month:%Y-%m} {whose or self.level}: kept {self.kept}, rows {self.rows}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many sums of a measure and month were compared, and the first that is wrong."""

    compared: int
    first: Difference | None


def compare() -> Comparison:
    """Compare every month that is kept and not touched with its rows; stop at the first difference. A statement a measure and month."""
    compared = 0
    for key, months in sorted(kept_months().items()):
        for month in sorted(months):
            compared += 1
            found = _difference(key, month)
            if found is not None:
                return Comparison(compared, found)
    return Comparison(compared, None)


def _difference(key: str, month: date) -> Difference | None:
    values: dict[str, Any] = {
        "measure": key, "measures": [key], "sources": [KEPT[key]], "months": [month],
        "first": month, "last": month_of(month).last, "zone": department_zone().key,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCE.format(facts=facts_sql(key), true=TRUE_MONTHS), values)
        row = cursor.fetchone()
    return Difference(key, month, *row) if row else None
