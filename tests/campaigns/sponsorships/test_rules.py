"""What of a sponsorship goes to persons fits the whole."""

from decimal import Decimal

import pytest

from campaigns.sponsorships.rules import persons_problem
from campaigns.sponsorships.terms import Problem, SponsorshipKind

pytestmark = pytest.mark.rules
SPORTS, SELLERS = SponsorshipKind.SPORTS, SponsorshipKind.SELLERS


@pytest.mark.parametrize(
    ("kind", "people", "each", "problem"),
    [
        (SPORTS, 0, None, None),
        (SPORTS, 0, "0", None),
        (SPORTS, 0, "5", Problem.WITHOUT),
        (SPORTS, 2, None, Problem.NOTHING),
        (SPORTS, 2, "0", Problem.NOTHING),
        (SPORTS, 2, "50", None),
        (SPORTS, 2, "50.01", Problem.ABOVE),
        (SELLERS, 0, None, Problem.NOBODY),
        (SELLERS, 0, "5", Problem.NOBODY),
        (SELLERS, 1, "100", None),
    ],
)
def test_persons_and_money_fit(kind, people, each, problem):
    worth = None if each is None else Decimal(each)
    assert persons_problem(kind, people, worth, Decimal(100)) == problem
