"""The acts on bids."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.units.models import KeyAccount
from campaigns.bids.labels import PROBLEMS
from campaigns.bids.models import Bid
from campaigns.bids.rules import Problem, documents_due, opening_problem, step_problem
from campaigns.bids.terms import BID_MOVES, BidState
from campaigns.proposals.models import Proposal
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.numbers import next_number
from kam.core.transitions import ensure_transition
from kam.settings_rows.selectors import setting
from kam.users.models import User

DAYS_BEFORE = "bid_documents_days"
_DAY_OF = {BidState.READY: "ready_on", BidState.DELIVERED: "delivered_on"}


@dataclass(frozen=True, slots=True)
class Tender:
    """What is tendered, when the bids are opened, who prepares ours."""

    title: str
    opens_on: date
    responsible: User
    amount: Decimal | None = None
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """The next step of a bid: its day, who won and what we learn where it ends."""

    target: BidState
    on: date
    winner: str = ""
    result: str = ""


@transaction.atomic
def open_bid(unit: KeyAccount, tender: Tender, *, by: User) -> Bid:
    """Begin a bid; its documents are due two days before the opening (S-080)."""
    _refuse(opening_problem(tender.opens_on, business_date()))
    if tender.proposal is not None and tender.proposal.unit_id != unit.pk:
        raise BusinessError(_("This proposal is to another unit."), code="stranger", field="proposal")
    row = Bid.objects.create(
        number=next_number(Bid, "TB", business_date().year),
        unit=unit,
        title=tender.title,
        opens_on=tender.opens_on,
        documents_due_on=documents_due(tender.opens_on, int(setting(DAYS_BEFORE))),
        responsible=tender.responsible,
        amount=tender.amount,
        proposal=tender.proposal,
    )
    changes = {"opens_on": (None, row.opens_on), "documents_due_on": (None, row.documents_due_on)}
    record("campaigns.bid.opened", row, by=by, changes=changes)
    return row


@transaction.atomic
def move_bid(bid: Bid, step: Step, *, by: User, version: int) -> Bid:
    """Documents ready, delivered, won, lost or withdrawn."""
    row = locked(Bid.objects.filter(pk=bid.pk).select_related("unit")).get()
    if row.version != version:
        raise ConflictError(_("Somebody changed this bid meanwhile. Look at it again."), code="stale")
    ensure_transition(BidState(row.state), step.target, BID_MOVES)
    _refuse(step_problem(row.standing, step.target, step.on, business_date(), step.winner))
    field = _DAY_OF.get(step.target, "ended_on")
    if field == "ended_on" and not step.result.strip():
        raise BusinessError(_("Say why, and what we learn from it."), code="result", field="result")
    before, row.state = row.state, step.target
    setattr(row, field, step.on)
    row.winner, row.result = step.winner, step.result
    row.version += 1
    row.save(update_fields=["state", field, "winner", "result", "version"])
    changes = {"state": (before, step.target)}
    record(f"campaigns.bid.{step.target.value}", row, by=by, changes=changes, reason=step.result)
    return row


def _refuse(problem: Problem | None) -> None:
    if problem is not None:
        field, code = problem
        raise BusinessError(PROBLEMS[code], code=code, field=field)
