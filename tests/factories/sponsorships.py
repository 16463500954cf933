"""Sponsorships as far as they have come."""

from decimal import Decimal
from typing import Any

from accounts.persons.models import Person
from campaigns.budgets.models import BudgetLine
from campaigns.integrity.terms import BenefitKind
from campaigns.sponsorships import services
from campaigns.sponsorships.models import Sponsorship
from campaigns.sponsorships.terms import SponsorshipKind
from kam.core.clock import business_date
from kam.users.models import User
from tests.factories.gifts import decide_all


def asked_for(line: BudgetLine, people: list[Person] | None = None, **fields: Any) -> services.Asked:
    """A run of 400 yuan; of `people` each receives a cap of 40."""
    told: dict[str, Any] = {"on": business_date(), "until": business_date(), "estimate": Decimal(400)}
    told |= {"purpose": "让职工认识产品", "more": {"organiser": "市总工会", "goods": "玉米汁 200 瓶"}}
    if people:
        told |= {"people": people, "unit": people[0].unit, "each": Decimal(40)}
        told |= {"benefit_kind": BenefitKind.PROMOTIONAL}
    told |= {"kind": SponsorshipKind.SPORTS, "title": "环湖跑"}
    return services.Asked(line=line, **(told | fields))


def make_sponsorship(
    line: BudgetLine, by: User, people: list[Person] | None = None, **fields: Any
) -> Sponsorship:
    """Return a request that was handed in."""
    return services.ask_sponsorship(asked_for(line, people, **fields), by=by)


def make_approved_sponsorship(
    line: BudgetLine, by: User, people: list[Person] | None = None, **fields: Any
) -> Sponsorship:
    row: Sponsorship = decide_all(services.SUBJECT, make_sponsorship(line, by, people, **fields))
    return row


def report_of(people: list[Person] | None = None, amount: Any = 380, **fields: Any) -> services.Report:
    told: dict[str, Any] = {"document": "FP-9", "result": "登记意向 12 人", "visitors": 320}
    return services.Report({person.pk for person in people or []}, Decimal(amount), **(told | fields))
