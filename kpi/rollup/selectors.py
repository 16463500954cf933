"""Sums of whole months, from what is kept where it is true and from the rows where it is not: never other than the rows (ADR 0021).

What is kept and whether something touched it is read by one statement, so both are of the same instant.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from kam.core.periods import Period
from kpi.measures.rules import Holder
from kpi.measures.selectors import Figures, figures_of
from kpi.measures.terms import Kind
from kpi.rollup.terms import KEPT, Level

#: Months of measures that are kept and that nothing has touched.
TRUE_MONTHS = """
select d.measure, d.month from kpi_kept d
join unnest(%(measures)s::text[], %(sources)s::text[]) s(measure, source) on s.measure = d.measure
where d.level = 'department' and d.month = any(%(months)s::date[])
  and not exists (select 1 from kpi_touched t where t.source = s.source and d.month between t.first_month and t.last_month)
"""
_SUMS = """
select w.measure, w.month, coalesce(sum(k.amount), 0) from ({true}) w
left join kpi_kept k on k.measure = w.measure and k.month = w.month and {whose}
group by w.measure, w.month
"""
_TOTALS = """
select w.measure, w.month, k.person, k.team, k.amount, k.facts from ({true}) w
left join kpi_kept k on k.measure = w.measure and k.month = w.month and k.level = 'person'
"""
_WHOSE = {
    Kind.PERSON: "k.level = 'person' and k.person = any(%(ids)s)",
    Kind.TEAM: "k.level = 'team' and k.team = any(%(ids)s)",
    Kind.DEPARTMENT: "k.level = 'department'",
}
_NEEDS = "select %(wanted)s > (select count(*) from ({true}) w)"


def sums_of(wanted: Mapping[Period, Iterable[str]], holder: Holder) -> dict[tuple[str, date], Decimal]:
    """Return (measure, first day of the month) → the holder's sum: one statement, and one for each month that is not kept whole."""
    months = [month.first for month in wanted]
    sql = _SUMS.format(true=TRUE_MONTHS, whose=_WHOSE[holder.kind])
    told = {
        (key, month): Decimal(n) for key, month, n in _run(sql, _asked(months) | {"ids": list(holder.ids)})
    }
    for month, keys in wanted.items():
        live = [key for key in keys if (key, month.first) not in told]
        for key, figures in figures_of(live, month).items() if live else ():
            told[key, month.first] = figures.of(holder)
    return told


def totals_of(keys: Sequence[str], months: Sequence[Period]) -> dict[tuple[str, date], Figures]:
    """Return (measure, first day of the month) → everybody's figures: one statement, and one for each month that is not kept whole."""
    rows = _run(_TOTALS.format(true=TRUE_MONTHS), _asked([month.first for month in months], keys))
    found: dict[tuple[str, date], dict[tuple[int | None, int | None], tuple[Decimal, int]]] = {}
    for key, month, person, team, amount, facts in rows:
        totals = found.setdefault((key, month), {})
        if facts is not None:
            totals[person, team] = Decimal(amount), facts
    told = {pair: Figures(totals) for pair, totals in found.items()}
    for month in months:
        live = [key for key in keys if (key, month.first) not in told]
        told |= {(key, month.first): row for key, row in figures_of(live, month).items()} if live else {}
    return told


def needs_work(months: Sequence[date]) -> bool:
    """Say whether a kept measure is missing or touched in one of these months: one statement."""
    sql = _NEEDS.format(true=TRUE_MONTHS)
    ((needs,),) = _run(sql, _asked(months) | {"wanted": len(KEPT) * len(months)})
    return bool(needs)


def kept_months() -> dict[str, set[date]]:
    """Return measure → months that are kept, true or not."""
    rows = _run("select measure, month from kpi_kept where level = %(level)s", {"level": Level.DEPARTMENT})
    found: dict[str, set[date]] = {}
    for key, month in rows:
        found.setdefault(key, set()).add(month)
    return found


def _asked(months: Sequence[date], keys: Iterable[str] = KEPT) -> dict[str, Any]:
    measures = [key for key in keys if key in KEPT]
    return {"measures": measures, "sources": [KEPT[key] for key in measures], "months": list(months)}


def _run(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
