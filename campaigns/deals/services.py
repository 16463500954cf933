"""The acts on deals. Each locks the unit (or its family) first: the count of a unit changes one deal at a time."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from accounts.units.services import mark_dirty
from campaigns.campaigns.models import Campaign, CampaignProduct
from campaigns.campaigns.terms import CampaignState, OfferChannel
from campaigns.deals.models import Adjustment, Crossing, Deal, Payment
from campaigns.deals.registry import tell_cancelled, tell_closed
from campaigns.deals.rules import at_stake, credits_due, is_counted
from campaigns.deals.selectors import counted_sets, offer_day, price_deal, standings, units_together
from campaigns.deals.terms import DEAL_TRANSITIONS, AdjustmentKind, CrossingKind, DealState, LossDecision
from campaigns.discounts.prices import price_to_keep
from campaigns.discounts.rules.book import is_inside, offer_channel
from campaigns.discounts.rules.pricing import Priced, StepKey
from campaigns.discounts.selectors import book_on, has_certificate_on, window_of
from campaigns.discounts.terms import PaymentMode
from campaigns.prospects.services import set_bought
from kam.audit.services import record, record_many
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.transitions import ensure_transition
from kam.outbox.services import notify
from kam.users.models import User
from kam.users.terms import Position


@dataclass(frozen=True, slots=True)
class DealTerms:
    """What is agreed with the customer; `list_amount` is the exact list price of one set."""

    campaign: Campaign
    customer: Person
    list_amount: Decimal
    quantity: int = 1
    product: CampaignProduct | None = None
    payment_mode: PaymentMode = PaymentMode.LUMP_SUM
    object_label: str = ""
    offer_on: date | None = None
    is_trial: bool = False
    proof: str = ""
    special_amount: Decimal | None = None
    is_overridden: bool = False


@transaction.atomic
def open_deal(unit: KeyAccount, terms: DealTerms, *, by: User | None) -> Deal:
    """Write down what was agreed; nothing counts and nothing is priced before it is signed."""
    check_terms(unit, terms)
    deal = Deal.objects.create(
        unit=unit,
        campaign=terms.campaign,
        customer=terms.customer,
        list_amount=terms.list_amount,
        quantity=terms.quantity,
        product=terms.product,
        payment_mode=terms.payment_mode,
        object_label=terms.object_label,
        offer_on=terms.offer_on,
        is_trial=terms.is_trial,
        proof=terms.proof,
        special_amount=terms.special_amount,
        is_overridden=terms.is_overridden,
        recorded_by=by,
    )
    changes = {"list_amount": (None, deal.list_amount), "quantity": (None, deal.quantity)}
    record("campaigns.deal.opened", deal, by=by, changes=changes)
    mark_dirty(unit.pk)
    return deal


def check_terms(unit: KeyAccount, terms: DealTerms) -> None:
    """Refuse terms that no deal can have; quotes ask the same."""
    if terms.campaign.state != CampaignState.RUNNING:
        raise BusinessError(_("This campaign does not run."), code="not_running", field="campaign")
    if terms.customer.unit_id != unit.pk:
        raise BusinessError(
            _("The customer must be a person of this unit."), code="stranger", field="customer"
        )
    if terms.product is not None and terms.product.campaign_id != terms.campaign.pk:
        raise BusinessError(_("This product belongs to another campaign."), code="product", field="product")
    if terms.offer_on is not None and terms.offer_on > business_date():
        raise BusinessError(_("This day is still to come."), code="future", field="offer_on")
    if terms.quantity < 1 or terms.list_amount <= 0:
        raise BusinessError(_("At least one set, at a price above 0."), code="empty", field="quantity")


@transaction.atomic
def sign_deal(deal: Deal, *, contract_no: str, signed_on: date, by: User | None, version: int) -> Deal:
    """Sign: price each set by the rule version of the offer day and the unit's count with this deal, and credit earlier deals
    where the count crosses a number (12-decisions, 12 – 15).

    The unit (or its family) is locked first, so that two ninth sets are the ninth and the tenth.
    """
    family = _lock_family(deal)
    row = _locked_at(deal, version)
    ensure_transition(DealState(row.state), DealState.SIGNED, DEAL_TRANSITIONS)
    _check_signing(row, signed_on)
    row.state, row.contract_no, row.signed_on = DealState.SIGNED, contract_no, signed_on
    before = counted_sets(family, row.campaign)
    _freeze_price(row, before)
    row.owner_id, row.team_id = row.unit.owner_id, row.unit.team_id
    _save_signed(row)
    changes = {"state": (DealState.AGREED, row.state), "price": (None, row.price_amount)}
    record("campaigns.deal.signed", row, by=by, changes=changes)
    if not row.is_trial:
        set_bought(row.campaign, row.customer, on=signed_on, by=by)
    if row.is_counted:
        _credit_others(row, family, before + row.quantity, by=by)
    mark_dirty(row.unit_id)
    return row


def _check_signing(row: Deal, signed_on: date) -> None:
    if row.campaign.state != CampaignState.RUNNING:
        raise BusinessError(_("This campaign does not run."), code="not_running")
    if signed_on > business_date():
        raise BusinessError(_("This day is still to come."), code="future", field="signed_on")
    if row.offer_on is not None and signed_on < row.offer_on:
        raise BusinessError(
            _("Nobody signs before the earnest money."), code="before_offer", field="signed_on"
        )


def _freeze_price(row: Deal, before: int) -> None:
    """Write the price, the version and every step; the deal keeps them for ever."""
    day, unit_channel = offer_day(row), OfferChannel(row.unit.channel)
    book = book_on(row.campaign, day)
    row.has_certificate = has_certificate_on(row.customer, day)
    inside = is_inside(window_of(row.campaign), day)
    row.is_counted = is_counted(
        DealState.SIGNED, is_trial=row.is_trial, is_inside=inside, is_overridden=row.is_overridden
    )
    count = before + (row.quantity if row.is_counted else 0)
    priced = price_deal(row, count=count, book=book)
    row.offer_channel = offer_channel(unit_channel, book, has_certificate=row.has_certificate)
    row.regular_amount, row.price_amount = priced.regular, priced.final
    row.group_state = priced.group.state
    row.group_version_id = _version_of(priced)
    row.priced = price_to_keep(priced, sets=row.quantity)


def _version_of(priced: Priced) -> int | None:
    rules = {step.key: step.rule for step in priced.steps}
    rule = rules[StepKey.GROUP]
    return rule.pk if rule else None


_FROZEN = (
    *("state", "contract_no", "signed_on", "offer_channel", "has_certificate", "is_counted", "priced"),
    *("regular_amount", "price_amount", "group_state", "group_version", "owner", "team", "version"),
)


def _save_signed(row: Deal) -> None:
    row.version += 1
    try:
        with transaction.atomic():
            row.save(update_fields=_FROZEN)
    except IntegrityError as error:
        if "deal_contract_number_once" not in str(error):
            raise
        raise BusinessError(
            _("This contract number is taken by another deal."), code="contract", field="contract_no"
        ) from error


def _credit_others(row: Deal, family: list[int], count: int, *, by: User | None) -> None:
    """Write a credit for each deal that costs more than it should by the count now; none is written twice for one crossing."""
    due = credits_due(standings(family, row.campaign, count=count))
    if not due:
        return
    crossing = Crossing.objects.create(
        unit=row.unit, campaign=row.campaign, kind=CrossingKind.REACHED, deal=row, count=count
    )
    adjust(crossing, due, AdjustmentKind.CREDIT, by=by)


def adjust(crossing: Crossing, amounts: dict[int, Decimal], kind: AdjustmentKind, *, by: User | None) -> None:
    """Write an adjustment for each deal; so many statements for five hundred deals as for one, because the whole unit waits for them."""
    deals = Deal.objects.select_related("unit").in_bulk(amounts)
    booked_on, due = business_date(), sorted(amounts.items())
    made = [
        Adjustment(deal=deals[pk], crossing=crossing, kind=kind, amount=amount, booked_on=booked_on)
        for pk, amount in due
    ]
    Adjustment.objects.bulk_create(made)
    changed = [(deals[pk], {kind.value: (None, amount)}) for pk, amount in due]
    record_many("campaigns.deal.adjusted", changed, by=by)


@transaction.atomic
def cancel_deal(deal: Deal, *, reason: str, by: User | None, version: int) -> Deal:
    """Cancel. Where the unit falls below a number nothing is taken back: the director gets a decision to make."""
    family = _lock_family(deal)
    row = _locked_at(deal, version)
    ensure_transition(DealState(row.state), DealState.CANCELLED, DEAL_TRANSITIONS)
    was, was_counted = row.state, row.is_counted
    row.state, row.is_counted = DealState.CANCELLED, False
    row.cancelled_on, row.cancel_reason = business_date(), reason
    row.version += 1
    row.save(update_fields=["state", "is_counted", "cancelled_on", "cancel_reason", "version"])
    record("campaigns.deal.cancelled", row, by=by, changes={"state": (was, row.state)}, reason=reason)
    if was_counted:
        count = counted_sets(family, row.campaign)
        stake = at_stake(standings(family, row.campaign, count=count))
        if stake:
            _ask_director(row, count, sum(stake.values(), Decimal(0)), by=by)
    tell_cancelled(row, by)
    _tell_prospect(row, by=by)
    mark_dirty(row.unit_id)
    return row


def _tell_prospect(row: Deal, *, by: User | None) -> None:
    """A registered customer has bought as long as one deal of theirs stands."""
    others = Deal.objects.signed().filter(campaign=row.campaign, customer=row.customer, is_trial=False)
    last = others.order_by("signed_on").first()
    set_bought(row.campaign, row.customer, on=last.signed_on if last else None, by=by)


def _ask_director(row: Deal, count: int, amount: Decimal, *, by: User | None) -> None:
    crossing = Crossing.objects.create(
        unit=row.unit,
        campaign=row.campaign,
        kind=CrossingKind.LOST,
        deal=row,
        count=count,
        stake_amount=amount,
        decision=LossDecision.OPEN,
    )
    record("campaigns.deal.number_lost", crossing, by=by, changes={"at_stake": (None, amount)})
    _tell_directors(crossing, row.unit.name, amount)


def _tell_directors(crossing: Crossing, unit: str, amount: Decimal) -> None:
    for person in User.objects.working().filter(position=Position.DIRECTOR):
        with override(person.language):
            words = _("%(unit)s fell below the number of sets: decide about %(amount)s yuan")
            text = str(words % {"unit": unit, "amount": f"{amount:,.2f}"})
        key = f"deal-number-lost-{crossing.pk}-{person.pk}"
        url = f"/deals/numbers/{crossing.pk}/"
        notify(key=key, to=person, kind="campaigns.deal.number_lost", text=text, url=url)


@transaction.atomic
def receive_payment(
    deal: Deal,
    *,
    amount: Decimal,
    received_on: date,
    reference: str,
    by: User | None,
    is_set_off: bool = False,
) -> Payment:
    """Record what finance received, or set off; the first one closes the deal. Never more than is owed, no receipt twice.

    The unit is locked first, like everywhere: what follows a closing counts the unit's closed sets.
    """
    list(locked(KeyAccount.objects.filter(pk=deal.unit_id), no_key=True).values_list("pk"))
    row = locked(Deal.objects.filter(pk=deal.pk).select_related("unit")).get()
    if row.state != DealState.SIGNED:
        raise BusinessError(_("Only a signed deal is paid."), code="not_signed")
    if received_on > business_date():
        raise BusinessError(_("This day is still to come."), code="future", field="received_on")
    if row.signed_on is not None and received_on < row.signed_on:
        raise BusinessError(
            _("A payment is received on the day of signing or later."), code="early", field="received_on"
        )
    owed = row.net_total() - row.paid_total()
    if not 0 < amount <= owed:
        raise BusinessError(
            _("%(owed)s yuan are owed; more is not taken here.") % {"owed": f"{owed:,.2f}"},
            code="too_much",
            field="amount",
        )
    told = {"amount": amount, "received_on": received_on, "reference": reference, "is_set_off": is_set_off}
    payment = _save_payment(row, told, by)
    record("campaigns.deal.paid", row, by=by, changes={"payment": (None, amount)}, reason=reference)
    _close(row, received_on, by)
    mark_dirty(row.unit_id)
    return payment


def _close(row: Deal, received_on: date, by: User | None) -> None:
    """The first payment closes the deal: rooms above are told once."""
    was_open = row.first_paid_on is None
    if row.first_paid_on is None or received_on < row.first_paid_on:
        row.first_paid_on = received_on
        row.save(update_fields=["first_paid_on"])
    if was_open:
        tell_closed(row, by)


def _save_payment(row: Deal, told: dict[str, Any], by: User | None) -> Payment:
    try:
        with transaction.atomic():
            return Payment.objects.create(deal=row, recorded_by=by, **told)
    except IntegrityError as error:
        raise BusinessError(
            _("This receipt number is recorded already."), code="receipt", field="reference"
        ) from error


def _lock_family(deal: Deal) -> list[int]:
    """Lock the unit, or all units that count together, ids ascending; return their ids."""
    family = units_together(deal.unit, deal.campaign)
    list(locked(KeyAccount.objects.filter(pk__in=family), no_key=True).values_list("pk"))
    return family


def _locked_at(deal: Deal, version: int) -> Deal:
    rows = Deal.objects.filter(pk=deal.pk).select_related("unit", "campaign", "customer")
    row = locked(rows).get()
    if row.version != version:
        raise ConflictError(_("Somebody changed this deal meanwhile. Look at it again."), code="stale")
    return row
