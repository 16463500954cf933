"""What complaints, long-term agreements and budgets tell."""

from django.utils.translation import gettext_lazy as _

from kpi.measures.registry import Measure, register_link, register_measure
from kpi.measures.terms import Group, Over, Unit

#: A complaint counts on the day it came in, for whoever owned the unit that day.
_COMPLAINTS = """
select o.owner_id as person, o.team_id as team, c.received_on as day, 1 as amount, u.name as label, 'complaint:' || c.id as ref
from accounts_complaint c join accounts_keyaccount u on u.id = c.unit_id
left join accounts_ownership o on o.unit_id = u.id and o.started_on <= c.received_on and (o.ended_on is null or o.ended_on > c.received_on)
where c.received_on between %(first)s and %(last)s and c.verdict = 'valid'
"""
#: An agreement, a renewal too, counts on the day it was signed, for whoever owned the unit that day (S-199, S-258).
_AGREED = """
select o.owner_id as person, o.team_id as team, a.signed_on as day, 1 as amount, u.name || ' · ' || a.number as label,
       'agreement:' || a.id as ref
from campaigns_agreement a join accounts_keyaccount u on u.id = a.unit_id
left join accounts_ownership o on o.unit_id = u.id and o.started_on <= a.signed_on and (o.ended_on is null or o.ended_on > a.signed_on)
where a.signed_on between %(first)s and %(last)s
"""
_SPENT = """
select null::bigint as person, null::bigint as team, m.on as day, m.spent as amount, b.name || ' · ' || l.name as label, 'budget:' || b.id as ref
from campaigns_movement m join campaigns_budgetline l on l.id = m.line_id join campaigns_budget b on b.id = l.budget_id
where m.on between %(first)s and %(last)s and m.spent <> 0
"""
#: The share of a budget's days that lie in the period; the last day of the budget carries what rounding left.
_BUDGETED = """
select null::bigint as person, null::bigint as team, greatest(s.starts_on, %(first)s::date) as day,
       round(s.amount * (least(s.ends_on, %(last)s::date) - s.starts_on + 1) / (s.ends_on - s.starts_on + 1), 2)
       - round(s.amount * (greatest(s.starts_on, %(first)s::date) - s.starts_on) / (s.ends_on - s.starts_on + 1), 2) as amount,
       s.name as label, 'budget:' || s.id as ref
from (select b.id, b.name, coalesce(b.starts_on, c.window_from) as starts_on, coalesce(b.ends_on, c.window_to) as ends_on,
             sum(k.budgeted) as amount
      from campaigns_budget b left join campaigns_campaign c on c.id = b.campaign_id
      join campaigns_budgetline l on l.budget_id = b.id join campaigns_linebalance k on k.line_id = l.id
      where b.state = 'approved' group by b.id, c.id) s
where s.starts_on <= %(last)s and s.ends_on >= %(first)s
"""

register_link("complaint", "/complaints/{}/")
register_link("budget", "/budgets/{}/")
register_link("agreement", "/agreements/{}/")
register_measure(
    Measure(
        "complaints.valid",
        _("Valid complaints"),
        _("Complaints judged valid, by the day they came in, for the owner of that day."),
        Unit.COUNT,
        Over.FLOW,
        Group.CARE,
        _COMPLAINTS,
        has_team=True,
    )
)
register_measure(
    Measure(
        "agreements.signed",
        _("Long-term agreements signed"),
        _("Long-term agreements and renewals by the day of signing, for the owner of that day."),
        Unit.COUNT,
        Over.FLOW,
        Group.CARE,
        _AGREED,
        has_team=True,
    )
)
register_measure(
    Measure(
        "expenses.spent",
        _("Expenses"),
        _("What the ledgers of all budgets spent, by the day of the entry. Of the department only."),
        Unit.MONEY,
        Over.FLOW,
        Group.MONEY,
        _SPENT,
        has_team=True,
    )
)
register_measure(
    Measure(
        "expenses.budget",
        _("Budget of the period"),
        _("Approved budgets, shared out evenly over the days of each. Of the department only."),
        Unit.MONEY,
        Over.FLOW,
        Group.MONEY,
        _BUDGETED,
        has_team=True,
        assumption=True,
    )
)
