"""Reads of gifts: what waits at a unit, and what the deciders are shown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Sum

from accounts.units.models import KeyAccount
from campaigns.gifts.models import GiftRequest
from campaigns.gifts.terms import STATE_TONES, GiftState
from campaigns.integrity import services as integrity
from campaigns.integrity.models import Benefit
from campaigns.integrity.selectors import received_by
from campaigns.integrity.services import Value
from kam.core.clock import business_date
from kam.core.days import say_day


@dataclass(frozen=True, slots=True)
class ShownGift:
    """A request with the colour of its state."""

    gift: GiftRequest
    tone: str


def gifts_of(unit: KeyAccount) -> list[ShownGift]:
    """Return the requests for persons of a unit, the newest first; one statement."""
    rows = GiftRequest.objects.filter(unit=unit).select_related("person", "item", "asked_by")
    return [ShownGift(row, STATE_TONES[GiftState(row.state)]) for row in rows[:50]]


def to_hand_over(unit: KeyAccount) -> list[GiftRequest]:
    """Return what was taken from stock for a unit and not handed over yet."""
    rows = GiftRequest.objects.filter(unit=unit, state=GiftState.ISSUED)
    return list(rows.select_related("person", "item", "unit"))


def history_card(values: Iterable[Value], own: Iterable[Benefit]) -> list[list[str]]:
    """Return what the persons have received this year, without the entries of this request: day, what and for whom, worth."""
    mine = {row.pk for row in own}
    found = []
    for person in {value.person.pk: value.person for value in values}.values():
        for row in received_by(person, business_date()).rows:
            if row.pk not in mine:
                words = f"{person.name}: {row.text} · {row.get_kind_display()}"
                found.append([say_day(row.day), words, f"{row.worth:,.2f}"])  # type: ignore[attr-defined]  # by valued()
    return found


def flags_card(values: list[Value], own: Iterable[Benefit]) -> list[str]:
    """Return what policy and limits object to, in sentences; the entries of this request left out of what counts."""
    mine = [row.pk for row in own]
    giver = next((row.giver for row in own), None)
    told = integrity.check(values, giver=giver, without=mine)
    return [integrity.said(value, finding) for value, verdict in told for finding in verdict.findings]


def cost_by_unit(unit_ids: Collection[int], first: date, last: date) -> dict[int, Decimal]:
    """Return unit → price of what was handed over in these days; one statement."""
    rows = GiftRequest.objects.filter(unit__in=list(unit_ids), handed_on__range=(first, last)).order_by()
    return dict(rows.values_list("unit").annotate(cost=Sum(F("quantity") * F("price_amount"))))
