"""Adding up again what was touched. Who writes never waits for it and is never overlooked (docs/adr/0021)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction

from kam.core.clock import business_date, department_zone
from kam.core.locks import hold_name, try_to_hold_name
from kam.core.periods import Period
from kpi.measures.selectors import facts_sql
from kpi.rollup.rules import Mark, Redo, may_be_kept, ready_months, what_to_redo, whole_window
from kpi.rollup.selectors import kept_months, needs_work
from kpi.rollup.terms import KEPT, Source

#: One after the other: a sum that was read earlier must not be written over one that was read later.
_NAME = "kpi.rollup"
_TAKE = """
with gone as (delete from kpi_touched returning source, first_month, last_month, person) select distinct * from gone
"""
_FORGET = "delete from kpi_kept where measure = %(measure)s and month = any(%(months)s::date[])"
_FORGET_PEOPLE = f"{_FORGET} and level = 'person' and person = any(%(people)s)"
_ADD = """
insert into kpi_kept (measure, month, level, person, team, amount, facts)
select %(measure)s, date_trunc('month', day::timestamp)::date, 'person', person, team, sum(amount), count(*)
from ({facts}) f {whose} group by 2, person, team
"""
_FORGET_SUMS = """
delete from kpi_kept k using unnest(%(measures)s::text[], %(months)s::date[]) p(measure, month)
where k.measure = p.measure and k.month = p.month and k.level <> 'person'
"""
_ADD_SUMS = """
insert into kpi_kept (measure, month, level, person, team, amount, facts)
select p.measure, p.month, case when grouping(k.team) = 1 then 'department' else 'team' end, null, k.team,
       coalesce(sum(k.amount), 0), coalesce(sum(k.facts), 0)
from unnest(%(measures)s::text[], %(months)s::date[]) p(measure, month)
left join kpi_kept k on k.measure = p.measure and k.month = p.month and k.level = 'person'
group by grouping sets ((p.measure, p.month), (p.measure, p.month, k.team))
having grouping(k.team) = 1 or k.team is not null
"""


def freshen(months: Iterable[Period]) -> None:
    """Make what is kept of these months true, before a page reads it: one statement where nothing was touched.

    Where somebody adds up already, the page does not wait: it reads from the rows what is not true yet.
    """
    today = business_date()
    firsts = [month.first for month in months if may_be_kept(month.first, today)]
    if firsts and needs_work(firsts):
        _refresh_where_nobody_does(firsts)


@transaction.atomic
def _refresh_where_nobody_does(months: Sequence[date]) -> None:
    if try_to_hold_name(_NAME):
        _refresh(months)


@transaction.atomic
def refresh(months: Sequence[date] = ()) -> int:
    """Add up again what was touched, and months that are missing; return how many sums of a measure and month.

    The marks are taken first and the rows read afterwards: whatever a taken mark tells of is in what is read then; what is committed later
    leaves its own mark.
    """
    hold_name(_NAME)
    return _refresh(months)


def _refresh(months: Sequence[date]) -> int:
    marks = [Mark(Source(source), *rest) for source, *rest in _ask(_TAKE)]
    kept = kept_months()
    missing = {key: set(months) - kept.get(key, set()) for key in KEPT}
    return _redo(what_to_redo(marks, kept, missing))


@transaction.atomic
def rebuild(months: Sequence[date]) -> int:
    """Add up these months anew, whatever was kept of them."""
    hold_name(_NAME)
    return _redo(what_to_redo((), {}, dict.fromkeys(KEPT, months)))


def keep_ready() -> str | None:
    """Add up what was touched, and keep the months that pages ask most, for the scheduler."""
    done = refresh(ready_months(business_date()))
    return str(done) if done else None


def rebuild_all() -> int:
    """Add up every month that is kept anew; a transaction for each, so that nobody waits long."""
    today = business_date()
    kept = {month for months in kept_months().values() for month in months}
    return sum(
        rebuild([month]) for month in sorted(kept | set(ready_months(today)) & set(whole_window(today)))
    )


def _redo(work: Sequence[Redo]) -> int:
    for redo in work:
        _add_up(redo)
    pairs = sorted({(redo.measure, month) for redo in work for month in redo.months})
    if pairs:
        measures, months = zip(*pairs, strict=True)
        values: Mapping[str, Any] = {"measures": list(measures), "months": list(months)}
        _do(_FORGET_SUMS, values)
        _do(_ADD_SUMS, values)
    return len(pairs)


def _add_up(redo: Redo) -> None:
    values = {
        "measure": redo.measure,
        "months": list(redo.months),
        "people": list(redo.people or ()),
        "first": redo.period.first,
        "last": redo.period.last,
        "zone": department_zone().key,
    }
    whose = "" if redo.people is None else "where person = any(%(people)s)"
    _do(_FORGET if redo.people is None else _FORGET_PEOPLE, values)
    _do(_ADD.format(facts=facts_sql(redo.measure), whose=whose), values)


def _ask(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _do(sql: str, values: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
