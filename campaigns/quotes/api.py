"""Quotes by API: to read, and `POST /api/v1/quotes/preview`, the price of a set before anybody is asked anything (spec 10)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.terms import OfferChannel
from campaigns.deals.selectors import counted_sets, units_together
from campaigns.discounts.prices import price_as_json
from campaigns.discounts.rules.offers import Ask, day_to_judge, price_of
from campaigns.discounts.selectors import book_on, window_of
from campaigns.discounts.terms import PaymentMode
from campaigns.quotes.models import Quote
from campaigns.quotes.permissions import can_see_quotes
from kam.api.http import api_post
from kam.api.problems import ProblemError
from kam.api.registry import Operation, Resource
from kam.core.clock import business_date
from kam.users.models import User

LARGEST, MOST_SETS = Decimal(10**9), 100_000
W = TypeVar("W", bound=StrEnum)


def _shape(row: Quote) -> dict[str, Any]:
    return {
        "id": row.pk,
        "number": row.number,
        "unit": row.unit_id,
        "campaign": row.campaign.code,
        "state": row.state,
        "quantity": row.quantity,
        "list": f"{row.list_amount:.2f}",
        "valid_until": row.valid_until.isoformat(),
    }


QUOTES = Resource(
    "quotes",
    gettext_lazy("Quotes"),
    lambda user: Quote.objects.visible_to(user).select_related("campaign"),
    _shape,
    {
        "id": "integer",
        "number": "string",
        "unit": "integer",
        "campaign": "string",
        "state": "string",
        "quantity": "integer",
        "list": "money",
        "valid_until": "date",
    },
    can_see_quotes,
)
PREVIEW = Operation(
    "quotes/preview",
    "quotes",
    gettext_lazy("Price of one set"),
    {
        "campaign": "string",
        "unit": "integer",
        "channel": "string",
        "unit_price": "money",
        "area": "money",
        "sets": "integer",
        "payment": "string",
        "certificate": "boolean",
        "on": "date",
    },
    needs=("campaign", "unit_price", "area", "sets"),
)


def _preview(user: User, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the price in the shape of `manage.py quote --json`.

    With `unit` its channel counts, and its signed sets come before the `sets` asked for; without, `sets` is the whole count.
    """
    if not can_see_quotes(user):
        raise PermissionDenied
    campaign = Campaign.objects.visible_to(user).filter(code=str(told.get("campaign", ""))).first()
    if campaign is None:
        raise ProblemError(422, "campaign", _("There is no such campaign."))
    unit = _unit(user, told.get("unit"))
    sets = _count(told.get("sets"))
    count = sets + (counted_sets(units_together(unit, campaign), campaign) if unit else 0)
    channel = unit.channel if unit else told.get("channel")
    ask = Ask(
        list_amount=_amount("unit_price", told) * _amount("area", told),
        channel=_one_of(OfferChannel, "channel", channel),
        count=count,
        day=_day(told["on"]) if told.get("on") else day_to_judge(window_of(campaign), business_date()),
        payment=_one_of(PaymentMode, "payment", told.get("payment", PaymentMode.LUMP_SUM.value)),
        has_certificate=told.get("certificate") is True,
    )
    return price_as_json(price_of(ask, book_on(campaign, ask.day), window_of(campaign)), sets=count)


def _unit(user: User, pk: object) -> KeyAccount | None:
    """Return the unit asked for, as far as this person sees it."""
    if pk is None:
        return None
    number = pk if isinstance(pk, int) and not isinstance(pk, bool) and 0 < pk < LARGEST else 0
    unit = KeyAccount.objects.visible_to(user).filter(pk=number).first()
    if unit is None:
        raise Http404
    return unit


def _one_of(words: type[W], name: str, value: object) -> W:
    try:
        return words(str(value))
    except ValueError:
        listed = ", ".join(word.value for word in words)
        raise ProblemError(
            422, name, _("`%(name)s` is one of %(listed)s.") % {"name": name, "listed": listed}
        ) from None


def _amount(name: str, told: Mapping[str, Any]) -> Decimal:
    """Return an amount that was sent as text; a JSON number would have been a float on its way."""
    try:
        value = Decimal(told.get(name, "")) if isinstance(told.get(name), str) else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 < value <= LARGEST:
        raise ProblemError(422, name, _("`%(name)s` is an amount above 0, as text.") % {"name": name})
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_SETS:
        raise ProblemError(422, "sets", _("`sets` is a number of sets from 1."))
    return value


def _day(text: object) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ProblemError(422, "on", _("`on` is a day such as 2026-06-01.")) from None


preview = api_post("quotes", _preview)
