"""Reads of earnest money: the calling order, the screen of a choosing session, sums for the campaign's page."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign
from campaigns.earnest.labels import KIND_LABELS
from campaigns.earnest.models import Call, Choosing, Earnest
from campaigns.earnest.rules import Waiting, calling_order
from campaigns.earnest.terms import CALL_TONES, BuyerKind, CallOutcome, EarnestState
from kam.core.money import ZERO
from kam.users.models import User


def waiting_in(campaign: Campaign, choosing: Choosing | None) -> list[Waiting]:
    """Return who holds a serial and has not chosen, in calling order. One statement."""
    rows = Earnest.objects.holding().filter(campaign=campaign)
    rows = rows.exclude(calls__outcome__in=[CallOutcome.CHOSEN, CallOutcome.CALLED])
    in_vain = Count("calls", filter=Q(calls__outcome=CallOutcome.PASSED, calls__choosing=choosing))
    told = rows.annotate(passed=in_vain).values_list("pk", "kind", "serial", "passed")
    return calling_order(
        Waiting(pk, BuyerKind(kind), serial or 0, passed) for pk, kind, serial, passed in told
    )


@dataclass(frozen=True, slots=True)
class ShownBuyer:
    """One line of the screen; `earnest` is None for a buyer whose name the reader may not see."""

    serial: int
    kind: str
    earnest: Earnest | None
    call: Call | None = None
    tone: str = ""
    passed: int = 0


@dataclass(frozen=True, slots=True)
class ShownChoosing:
    """What the screen of a session shows: who is called, who comes next, who has chosen what."""

    choosing: Choosing | None
    called: ShownBuyer | None
    queue: list[ShownBuyer]
    chosen: list[ShownBuyer]


def shown_choosing(campaign: Campaign, user: User) -> ShownChoosing:
    """Return the screen. Serials are everybody's; a name is shown only to those who see the buyer's row."""
    choosing = Choosing.objects.filter(campaign=campaign, closed_at__isnull=True).first()
    seen = Earnest.objects.visible_to(user).filter(campaign=campaign, serial__isnull=False)
    names = {row.pk: row for row in seen.select_related("unit")}
    waiting = waiting_in(campaign, choosing)
    queue = [
        ShownBuyer(one.serial, str(KIND_LABELS[one.kind]), names.get(one.earnest), passed=one.passed)
        for one in waiting
    ]
    calls = Call.objects.filter(campaign=campaign, outcome__in=[CallOutcome.CALLED, CallOutcome.CHOSEN])
    shown = [_of_call(call, names) for call in calls.select_related("earnest", "product")]
    called = [one for one in shown if one.call and one.call.outcome == CallOutcome.CALLED]
    chosen = [one for one in shown if one.call and one.call.outcome == CallOutcome.CHOSEN]
    return ShownChoosing(choosing, called[0] if called else None, queue, chosen)


def _of_call(call: Call, names: dict[int, Earnest]) -> ShownBuyer:
    tone = CALL_TONES[CallOutcome(call.outcome)]
    buyer = call.earnest
    assert buyer.serial is not None  # noqa: S101 -- only numbers are called
    return ShownBuyer(buyer.serial, buyer.get_kind_display(), names.get(buyer.pk), call, tone)


@dataclass(frozen=True, slots=True)
class Held:
    """Earnest money of a campaign as far as the reader sees the buyers."""

    buyers: int
    amount: Decimal
    noted: int


def held_in(campaign: Campaign, user: User) -> Held:
    """Return buyers and sum of what is held, and how many have not paid yet. One statement."""
    rows = Earnest.objects.visible_to(user).filter(campaign=campaign)
    holding = Q(state__in=[EarnestState.RECEIVED, EarnestState.REFUND_ASKED])
    told = rows.aggregate(
        buyers=Count("pk", filter=holding),
        amount=Sum("amount", filter=holding),
        noted=Count("pk", filter=Q(state=EarnestState.NOTED)),
    )
    return Held(told["buyers"], told["amount"] or ZERO, told["noted"])


def earnest_of(unit: KeyAccount) -> list[Earnest]:
    """Return the earnest money of a unit's people, newest first."""
    return list(Earnest.objects.filter(unit=unit).select_related("campaign", "person"))


def choice_of(earnest: Earnest) -> Call | None:
    """Return what the buyer has chosen."""
    return earnest.calls.filter(outcome=CallOutcome.CHOSEN).select_related("product").first()
