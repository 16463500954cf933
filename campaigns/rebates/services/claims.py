"""A rebate is asked for, decided, taken back. The unit is locked first, so that a deal earns once, whoever asks at the same moment."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.budgets import services as budgets
from campaigns.budgets.selectors import open_of
from campaigns.deals.models import Deal
from campaigns.deals.terms import DealState
from campaigns.integrity import services as integrity
from campaigns.integrity.services import Excuse, Value
from campaigns.integrity.terms import BenefitKind
from campaigns.rebates.models import Rebate, Recovery, day_due
from campaigns.rebates.selectors import Answer, answer_for, left_to_set_off
from campaigns.rebates.services.holds import hold_for, keep_hold, take_hold
from campaigns.rebates.terms import REBATE_TRANSITIONS, Condition, RebateKind, RebateMode, RebateState
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.sentences import sentence
from kam.core.transitions import ensure_transition
from kam.notes.terms import SourceKey
from kam.users.models import User

SUBJECT = "rebate_redemption"
_TEXT = gettext_noop("Rebate %(number)s")
_RETURNED = gettext_noop("Returned")
_CLOSED = gettext_noop("Rejected or withdrawn")
_CANCELLED = gettext_noop("The deal was cancelled.")
BENEFITS = {RebateMode.CASH: BenefitKind.CASH, RebateMode.SET_OFF: BenefitKind.SET_OFF}


@dataclass(frozen=True, slots=True)
class Wish:
    """How the key person wants it, and what compliance is told."""

    mode: RebateMode = RebateMode.CASH
    own_deal: Deal | None = None
    excuse: Excuse = field(default_factory=Excuse)


@transaction.atomic
def claim(deal: Deal, wish: Wish, *, by: User) -> Rebate:
    """Ask for the rebate of a closed deal, or for what a higher tier adds. Entered in the register before anybody decides."""
    list(locked(KeyAccount.objects.filter(pk=deal.unit_id), no_key=True).values_list("pk"))
    row = Deal.objects.select_related("unit", "campaign", "customer").get(pk=deal.pk)
    answer = answer_for(row)
    _require(answer)
    returned = Rebate.objects.filter(deal=row, state=RebateState.RETURNED).first()
    _check_set_off(wish, _person(answer), answer.verdict.open_amount, without=returned)
    rebate = _written(returned or Rebate(deal=row, unit=row.unit, campaign=row.campaign), answer, wish, by)
    _enter(rebate, wish.excuse, by)
    record("campaigns.rebate.asked", rebate, by=by, changes={"amount": (None, rebate.amount)})
    approvals.submit(SUBJECT, rebate, by=by)
    return rebate


def _require(answer: Answer) -> None:
    """Refuse with the sentence of every condition that does not hold."""
    failing = [row.text for row in answer.sentences if not row.is_met]
    if answer.verdict.failing == [Condition.NOT_CLAIMED]:
        raise ConflictError(" ".join(failing), code="claimed")
    if failing:
        raise BusinessError(" ".join(failing), code=answer.verdict.failing[0])


def _written(row: Rebate, answer: Answer, wish: Wish, by: User) -> Rebate:
    """Write a new row, or the one that was returned anew."""
    assert answer.version is not None  # noqa: S101 -- an eligible deal has a version, a tier and a person
    assert answer.tier is not None  # noqa: S101 -- see above
    base = Rebate.objects.standing().filter(deal=answer.deal, kind=RebateKind.BASE).exclude(pk=row.pk or 0)
    row.kind = RebateKind.SUPPLEMENT if base.exists() else RebateKind.BASE
    row.person = _person(answer)
    row.version_used, row.goods = answer.version, answer.tier.goods[:200]
    row.sets, row.per_set_amount = answer.deal.quantity, answer.tier.amount
    row.amount, row.due_on = answer.verdict.open_amount, day_due(answer.deal)
    row.mode, row.own_deal = wish.mode, wish.own_deal
    row.state, row.asked_by, row.reason = RebateState.ASKED, by, wish.excuse.reason.strip()
    row.version += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "rebate_once_a_deal" not in str(error) and "rebate_supplement_once" not in str(error):
            raise
        raise ConflictError(_("Somebody asked for this rebate already."), code="claimed") from error
    return row


def _person(answer: Answer) -> Person:
    assert answer.person is not None  # noqa: S101 -- an eligible deal has one
    return answer.person


def _check_set_off(wish: Wish, person: Person, amount: Decimal, *, without: Rebate | None) -> None:
    """A set-off needs the key person's own purchase, and never comes to more than is owed on it."""
    if wish.mode is not RebateMode.SET_OFF:
        return
    own = wish.own_deal
    if own is None or own.customer_id != person.pk:
        words = _("%(name)s has no own purchase to set it off against. It can be paid in cash.")
        raise BusinessError(words % {"name": person.name}, code="no_purchase", field="own_deal")
    row = locked(Deal.objects.filter(pk=own.pk)).get()
    left = left_to_set_off(row, without=without.pk if without else 0)
    if row.state != DealState.SIGNED or amount > left:
        words = _("%(left)s yuan are still owed on %(deal)s; more cannot be set off.")
        told = {"left": f"{max(left, Decimal(0)):,.2f}", "deal": row.number}
        raise BusinessError(words % told, code="too_much", field="own_deal")


def _enter(rebate: Rebate, excuse: Excuse, by: User) -> None:
    """Enter it in the integrity register and hold its money, where a budget line pays."""
    source = SourceKey.of("rebate", rebate.pk, rebate.number)
    kind = BENEFITS[RebateMode(rebate.mode)]
    text = sentence(_TEXT, number=rebate.number)
    value = Value(rebate.person, kind, rebate.amount, on=business_date(), text=text)
    (rebate.benefit,) = integrity.reserve([value], giver=by, source=source, excuse=excuse)
    line = rebate.version_used.budget_line
    if line is not None:
        rebate.reservation = take_hold(rebate, line, source=source, by=by)
    rebate.save(update_fields=["benefit", "reservation"])


def leave(rebate: Rebate, by: User | None, reason: str, *, keep: bool = False) -> None:
    """Take a rebate out of the register and give its money back to the line; with `keep` it stays held for the deal."""
    if rebate.benefit is not None:
        integrity.free(rebate.benefit, by=by, reason=reason)
    if keep:
        keep_hold(rebate)
    elif rebate.reservation is not None and open_of(rebate.reservation) > 0:
        budgets.release(rebate.reservation, by=by, text=reason)
    rebate.benefit = rebate.reservation = None


def accept(rebate: Rebate, by: User) -> None:
    """The last decider approved: finance owes it from its day on."""
    row = locked_rebate(rebate)
    move(row, RebateState.APPROVED)
    record("campaigns.rebate.approved", row, by=by, changes={"amount": (None, row.amount)})


def give_back(rebate: Rebate, by: User) -> None:
    """Returned: whoever asked changes the request and hands it in again."""
    row = locked_rebate(rebate)
    leave(row, by, sentence(_RETURNED), keep=True)
    move(row, RebateState.RETURNED, "benefit", "reservation")


def refuse(rebate: Rebate, by: User) -> None:
    """Rejected: the line gets its money back."""
    row = locked_rebate(rebate)
    if row.state != RebateState.VOID:
        _void(row, by, sentence(_CLOSED))


def withdraw(rebate: Rebate, by: User) -> None:
    """Withdrawn: the deal earns it still, so its money stays held."""
    row = locked_rebate(rebate)
    if row.state != RebateState.VOID:
        _void(row, by, sentence(_CLOSED), keep=True)


@transaction.atomic
def void_rebate(rebate: Rebate, *, reason: str, by: User, version: int) -> Rebate:
    """The director takes back what was approved and is not paid yet."""
    row = locked_rebate(rebate, version)
    _void(row, by, reason)
    return row


def on_deal_cancelled(deal: Deal, by: User | None) -> None:
    """What is not paid yet is void; for what is paid a recovery is opened."""
    for row in locked(Rebate.objects.standing().filter(deal=deal)):
        if row.state == RebateState.PAID:
            opened, made = Recovery.objects.get_or_create(rebate=row, defaults={"amount": row.amount})
            if made:
                record(
                    "campaigns.rebate.recovery_opened", opened, by=by, changes={"amount": (None, row.amount)}
                )
            continue
        _void(row, by, sentence(_CANCELLED))
        if by is not None:
            approvals.withdraw_for(SUBJECT, row, by=by, reason=_(_CANCELLED))
    hold_for(deal, by)


def _void(row: Rebate, by: User | None, reason: str, *, keep: bool = False) -> None:
    ensure_transition(RebateState(row.state), RebateState.VOID, REBATE_TRANSITIONS)
    leave(row, by, reason, keep=keep)
    row.void_reason = reason[:300]
    move(row, RebateState.VOID, "void_reason", "benefit", "reservation")
    record("campaigns.rebate.voided", row, by=by, reason=reason)


def locked_rebate(rebate: Rebate, version: int | None = None) -> Rebate:
    """Return the row locked; ConflictError where `version` is not the present one."""
    rows = Rebate.objects.select_related(
        "deal", "person__unit", "own_deal", "version_used", "benefit", "reservation"
    )
    row = locked(rows.filter(pk=rebate.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this meanwhile. Look at it again."), code="stale")
    return row


def move(row: Rebate, target: RebateState, *fields: str) -> None:
    ensure_transition(RebateState(row.state), target, REBATE_TRANSITIONS)
    row.state = target
    row.version += 1
    row.save(update_fields=["state", "version", *fields])
