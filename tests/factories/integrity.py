"""Entries of the integrity register."""

from datetime import date
from decimal import Decimal
from typing import Any

from accounts.persons.models import Person
from accounts.persons.terms import Official
from accounts.units.models import KeyAccount
from campaigns.integrity import services
from campaigns.integrity.models import Benefit
from campaigns.integrity.services import Excuse, Value
from campaigns.integrity.terms import BenefitKind
from kam.notes.terms import SourceKey
from kam.users.models import User
from tests.factories.accounts import make_person

PAPER = SourceKey("paper", "", "LP-1")
DAY = date(2026, 11, 20)
WHY = Excuse("年度答谢，已报备", "协议 7 号", "告知函 3 号")


def make_receiver(unit: KeyAccount, official: Official = Official.NO, name: str = "赵敏") -> Person:
    return make_person(unit, name, official=official)


def value_of(person: Person, amount: Any = 150, kind: BenefitKind = BenefitKind.GIFT, **fields: Any) -> Value:
    told: dict[str, Any] = {"on": DAY, "text": "钢笔"} | fields
    return Value(person, kind, Decimal(amount), **told)


def make_benefit(person: Person, giver: User | None, amount: Any = 150, **fields: Any) -> Benefit:
    """Return a reserved entry."""
    excuse = fields.pop("excuse", services.NO_EXCUSE)
    (row,) = services.reserve([value_of(person, amount, **fields)], giver=giver, source=PAPER, excuse=excuse)
    return row
