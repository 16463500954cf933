"""What deals tell: sales by the day of the first payment, contracts, collection. Credit stays where it was at signing (12-decisions, 23)."""

from django.utils.translation import gettext_lazy as _

from kpi.measures.registry import Measure, register_link, register_measure
from kpi.measures.terms import Group, Over, Unit

_CREDIT = "d.owner_id as person, d.team_id as team"
_SAID = "join accounts_keyaccount u on u.id = d.unit_id"
_REF = "u.name || ' · ' || d.contract_no as label, 'deal:' || d.id as ref"
_TAKEN = "case when a.kind = 'credit' then -a.amount else a.amount end"
#: What a deal cost on the day it closed: the price of its sets and what had been adjusted until then.
_CLOSED = f"""
select {_CREDIT}, d.first_paid_on as day, d.quantity * d.price_amount + coalesce((
  select sum({_TAKEN}) from campaigns_adjustment a where a.deal_id = d.id and a.booked_on <= d.first_paid_on), 0) as amount, {_REF}
from campaigns_deal d {_SAID}
where d.first_paid_on between %(first)s and %(last)s
"""  # noqa: S608 -- put together from constants of this file
_ADJUSTED = f"""
select {_CREDIT}, a.booked_on as day, {_TAKEN} as amount, {_REF}
from campaigns_adjustment a join campaigns_deal d on d.id = a.deal_id {_SAID}
where a.booked_on between %(first)s and %(last)s and d.first_paid_on < a.booked_on
"""  # noqa: S608 -- see above
_CANCELLED = f"""
select {_CREDIT}, d.cancelled_on as day, -(d.quantity * d.price_amount + coalesce((
  select sum({_TAKEN}) from campaigns_adjustment a where a.deal_id = d.id), 0)) as amount, {_REF}
from campaigns_deal d {_SAID}
where d.cancelled_on between %(first)s and %(last)s and d.first_paid_on is not null
"""  # noqa: S608 -- see above
_SIGNED = f"""
select {_CREDIT}, d.signed_on as day, d.quantity * d.price_amount as amount, {_REF}
from campaigns_deal d {_SAID}
where d.signed_on between %(first)s and %(last)s and d.price_amount is not null
union all
select {_CREDIT}, a.booked_on, {_TAKEN}, {_REF}
from campaigns_adjustment a join campaigns_deal d on d.id = a.deal_id {_SAID}
where a.booked_on between %(first)s and %(last)s
union all
select {_CREDIT}, d.cancelled_on, -(d.quantity * d.price_amount + coalesce((
  select sum({_TAKEN}) from campaigns_adjustment a where a.deal_id = d.id), 0)), {_REF}
from campaigns_deal d {_SAID}
where d.cancelled_on between %(first)s and %(last)s and d.price_amount is not null
"""  # noqa: S608 -- see above
_RECEIVED = f"""
select {_CREDIT}, p.received_on as day, p.amount, u.name || ' · ' || p.reference as label, 'deal:' || d.id as ref
from campaigns_payment p join campaigns_deal d on d.id = p.deal_id {_SAID}
where p.received_on between %(first)s and %(last)s
"""  # noqa: S608 -- see above
#: The payment with which a deal was paid in full settles it, once.
_SETTLED = f"""
select {_CREDIT}, s.day, s.net as amount, {_REF}
from (
  select p.deal_id, p.received_on as day, n.net,
         row_number() over (partition by p.deal_id order by p.received_on, p.id) as place
  from (select id, deal_id, received_on, sum(amount) over (partition by deal_id order by received_on, id) as paid
        from campaigns_payment) p
  join lateral (select d.quantity * d.price_amount + coalesce((
    select sum({_TAKEN}) from campaigns_adjustment a where a.deal_id = d.id and a.booked_on <= p.received_on), 0) as net
    from campaigns_deal d where d.id = p.deal_id) n on p.paid >= n.net
) s join campaigns_deal d on d.id = s.deal_id {_SAID}
where s.place = 1 and s.day between %(first)s and %(last)s
"""  # noqa: S608 -- see above

register_link("deal", "/deals/{}/")
register_measure(
    Measure(
        "sales.actual",
        _("Actual sales"),
        _(
            "Final price of deals closed (first payment received) in the period, credited to owner and team at signing;"
            " credits, charge-backs and cancellations count in the month they are booked in."
        ),
        Unit.MONEY,
        Over.FLOW,
        Group.SALES,
        f"{_CLOSED} union all {_ADJUSTED} union all {_CANCELLED}",
        has_team=True,
    )
)
register_measure(
    Measure(
        "sales.deals",
        _("Deals closed"),
        _("Deals with their first payment in the period."),
        Unit.COUNT,
        Over.FLOW,
        Group.SALES,
        f"select person, team, day, 1 as amount, label, ref from ({_CLOSED}) closed",  # noqa: S608 -- see above
        has_team=True,
    )
)
register_measure(
    Measure(
        "contracts.due",
        _("Due under contracts"),
        _(
            "Contract amounts by the day of signing, adjustments and cancellations by the day they are booked."
        ),
        Unit.MONEY,
        Over.FLOW,
        Group.SALES,
        _SIGNED,
        has_team=True,
        assumption=True,
    )
)
register_measure(
    Measure(
        "contracts.received",
        _("Payments received"),
        _("Payments on contracts by the day they were received."),
        Unit.MONEY,
        Over.FLOW,
        Group.SALES,
        _RECEIVED,
        has_team=True,
    )
)
register_measure(
    Measure(
        "contracts.settled",
        _("Contracts settled"),
        _("Contract amounts by the day on which the last part was received."),
        Unit.MONEY,
        Over.FLOW,
        Group.SALES,
        _SETTLED,
        has_team=True,
    )
)
