"""Earnest money, noted and received."""

from decimal import Decimal
from typing import Any

from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign
from campaigns.earnest.models import Earnest
from campaigns.earnest.services import EarnestTerms, confirm_receipt, note_earnest
from kam.users.models import User
from tests.factories.accounts import make_person


def make_earnest(
    campaign: Campaign, by: User, name: str, unit: KeyAccount | None = None, **values: Any
) -> Earnest:
    """Note 5,000 yuan of a person of `unit`, or of an ordinary buyer."""
    person = make_person(unit, name) if unit else None
    terms = EarnestTerms(campaign, Decimal(5_000), person=person, name=name, **values)
    return note_earnest(terms, unit=unit, by=by)


def receive(earnest: Earnest, by: User, receipt_no: str = "") -> Earnest:
    """Let finance confirm it."""
    number = receipt_no or f"R-{earnest.pk}"
    return confirm_receipt(earnest, receipt_no=number, by=by, version=earnest.version)
