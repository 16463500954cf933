"""When the number is lost: the director keeps what was given (nothing happens), or asks to charge it back (12-decisions, 15)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.units.models import KeyAccount
from campaigns.deals.models import Crossing
from campaigns.deals.rules import at_stake
from campaigns.deals.selectors import counted_sets, standings, units_together
from campaigns.deals.services import adjust
from campaigns.deals.terms import AdjustmentKind, LossDecision
from kam.approvals import services as approvals
from kam.approvals.selectors import request_for
from kam.approvals.terms import RequestState
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import ConflictError
from kam.core.locks import locked
from kam.users.models import User

SUBJECT = "charge_back"


@transaction.atomic
def decide_loss(crossing: Crossing, *, keep: bool, reason: str, by: User, version: int) -> Crossing:
    """Keep what the deals got, recorded; or ask for a charge-back, which others approve before anything is booked."""
    row = locked(Crossing.objects.filter(pk=crossing.pk)).get()
    if row.version != version or row.decision != LossDecision.OPEN:
        raise ConflictError(_("Somebody has decided this already."), code="stale")
    row.decision = LossDecision.KEPT if keep else LossDecision.ASKED
    row.decided_by, row.decided_on, row.reason = by, business_date(), reason
    row.version += 1
    row.save(update_fields=["decision", "decided_by", "decided_on", "reason", "version"])
    changes = {"decision": (LossDecision.OPEN, row.decision)}
    record("campaigns.deal.loss_decided", row, by=by, changes=changes, reason=reason)
    given_back = request_for(SUBJECT, row)
    if not keep:
        approvals.submit(SUBJECT, row, by=by)
    elif given_back is not None and given_back.state == RequestState.RETURNED:
        approvals.withdraw(given_back, by=by, version=given_back.version)
    return row


def charge_back(crossing: Crossing, by: User) -> None:
    """The last decider approved: book what is at stake now, once a deal."""
    row = locked(Crossing.objects.filter(pk=crossing.pk).select_related("unit", "campaign")).get()
    family = units_together(row.unit, row.campaign)
    list(locked(KeyAccount.objects.filter(pk__in=family), no_key=True).values_list("pk"))
    count = counted_sets(family, row.campaign)
    amounts = at_stake(standings(family, row.campaign, count=count))
    adjust(row, amounts, AdjustmentKind.CHARGE_BACK, by=by)
    _settle(row, LossDecision.CHARGED_BACK)


def ask_again(crossing: Crossing, _by: User) -> None:
    """The charge-back was returned: the director decides anew."""
    _settle(locked(Crossing.objects.filter(pk=crossing.pk)).get(), LossDecision.OPEN)


def keep_after_all(crossing: Crossing, _by: User) -> None:
    """The charge-back was rejected or withdrawn: everybody keeps what they got."""
    _settle(locked(Crossing.objects.filter(pk=crossing.pk)).get(), LossDecision.KEPT)


def _settle(row: Crossing, decision: LossDecision) -> None:
    row.decision = decision
    row.version += 1
    row.save(update_fields=["decision", "version"])
