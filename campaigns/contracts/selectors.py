"""What the page of a contract shows, and what Today asks of milestones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from campaigns.contracts.labels import ITEM_LABELS, MILESTONE_LABELS
from campaigns.contracts.models import ArchivedContract, Instalment, Milestone, NegotiationRound
from campaigns.contracts.rules import (
    Facts,
    Share,
    Step,
    due_until,
    open_items,
    settled_on,
    shares_of,
    steps_of,
)
from campaigns.contracts.terms import TICKED, MilestoneKind, TermItem
from campaigns.deals.models import Deal
from campaigns.deals.rules import collected_percent
from campaigns.deals.terms import DealState
from kam.core.clock import business_date
from kam.core.money import ZERO
from kam.today.asks import Ask
from kam.users.models import User

#: So many are told on Today, so many days ahead.
TOLD, DAYS_AHEAD = 8, 3


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One line of the negotiation's checklist."""

    label: object
    last: NegotiationRound | None


@dataclass(frozen=True, slots=True)
class ShownContract:
    """Everything that the page of a contract shows."""

    steps: list[tuple[object, Step]]
    shares: list[tuple[str, Share]]
    net: Decimal
    paid: Decimal
    due: Decimal
    rate: Decimal | None
    items: list[ItemRow]
    left: int
    rounds: list[NegotiationRound]
    archived: ArchivedContract | None
    is_settled: bool


def contract_of(deal: Deal) -> ShownContract:
    """Return milestones, plan, negotiation and archive of a deal; the number of statements does not depend on it."""
    today = business_date()
    payments = list(deal.payments.values_list("received_on", "amount"))
    net = deal.net_total() if deal.price_amount is not None else ZERO
    paid = sum((amount for _day, amount in payments), ZERO)
    plan = list(Instalment.objects.filter(deal=deal))
    due = due_until([row.due for row in plan], today)
    last_day = settled_on(payments, net) if net > 0 else None
    rounds = list(NegotiationRound.objects.filter(deal=deal).select_related("by"))
    last: dict[TermItem, NegotiationRound] = {}
    for row in rounds:
        last.setdefault(TermItem(row.item), row)
    shares = shares_of([row.due for row in plan], paid, today)
    return ShownContract(
        steps=[(MILESTONE_LABELS[step.kind], step) for step in _steps(deal, last_day, today)],
        shares=[(row.text, share) for row, share in zip(plan, shares, strict=True)],
        net=net,
        paid=paid,
        due=due,
        rate=collected_percent(min(paid, due), due),
        items=[ItemRow(ITEM_LABELS[item], last.get(item)) for item in TermItem],
        left=len(open_items({item: row.is_settled for item, row in last.items()})),
        rounds=rounds,
        archived=ArchivedContract.objects.filter(deal=deal)
        .select_related("file", "by", "checked_by")
        .first(),
        is_settled=last_day is not None,
    )


def _steps(deal: Deal, last_day: date | None, today: date) -> list[Step]:
    rows = list(Milestone.objects.filter(deal=deal))
    planned = {MilestoneKind(row.kind): row.planned_on for row in rows if row.planned_on is not None}
    ticked = {MilestoneKind(row.kind): row.done_on for row in rows if row.done_on is not None}
    return steps_of(planned, ticked, Facts(deal.signed_on, deal.first_paid_on, last_day), today)


DUE: Ask[Milestone] = Ask(
    "contracts.milestones",
    lambda people, day: (
        Milestone.objects.filter(
            deal__unit__owner__any_of=people,
            deal__state=DealState.SIGNED,
            kind__in=sorted(TICKED),
            done_on__isnull=True,
            planned_on__lte=day + timedelta(days=DAYS_AHEAD),
        )
        .select_related("deal__unit")
        .order_by("planned_on", "pk")
    ),
    lambda row: row.deal.unit.owner_id,
)


@dataclass(frozen=True, slots=True)
class DueMilestone:
    """A milestone that is due now, or late."""

    milestone: Milestone
    is_late: bool


def due_milestones(users: Sequence[User], day: date) -> dict[int, list[DueMilestone]]:
    """Return user id → milestones of their units' deals, the latest planned last."""
    return {
        pk: [DueMilestone(row, row.planned_on is not None and row.planned_on < day) for row in rows[:TOLD]]
        for pk, rows in DUE(users, day).items()
    }
