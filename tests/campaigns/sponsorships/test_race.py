"""A sponsorship reported twice in the same second, and the last money of a line for two. Fails without locks: see tests/test_race_controls.py."""

from decimal import Decimal

import pytest

from campaigns.budgets.selectors import balance_on, verify_ledger
from campaigns.budgets.services import ledger
from campaigns.sponsorships import services
from campaigns.sponsorships.models import Sponsorship
from kam.approvals.routes import load_default_routes
from kam.core.errors import BusinessError
from kam.core.transitions import TransitionRefusedError
from tests.factories.budgets import line_of, make_budget
from tests.factories.sponsorships import make_approved_sponsorship, make_sponsorship, report_of
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_a_sponsorship_reported_by_two_at_once_is_paid_once(cast, monkeypatch):
    load_default_routes()
    line = line_of(make_budget(cast.manager))
    row = make_approved_sponsorship(line, cast.owner)
    monkeypatch.setattr(services.budgets, "spend", meeting(services.budgets.spend))
    report = lambda: type(services.report_sponsorship(row, report_of(), by=cast.owner))  # noqa: E731 -- run twice
    answers = at_once(report, report)
    assert sorted(answers, key=str) == sorted([Sponsorship, TransitionRefusedError], key=str)
    assert (balance_on(line).reserved, balance_on(line).spent, verify_ledger().ok) == (0, 380, True)


def test_of_two_sponsorships_approved_at_once_one_gets_the_last_money(cast, monkeypatch):
    load_default_routes()
    line = line_of(make_budget(cast.manager, (1, "公关招待费", 500)))
    rows = [make_sponsorship(line, cast.owner, estimate=Decimal(400)) for _n in range(2)]
    monkeypatch.setattr(ledger, "_book", meeting(ledger._book))
    answers = at_once(*(lambda row=row: services.approve_sponsorship(row, cast.finance) for row in rows))
    assert sorted(answers, key=str) == sorted([None, BusinessError], key=str)
    assert sorted(Sponsorship.objects.values_list("state", flat=True)) == ["approved", "pending"]
    assert (balance_on(line).reserved, balance_on(line).free) == (400, 100)
