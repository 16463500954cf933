"""Receipts, claims and budgets carry their sum in capitals, in the characters of the paper's script; an English paper does not."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from campaigns.budgets.documents import budget_sheet, report_sheet
from campaigns.earnest.documents import receipt_sheet as earnest_sheet
from campaigns.earnest.services import EarnestTerms, note_earnest
from campaigns.expenses.documents import claim_sheet
from campaigns.rebates.documents import receipt_sheet as rebate_sheet
from campaigns.rebates.services.counter import pay
from kam.approvals.routes import load_default_routes
from kam.pdf.services import _html
from tests.factories.budgets import line_of, make_budget, make_report
from tests.factories.campaigns import make_campaign
from tests.factories.earnest import receive
from tests.factories.expenses import make_claim
from tests.factories.rebates import make_checked, make_closed, make_place

pytestmark = pytest.mark.django_db


def _budget(cast, _by):
    budget = make_budget(cast.manager, (1, "公关招待费", 12_000))
    return lambda language: budget_sheet(budget, language=language)


def _report(cast, _by):
    load_default_routes()
    change = make_report(make_budget(cast.manager), cast.manager, 12_000)
    return lambda language: report_sheet(change, language=language)


def _claim(cast, _by):
    line = line_of(make_budget(cast.manager, (1, "公关招待费", 20_000)))
    claim = make_claim(cast.owner, line, 11_000, 1_000)
    return lambda language: claim_sheet(claim, language=language)


def _earnest(cast, by):
    terms = EarnestTerms(make_campaign(), Decimal(12_000), name="洪嘉伟")
    received = receive(note_earnest(terms, unit=None, by=cast.owner), cast.finance)
    return lambda language: earnest_sheet(received, by=by(language))


def _rebate(cast, by):
    unit, campaign, _person = make_place(cast)
    rebate = make_checked(make_closed(unit, campaign, cast, quantity=12), cast)
    payment = pay(rebate, by=cast.finance, version=rebate.version)
    return lambda language: rebate_sheet(payment, by=by(language))


@pytest.mark.parametrize("paper", [_budget, _report, _claim, _earnest, _rebate])
def test_a_paper_says_its_sum_in_capitals(paper, cast):
    def speaking(language):
        cast.finance.language = language
        return cast.finance

    sheet_in = paper(cast, speaking)
    said = {}
    for language in ("zh-hans", "zh-hant", "en"):
        with override(language):
            page = _html(sheet_in(language), printed_on=None, check_url="")
        said[language] = (
            "人民币壹万贰仟元整" in page,
            "人民幣壹萬貳仟元整" in page,
            "capitals" in page.split("<body")[1],
        )
    assert said == {
        "zh-hans": (True, False, True),
        "zh-hant": (False, True, True),
        "en": (False, False, False),
    }
