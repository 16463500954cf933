"""Reads of gifts: what waits at a unit, and what the deciders are shown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.db.models import F, Sum
from django.utils.formats import date_format

from accounts.units.models import KeyAccount
from accounts.units.permissions import can_read_personal
from campaigns.gifts.models import GiftRequest
from campaigns.gifts.terms import STATE_TONES, GiftState, Occasion
from campaigns.integrity import services as integrity
from campaigns.integrity.models import Benefit
from campaigns.integrity.selectors import received_by
from campaigns.integrity.services import Value
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class ShownGift:
    """A request with the colour of its state."""

    gift: GiftRequest
    tone: str
    day: str


class Dated(Protocol):
    """A gift that is asked for or planned, for a person of a unit."""

    @property
    def occasion(self) -> str: ...
    @property
    def on(self) -> date: ...
    @property
    def unit(self) -> KeyAccount: ...


def day_for(gift: Dated, reader: User | None) -> str:
    """Return the day of a gift; of a birthday the month only, where one may not read it (nobody in particular may not)."""
    return say_day(gift.on) if knows_day(gift, reader) else date_format(gift.on, "YEAR_MONTH_FORMAT")


def knows_day(gift: Dated, reader: User | None) -> bool:
    """Say whether the day of a gift tells a reader no birthday that is masked elsewhere."""
    return gift.occasion != Occasion.BIRTHDAY or (reader is not None and can_read_personal(reader, gift.unit))


def gifts_of(unit: KeyAccount, reader: User) -> list[ShownGift]:
    """Return the requests for persons of a unit, the newest first; one statement."""
    rows = GiftRequest.objects.filter(unit=unit).select_related("person", "item", "asked_by", "unit")
    return [ShownGift(row, STATE_TONES[GiftState(row.state)], day_for(row, reader)) for row in rows[:50]]


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
