"""Market reports as measures: who is to hand one in for a month, and who did on time (S-224, T-37)."""

from django.utils.translation import gettext_lazy as _

from kpi.measures.registry import Measure, register_link, register_measure
from kpi.measures.terms import Group, Over, Unit
from kpi.scoring.registry import Indicator, register_indicator
from kpi.scoring.terms import Category

#: Every seller of a group who was here on the last day of the month; the fact belongs to that month.
_DUE = """
select u.id as person, m.last as day, 1 as amount, to_char(m.last, 'YYYY-MM') as label, '' as ref
from (select (d.first + interval '1 month' - interval '1 day')::date as last
      from generate_series(date_trunc('month', %(first)s::date), %(last)s::date, interval '1 month') d(first)) m
join users_user u on u.position in ('specialist', 'team_lead') and u.joined_on <= m.last and (u.left_on is null or u.left_on >= m.last)
where m.last between %(first)s and %(last)s
"""
_ON_TIME = """
select w.author_id as person, w.last_day as day, 1 as amount, to_char(w.last_day, 'YYYY-MM') as label, 'writing:' || w.id as ref
from kpi_writing w join users_user u on u.id = w.author_id and u.position in ('specialist', 'team_lead')
where w.kind = 'market' and w.handed_in_at is not null and not w.is_late and w.last_day between %(first)s and %(last)s
"""


def register_reports() -> None:
    """Register both measures and the rate of one to the other."""
    register_link("writing", "/kpi/writings/{}/")
    for key, label, says, facts in (
        (
            "reports.due",
            _("Market reports due"),
            _("One for each month and seller of a group, by the last day of the month it is about."),
            _DUE,
        ),
        (
            "reports.on_time",
            _("Market reports on time"),
            _("Handed in by the 5th of the next month, that day included."),
            _ON_TIME,
        ),
    ):
        register_measure(Measure(key, label, says, Unit.COUNT, Over.FLOW, Group.WORK, facts))
    register_indicator(
        Indicator(
            "reports",
            _("Market reports on time"),
            _("Reports handed in by the 5th ÷ reports due."),
            Category.SKILL,
            "reports.on_time",
            "reports.due",
        )
    )
