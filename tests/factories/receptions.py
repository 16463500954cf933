"""Receptions as far as they have come."""

from decimal import Decimal
from typing import Any

from accounts.persons.models import Person
from campaigns.budgets.models import BudgetLine
from campaigns.receptions import services
from campaigns.receptions.models import Reception
from kam.core.clock import business_date
from kam.users.models import User
from tests.factories.gifts import decide_all


def asked_for(people: list[Person], line: BudgetLine, amount: Any = 400, **fields: Any) -> services.Asked:
    today = business_date()
    more = {"staff_count": 1, "other_count": 2, "other_guests": "同事两名", "itinerary": "9:30 接站"}
    told: dict[str, Any] = {"arrives_on": today, "leaves_on": today, "purpose": "参观样板房", "more": more}
    return services.Asked(people[0].unit, people, estimate=Decimal(amount), line=line, **(told | fields))


def make_reception(
    people: list[Person], line: BudgetLine, by: User, amount: Any = 400, **fields: Any
) -> Reception:
    """Return a request that was handed in."""
    return services.ask_reception(asked_for(people, line, amount, **fields), by=by)


def make_approved_reception(people: list[Person], line: BudgetLine, by: User) -> Reception:
    row: Reception = decide_all(services.SUBJECT, make_reception(people, line, by))
    return row


def report_of(people: list[Person], amount: Any = 380, **fields: Any) -> services.Report:
    told: dict[str, Any] = {"document": "FP-9", "course": "参观后座谈", "result": "同意召开说明会"}
    return services.Report({person.pk for person in people}, Decimal(amount), **(told | fields))
