"""The money of a rebate is held from the closing of its deal on, where the campaign's line pays (12-decisions, 20).

Where the line has too little, the customer's payment is recorded all the same: nothing is held, and asking is refused until a supplement came.
"""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_noop

from campaigns.budgets import services as budgets
from campaigns.budgets.models import BudgetLine, Movement
from campaigns.budgets.selectors import open_of
from campaigns.deals.models import Deal
from campaigns.rebates.models import Rebate, RebateHold, RebateVersion
from campaigns.rebates.selectors import answers_for
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, BusyError
from kam.core.money import ZERO
from kam.core.sentences import sentence
from kam.notes.terms import SourceKey
from kam.users.models import User

_HELD = gettext_noop("Rebate of %(deal)s")
_LESS = gettext_noop("The deal earns another amount, or nothing any more.")


def hold_for(deal: Deal, by: User | None) -> None:
    """A deal was closed or cancelled: hold for each closed deal of the unit in the campaign what can be asked for now.

    A closing may reach a higher tier, a cancellation may lose it, so all of them are looked at. The unit is locked by the caller.
    """
    held = _open_holds(deal)
    lines = RebateVersion.objects.filter(campaign=deal.campaign_id, budget_line__isnull=False)
    if not held and not lines.exists():
        return
    wanted = _wanted(deal)
    for pk in sorted(held.keys() | wanted.keys()):
        line, amount = wanted.get(pk, (None, ZERO))
        _hold(pk, held.get(pk), line, amount, by)


def look_again(unit_id: int, by: User | None) -> None:
    """The designated key person of a unit changed: hold in each of its campaigns what can be asked for now. The unit is locked by the caller."""
    rows = Deal.objects.closed().filter(unit=unit_id, is_trial=False)
    for deal in rows.order_by("campaign_id", "pk").distinct("campaign_id"):
        hold_for(deal, by)


def take_hold(rebate: Rebate, line: BudgetLine, *, source: SourceKey, by: User) -> Movement:
    """Return the reservation of a rebate that is asked for: what is held since the closing, or a new one of its amount."""
    hold = RebateHold.objects.open().filter(deal=rebate.deal_id).select_related("reservation").first()
    if hold is not None:
        kept = hold.reservation
        _end(hold)
        if kept.line_id == line.pk and open_of(kept) == rebate.amount:
            return kept
        _release(kept, by)
    booked = budgets.reserve(line, rebate.amount, source=source, by=by, text=rebate.number)
    return Movement.objects.get(pk=booked.entry_id)


def keep_hold(rebate: Rebate) -> None:
    """The request is gone, the deal earns it still: its money stays held."""
    if rebate.reservation is not None:
        held = {"deal": rebate.deal, "amount": rebate.amount, "ended_on": None}
        RebateHold.objects.update_or_create(reservation=rebate.reservation, defaults=held)


def _open_holds(deal: Deal) -> dict[int, RebateHold]:
    rows = RebateHold.objects.open().filter(deal__unit=deal.unit_id, deal__campaign=deal.campaign_id)
    return {row.deal_id: row for row in rows.select_related("reservation")}


def _wanted(deal: Deal) -> dict[int, tuple[BudgetLine, Decimal]]:
    """Return deal → (line, amount) for what can be asked for."""
    rows = Deal.objects.closed().filter(unit=deal.unit_id, campaign=deal.campaign_id, is_trial=False)
    found = {}
    for answer in answers_for(rows.select_related("unit", "campaign", "customer")):
        line = answer.version.budget_line if answer.version else None
        if line is not None and answer.verdict.is_eligible and answer.verdict.open_amount > 0:
            found[answer.deal.pk] = (line, answer.verdict.open_amount)
    return found


def _hold(
    deal_id: int, held: RebateHold | None, line: BudgetLine | None, amount: Decimal, by: User | None
) -> None:
    """Hold exactly `amount`; where the line has too little, what is held already stays."""
    if (
        held is not None
        and line is not None
        and held.reservation.line_id == line.pk
        and held.amount == amount
    ):
        return
    try:
        with transaction.atomic():
            if held is not None:
                _end(held)
                _release(held.reservation, by)
            if line is not None:
                _reserve(deal_id, line, amount, by)
    except BusyError:
        raise
    except BusinessError as error:
        record("campaigns.rebate.not_held", Deal.objects.get(pk=deal_id), by=by, reason=str(error.code))


def _reserve(deal_id: int, line: BudgetLine, amount: Decimal, by: User | None) -> None:
    deal = Deal.objects.get(pk=deal_id)
    source = SourceKey.of("deal_rebate", deal.pk, deal.number)
    booked = budgets.reserve(line, amount, source=source, by=by, text=sentence(_HELD, deal=deal.number))
    RebateHold.objects.create(deal=deal, reservation_id=booked.entry_id, amount=amount)
    record("campaigns.rebate.held", deal, by=by, changes={"amount": (None, amount)})


def _end(hold: RebateHold) -> None:
    hold.ended_on = business_date()
    hold.save(update_fields=["ended_on"])


def _release(reservation: Movement, by: User | None) -> None:
    if open_of(reservation) > 0:  # finance may have released it by hand
        budgets.release(reservation, by=by, text=sentence(_LESS))
