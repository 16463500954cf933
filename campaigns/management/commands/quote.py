"""`manage.py quote --campaign housing-2008 --channel chamber --unit-price 3400 --area 130 --sets 9 [--json]`: the price of one set.

`--sets` is what the whole unit has signed, this one included. Without `--on` the offer is judged on today while it runs, else on its first day.
"""

import json
import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from django.core.management.base import BaseCommand, CommandParser

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.terms import OfferChannel
from campaigns.discounts.prices import price_as_json
from campaigns.discounts.rules.offers import Ask, day_to_judge, price_of
from campaigns.discounts.selectors import book_on, window_of
from campaigns.discounts.terms import PaymentMode
from kam.core.clock import business_date

LARGEST = Decimal(10**9)
MOST_SETS = 100_000


class Command(BaseCommand):
    help = "Price one set of a unit, with every step and the version of each rule."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--campaign", required=True, help="code, e.g. housing-2008")
        parser.add_argument("--channel", required=True, help=_listed(OfferChannel))
        parser.add_argument("--unit-price", required=True, help="list price of one measure")
        parser.add_argument("--area", required=True, help="measures in one set")
        parser.add_argument("--sets", required=True, help="signed by the unit, this one included")
        parser.add_argument("--payment", default=PaymentMode.LUMP_SUM.value, help=_listed(PaymentMode))
        parser.add_argument("--certificate", action="store_true", help="a valid certificate is verified")
        parser.add_argument("--on", help="day of the earnest money, else of signing")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            campaign, ask = _asked(options)
        except ValueError as error:
            self._fail(str(error), as_json=options["json"])
        priced = price_of(ask, book_on(campaign, ask.day), window_of(campaign))
        told = price_as_json(priced, sets=ask.count)
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for step in told["steps"]:
            self.stdout.write(f"{step['before']} → {step['after']}  {step['rule'] or '–'}: {step['reason']}")
        self.stdout.write(f"{told['final']} a set, {told['saving']} saved; {told['sets_total']} in all")

    def _fail(self, reason: str, *, as_json: bool) -> NoReturn:
        if as_json:
            self.stdout.write(json.dumps({"error": reason}, ensure_ascii=False))
        self.stderr.write(reason)
        sys.exit(1)


def _asked(options: Mapping[str, Any]) -> tuple[Campaign, Ask]:
    """Return what is asked for; ValueError says what is wrong and what to do."""
    campaign = Campaign.objects.filter(code=options["campaign"]).first()
    if campaign is None:
        raise ValueError(
            f"there is no campaign {options['campaign']}; `manage.py load_campaigns` writes the two of the source"
        )
    ask = Ask(
        list_amount=_amount("--unit-price", options["unit_price"]) * _amount("--area", options["area"]),
        channel=_one_of(OfferChannel, "--channel", options["channel"]),
        count=_count("--sets", options["sets"]),
        day=_day(options["on"]) if options["on"] else day_to_judge(window_of(campaign), business_date()),
        payment=_one_of(PaymentMode, "--payment", options["payment"]),
        has_certificate=options["certificate"],
    )
    return campaign, ask


def _listed(words: type[StrEnum]) -> str:
    return ", ".join(word.value for word in words)


W = TypeVar("W", bound=StrEnum)


def _one_of(words: type[W], name: str, text: str) -> W:
    try:
        return words(text)
    except ValueError:
        raise ValueError(f"{name} {text}: one of {_listed(words)}") from None


def _amount(name: str, text: str) -> Decimal:
    try:
        value = Decimal(str(text))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 < value <= LARGEST:
        raise ValueError(f"{name} {text}: an amount above 0")
    return value


def _count(name: str, text: str) -> int:
    if not str(text).isdecimal() or not 1 <= int(text) <= MOST_SETS:
        raise ValueError(f"{name} {text}: a number of sets from 1")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ValueError(f"--on {text}: a day such as 2008-06-01") from None
