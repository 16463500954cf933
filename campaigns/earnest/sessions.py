"""The acts of a choosing session: open, call the next number, choose, pass, close. The campaign's open session is locked in each."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.models import Campaign, CampaignProduct
from campaigns.campaigns.terms import CampaignState
from campaigns.earnest.models import Call, Choosing, Earnest
from campaigns.earnest.selectors import waiting_in
from campaigns.earnest.terms import CALL_TRANSITIONS, CallOutcome
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.transitions import ensure_transition
from kam.users.models import User


@transaction.atomic
def open_choosing(campaign: Campaign, *, by: User) -> Choosing:
    """Begin calling; one session at a time."""
    if campaign.state != CampaignState.RUNNING:
        raise BusinessError(_("This campaign does not run."), code="not_running")
    if not waiting_in(campaign, None):
        raise BusinessError(_("Nobody waits with a serial."), code="nobody")
    try:
        with transaction.atomic():
            row = Choosing.objects.create(campaign=campaign, held_on=business_date(), opened_by=by)
    except IntegrityError as error:
        raise ConflictError(_("A session of this campaign is open already."), code="open") from error
    record("campaigns.choosing.opened", row, by=by)
    return row


@transaction.atomic
def call_next(campaign: Campaign, *, by: User) -> Call:
    """Call the first of those who wait; the one who is called chooses or passes first."""
    session = _open_session(campaign)
    if session.calls.filter(outcome=CallOutcome.CALLED).exists():
        raise ConflictError(_("A number is called already: it chooses or passes first."), code="called")
    waiting = waiting_in(campaign, session)
    if not waiting:
        raise BusinessError(_("Everybody has chosen."), code="nobody")
    call = Call.objects.create(choosing=session, campaign=campaign, earnest_id=waiting[0].earnest)
    record("campaigns.choosing.called", call, by=by, changes={"serial": (None, waiting[0].serial)})
    return call


@transaction.atomic
def choose(
    campaign: Campaign, *, object_label: str, product: CampaignProduct | None, serial: int, by: User
) -> Call:
    """The called buyer chooses something that nobody has chosen; `serial` is the one that the page showed."""
    call = _called(campaign, serial)
    if not Earnest.objects.holding().filter(pk=call.earnest_id).exists():
        raise BusinessError(_("This earnest money was refunded: the number is void."), code="void")
    if product is not None and product.campaign_id != campaign.pk:
        raise BusinessError(_("This product belongs to another campaign."), code="product", field="product")
    call.product, call.object_label = product, object_label
    try:
        with transaction.atomic():
            _decide(call, CallOutcome.CHOSEN, by, "product", "object_label")
    except IntegrityError as error:
        if "call_object_chosen_once" not in str(error):
            raise
        words = _("“%(what)s” is chosen already.") % {"what": object_label}
        raise ConflictError(words, code="chosen", field="object_label") from error
    return call


@transaction.atomic
def pass_over(campaign: Campaign, *, serial: int, by: User) -> Call:
    """The called buyer did not come: the number is called again after all others."""
    call = _called(campaign, serial)
    _decide(call, CallOutcome.PASSED, by)
    return call


@transaction.atomic
def close_choosing(campaign: Campaign, *, by: User) -> Choosing:
    """End the session; whoever has not chosen waits for the next one."""
    session = _open_session(campaign)
    if session.calls.filter(outcome=CallOutcome.CALLED).exists():
        raise ConflictError(_("A number is called already: it chooses or passes first."), code="called")
    session.closed_at = timezone.now()
    session.version += 1
    session.save(update_fields=["closed_at", "version"])
    record("campaigns.choosing.closed", session, by=by)
    return session


def _open_session(campaign: Campaign) -> Choosing:
    session = locked(Choosing.objects.filter(campaign=campaign, closed_at__isnull=True)).first()
    if session is None:
        raise ConflictError(_("No session is open."), code="closed")
    return session


def _called(campaign: Campaign, serial: int) -> Call:
    session = _open_session(campaign)
    called = session.calls.filter(outcome=CallOutcome.CALLED).select_related("earnest").first()
    if called is None or called.earnest.serial != serial:
        raise ConflictError(_("Another number is called by now. Look at the screen again."), code="stale")
    return called


def _decide(call: Call, outcome: CallOutcome, by: User, *fields: str) -> None:
    before = CallOutcome(call.outcome)
    ensure_transition(before, outcome, CALL_TRANSITIONS)
    call.outcome, call.decided_at = outcome, timezone.now()
    call.save(update_fields=["outcome", "decided_at", *fields])
    changes = {"outcome": (before, outcome), "what": (None, call.object_label or None)}
    record("campaigns.choosing.decided", call, by=by, changes=changes)
