"""The acts on earnest money: note, confirm (the serial is drawn), drop, refund. Who waits for a serial waits at the campaign's counter."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from accounts.units.services import mark_dirty
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.terms import CampaignState
from campaigns.earnest.models import Call, Earnest, SerialCounter
from campaigns.earnest.rules import next_serial
from campaigns.earnest.terms import EARNEST_TRANSITIONS, BuyerKind, CallOutcome, EarnestState
from campaigns.prospects.models import Prospect
from campaigns.prospects.services import set_sincere
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.money import to_cents
from kam.core.transitions import ensure_transition
from kam.users.models import User
from kam.users.scopes import team_of

SUBJECT = "earnest_refund"


@dataclass(frozen=True, slots=True)
class EarnestTerms:
    """What is noted: a person of a unit, or the name of an ordinary buyer."""

    campaign: Campaign
    amount: Decimal
    person: Person | None = None
    name: str = ""
    has_discount_rule: bool = False
    has_use_rights: bool = False
    prospect: Prospect | None = None


@transaction.atomic
def note_earnest(terms: EarnestTerms, *, unit: KeyAccount | None, by: User) -> Earnest:
    """Write down who will pay; it has no serial before finance has the money."""
    _check(terms, unit)
    person = terms.person
    try:
        with transaction.atomic():
            row = Earnest.objects.create(
                campaign=terms.campaign,
                kind=BuyerKind.ORDINARY if unit is None else BuyerKind.GROUP,
                unit=unit,
                person=person,
                prospect=terms.prospect or _registered_as(terms.campaign, person),
                name=person.name if person else terms.name,
                amount=to_cents(terms.amount),
                has_discount_rule=terms.has_discount_rule,
                has_use_rights=terms.has_use_rights,
                owner=by,
                team=team_of(by),
            )
    except IntegrityError as error:
        words = _("This person's earnest money is noted in this campaign already.")
        raise BusinessError(words, code="twice", field="person") from error
    record("campaigns.earnest.noted", row, by=by, changes={"amount": (None, row.amount)})
    return row


def _registered_as(campaign: Campaign, person: Person | None) -> Prospect | None:
    return Prospect.objects.filter(campaign=campaign, person=person).first() if person else None


def _check(terms: EarnestTerms, unit: KeyAccount | None) -> None:
    if terms.campaign.state != CampaignState.RUNNING:
        raise BusinessError(_("This campaign does not run."), code="not_running", field="campaign")
    if terms.amount <= 0:
        raise BusinessError(_("Name an amount above nothing."), code="positive", field="amount")
    if unit is not None and (terms.person is None or terms.person.unit_id != unit.pk):
        raise BusinessError(_("The customer must be a person of this unit."), code="stranger", field="person")
    if terms.prospect is not None and terms.prospect.campaign_id != terms.campaign.pk:
        words = _("This customer is registered in another campaign.")
        raise BusinessError(words, code="campaign", field="campaign")
    if unit is None and not terms.name:
        raise BusinessError(_("Name the buyer."), code="nameless", field="name")


@transaction.atomic
def confirm_receipt(earnest: Earnest, *, receipt_no: str, by: User, version: int) -> Earnest:
    """Finance has the money: the server's time and the next serial of the campaign stand from now on (12-decisions, 16).

    The counter's row is locked first, so that serials have no gap and no tie, whoever confirms at the same moment.
    """
    SerialCounter.objects.get_or_create(campaign_id=earnest.campaign_id)
    counter = locked(SerialCounter.objects.filter(campaign_id=earnest.campaign_id)).get()
    row = locked_earnest(earnest, version)
    ensure_transition(EarnestState(row.state), EarnestState.RECEIVED, EARNEST_TRANSITIONS)
    counter.last = _draw(counter)
    row.state, row.serial = EarnestState.RECEIVED, counter.last
    row.receipt_no, row.received_at, row.received_by = receipt_no, timezone.now(), by
    _save_receipt(row)
    counter.save(update_fields=["last"])
    changes = {"serial": (None, row.serial), "receipt": (None, receipt_no)}
    record("campaigns.earnest.received", row, by=by, changes=changes)
    if row.prospect is not None:
        set_sincere(row.prospect, on=business_date(), by=by)
    if row.unit_id is not None:
        mark_dirty(row.unit_id)
    return row


def _draw(counter: SerialCounter) -> int:
    return next_serial(counter.last)


def _save_receipt(row: Earnest) -> None:
    row.version += 1
    fields = ["state", "serial", "receipt_no", "received_at", "received_by", "version"]
    try:
        with transaction.atomic():
            row.save(update_fields=fields)
    except IntegrityError as error:
        if "earnest_receipt_once" not in str(error):
            raise
        words = _("This receipt number is recorded already.")
        raise BusinessError(words, code="receipt", field="receipt_no") from error


@transaction.atomic
def drop_earnest(earnest: Earnest, *, by: User, version: int) -> Earnest:
    """It was never paid."""
    row = locked_earnest(earnest, version)
    _move(row, EarnestState.DROPPED)
    record("campaigns.earnest.dropped", row, by=by)
    return row


@transaction.atomic
def ask_refund(earnest: Earnest, *, reason: str, by: User, version: int) -> Earnest:
    """Ask for the money back; director and finance decide, the number stays good until then."""
    row = locked_earnest(earnest, version)
    row.refund_reason, row.refund_asked_by = reason, by
    _move(row, EarnestState.REFUND_ASKED, "refund_reason", "refund_asked_by")
    record("campaigns.earnest.refund_asked", row, by=by, reason=reason)
    approvals.submit(SUBJECT, row, by=by)
    return row


def refund(earnest: Earnest, by: User) -> None:
    """Finance, who decides last, pays it back: the serial is void, stays on the list, and goes to nobody else."""
    row = locked_earnest(earnest)
    row.refunded_at = timezone.now()
    _move(row, EarnestState.REFUNDED, "refunded_at")
    chosen = Call.objects.filter(earnest=row, outcome=CallOutcome.CHOSEN)
    if chosen.update(outcome=CallOutcome.GIVEN_BACK, decided_at=timezone.now()):
        record("campaigns.earnest.choice_given_back", row, by=by)
    record("campaigns.earnest.refunded", row, by=by, changes={"amount": (row.amount, None)})
    if row.prospect is not None:
        set_sincere(row.prospect, on=None, by=by)


def keep_earnest(earnest: Earnest, _by: User) -> None:
    """The refund was returned, rejected or withdrawn: the serial is as good as before."""
    _move(locked_earnest(earnest), EarnestState.RECEIVED)


def locked_earnest(earnest: Earnest, version: int | None = None) -> Earnest:
    """Return the row locked; ConflictError where `version` is not the present one."""
    row = locked(Earnest.objects.filter(pk=earnest.pk).select_related("unit", "campaign", "prospect")).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this meanwhile. Look at it again."), code="stale")
    return row


def _move(row: Earnest, target: EarnestState, *fields: str) -> None:
    ensure_transition(EarnestState(row.state), target, EARNEST_TRANSITIONS)
    row.state = target
    row.version += 1
    row.save(update_fields=["state", "version", *fields])
