"""What people in the field do: visits over ten months, and of the last closed month their week plans and follow-up forms.

Made by the server from numbers, the same for the same numbers: a visit has as many columns as a unit, and there are ten for each unit.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from bench.generate import TODAY
from kam.core.periods import Period, month_of
from kam.users.models import Membership

#: The month that is closed in the figures: only its weeks are planned and its days have forms.
MONTH = month_of(month_of(TODAY).first - timedelta(days=1))
DAYS, AT_ONCE = 300, 100_000

#: An even number from 0 to 1 for a row and a purpose.
_DICE = "((hashint8(n * 31 + {purpose}) & 2147483647) / 2147483648.0)"
_DONE = """
create temp table bench_done on commit drop as
select v.n, v.unit_id, v.user_id, v.team_id, v.day, v.dice < 0.6 as is_planned, v.dice > 0.9 as is_return, v.n %% 10 = 0 as missed
from ({rows}) v where v.user_id is not null
"""
#: Each person does as much as every other one, at units of anybody, evenly over the days.
_OF_PEOPLE = f"""
select n, 1 + floor({_DICE.format(purpose=1)} * %(units)s)::bigint as unit_id, p.user_id, p.team_id,
       %(from)s::date + floor({_DICE.format(purpose=2)} * %(days)s)::int as day, {_DICE.format(purpose=3)} as dice
from generate_series(%(first)s::bigint, %(last)s::bigint) n
join unnest(%(users)s::bigint[], %(teams)s::bigint[]) with ordinality p(user_id, team_id, place)
  on p.place = 1 + n %% cardinality(%(users)s::bigint[])
"""
_PLANS = """
insert into visits_weekplan (created_at, version, year, week, revision, state, goal, user_id, team_id)
select distinct on (user_id, extract(isoyear from day), extract(week from day)) now(), 1, extract(isoyear from day), extract(week from day), 1,
       'approved', '拜访', user_id, team_id
from bench_done where day between %(start)s and %(end)s and is_planned
on conflict do nothing
"""
#: A line has the number of its visit.
_LINES = """
insert into visits_planline (id, created_at, version, day, half_day, start, "end", mode, purpose, questions, materials, gifts, cost, state, reason,
                             moved_reason, is_supplement, approval, unit_id, plan_id)
select d.n, now(), 1, d.day, '', '09:00', '10:00', 'visit', '回访', '', '', '', 0, 'planned', '', '', false, '', d.unit_id, p.id
from bench_done d join visits_weekplan p
  on p.user_id = d.user_id and p.year = extract(isoyear from d.day) and p.week = extract(week from d.day)
where d.day between %(start)s and %(end)s and d.is_planned
"""
_VISITS = """
insert into visits_visit (id, version, public_id, kind, mode, outcome, "on", place, purpose, summary, problems, next_step, quality_reaction,
                          satisfaction, competitor_use, industry_news, is_planned, entered_at, is_late, late_reason, business_date, plan_line_id,
                          unit_id, user_id)
select d.n, 1, ('00000000-0000-4000-8000-' || lpad(to_hex(d.n), 12, '0'))::uuid, case when d.is_return then 'return' else 'later' end, 'visit',
       case when d.missed then 'not_met' else 'progress' end, d.day, '', '回访', '谈妥价格与交期', '', '', '', '', '', '', l.id is not null,
       d.day + time '17:00' at time zone 'Asia/Shanghai', false, '', d.day, l.id, d.unit_id, d.user_id
from bench_done d left join visits_planline l on l.id = d.n and not d.missed
"""
_FORMS = """
insert into visits_followup (created_at, version, day, summary, problems, tomorrow, further_plan, submitted_at, is_late, user_id, team_id)
select now(), 1, f.day, '拜访三家', '', '继续', '', f.day + time '18:00', (f.user_id + extract(day from f.day)::int) %% 9 = 0, f.user_id, f.team_id
from (select distinct user_id, team_id, day from bench_done where day between %(start)s and %(end)s) f
on conflict do nothing
"""
#: The last number of the visits is nobody's again: lines and visits share them.
_NUMBERS = """
select setval(pg_get_serial_sequence('visits_visit', 'id'), greatest(%(last)s, 1)),
       setval(pg_get_serial_sequence('visits_planline', 'id'), greatest(%(last)s, 1))
"""


@dataclass(frozen=True, slots=True)
class Helpers:
    """People beside those of the company, each with a team, and how many visits each makes in the month."""

    users: list[int]
    teams: list[int]
    visits: int


def generate_work(units: int, visits: int) -> None:
    """Fill what specialists did, a hundred thousand visits at a time."""
    staff = Membership.objects.order_by("user").values_list("user", "team")
    users, teams = (list(told) for told in zip(*staff, strict=True))
    began = TODAY - timedelta(days=DAYS - 1)
    of_all = {"units": units, "users": users, "teams": teams, "from": began, "days": DAYS}
    for first in range(1, visits + 1, AT_ONCE):
        _write(of_all | {"first": first, "last": min(first + AT_ONCE - 1, visits)})
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, {"last": visits})
        for table in ("visits_weekplan", "visits_planline", "visits_visit", "visits_followup", "kpi_touched"):
            cursor.execute(f"vacuum analyze {table}")


def add_work(helpers: Helpers, *, units: int, after: int, month: Period) -> None:
    """Let these people work through a month like the others; their visits have the numbers after `after`."""
    last = after + helpers.visits * len(helpers.users)
    told = {"first": after + 1, "last": last, "units": units, "users": helpers.users, "teams": helpers.teams}
    _write(told | {"from": month.first, "days": month.days}, month)


@transaction.atomic
def _write(told: dict[str, Any], month: Period = MONTH) -> None:
    values = told | {"start": month.first, "end": month.last}
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists bench_done")
        cursor.execute(_DONE.format(rows=_OF_PEOPLE), values)
        for sql in (_PLANS, _LINES, _VISITS, _FORMS):
            cursor.execute(sql, values)
