"""T-43: is this a key account?"""

from datetime import date

import pytest

from accounts.qualification import services
from accounts.qualification.models import QualificationCriterion, QualificationEvidence
from accounts.qualification.selectors import qualification_of, seen_text
from accounts.qualification.terms import first_rows
from accounts.units.services import change_status, observe
from accounts.units.terms import Field, UnitStatus
from kam.core.errors import BusinessError
from tests.factories.accounts import make_unit

DAY = date(2026, 6, 1)


@pytest.fixture
def criteria(db):
    """The first criteria, also after a transactional test emptied the tables."""
    for row in first_rows():
        QualificationCriterion.objects.get_or_create(
            code=row["code"], version=1, defaults={**row, "introduced_on": date(2020, 1, 1)}
        )
    return {c.code: c for c in QualificationCriterion.objects.in_force()}


def finding(unit, code):
    return next(row.finding for row in qualification_of(unit).rows if row.criterion.code == code)


@pytest.mark.parametrize(
    ("amount", "holds"), [("49999.99", False), ("50000", True), ("50000.00", True), ("50000.01", True)]
)
def test_t43_one_deal_of_fifty_thousand_qualifies(cast, criteria, amount, holds):
    unit = make_unit(owner=cast.owner)
    observe(unit, {Field.LARGEST_DEAL: amount}, learned_on=DAY, by=cast.owner)
    assert finding(unit, "large_deal").holds is holds
    assert qualification_of(unit).holds is holds


@pytest.mark.parametrize(("rank", "holds"), [(10, True), (11, False)])
def test_t43_the_first_ten_of_an_industry_qualify(cast, criteria, rank, holds):
    unit = make_unit(owner=cast.owner)
    observe(unit, {Field.INDUSTRY_RANK: rank}, learned_on=DAY, by=cast.owner)
    assert qualification_of(unit).holds is holds


@pytest.mark.parametrize(
    ("years", "orders", "holds"),
    [("1", "yes", True), ("0.99", "yes", False), ("2", "no", False), ("2", None, False)],
)
def test_t43_long_contracts_count_with_large_orders_only(cast, criteria, years, orders, holds):
    unit = make_unit(owner=cast.owner)
    observe(unit, {Field.CONTRACT_YEARS: years, Field.LARGE_ORDERS: orders}, learned_on=DAY, by=cast.owner)
    assert qualification_of(unit).holds is holds


@pytest.mark.parametrize(
    "code", ["strategic_project", "influence", "technology", "market_development", "financing", "advertises"]
)
def test_t43_any_single_confirmed_statement_qualifies(cast, criteria, code):
    unit = make_unit(owner=cast.owner)
    assert not qualification_of(unit).holds
    services.state_criterion(unit, criteria[code], holds=True, text="annual report, page 3", by=cast.owner)
    told = qualification_of(unit)
    assert [row.criterion.code for row in told.holding] == [code]
    assert finding(unit, code).seen == "annual report, page 3"
    services.state_criterion(unit, criteria[code], holds=False, text="sold in May", by=cast.owner)
    assert not qualification_of(unit).holds
    assert QualificationEvidence.objects.count() == 2


def test_a_statement_needs_proof_and_a_rule_needs_none(cast, criteria):
    unit = make_unit(owner=cast.owner)
    for code, text in (("influence", " "), ("large_deal", "I say so")):
        with pytest.raises(BusinessError):
            services.state_criterion(unit, criteria[code], holds=True, text=text, by=cast.owner)
    assert QualificationEvidence.objects.count() == 0


def test_the_status_qualified_waits_for_a_criterion(cast, criteria):
    unit = make_unit(owner=cast.owner)
    with pytest.raises(BusinessError) as refusal:
        change_status(unit, to=UnitStatus.QUALIFIED, by=cast.owner, on=DAY)
    assert refusal.value.code == "not_qualified"
    unit.refresh_from_db()
    assert unit.status == UnitStatus.PROSPECT
    observe(unit, {Field.LARGEST_DEAL: "50000"}, learned_on=DAY, by=cast.owner)
    change_status(unit, to=UnitStatus.QUALIFIED, by=cast.owner, on=DAY)
    unit.refresh_from_db()
    assert unit.status == UnitStatus.QUALIFIED


def test_a_criterion_is_replaced_not_edited(cast, criteria):
    unit = make_unit(owner=cast.owner)
    observe(unit, {Field.LARGEST_DEAL: "60000"}, learned_on=DAY, by=cast.owner)
    services.replace_criterion(criteria["large_deal"], {"threshold": "80000"}, by=cast.director, on=DAY)
    assert not qualification_of(unit).holds
    assert list(
        QualificationCriterion.objects.filter(code="large_deal").values_list(
            "version", "threshold", "replaced_on"
        )
    ) == [(1, "50000", DAY), (2, "80000", None)]


def test_what_is_known_is_said_as_on_the_record(cast, criteria, client_of):
    unit = make_unit(owner=cast.owner)
    observe(unit, {Field.LARGEST_DEAL: "120000"}, learned_on=DAY, by=cast.owner)
    row = next(row for row in qualification_of(unit).rows if row.criterion.code == "large_deal")
    assert row.seen.startswith("120,000")
    page = client_of(cast.owner).get(f"/accounts/{unit.pk}/tabs/qualification/").content.decode()
    assert "120,000" in page
    assert "120000" not in page


@pytest.mark.parametrize(
    ("fact", "value", "seen"),
    [
        ("largest_deal", None, ""),
        ("deals_of_the_year", 1200, "1,200"),
        ("deals_of_the_year", None, ""),
        ("asked_for_it", "yes", "yes"),
    ],
)
def test_a_fact_of_another_room_is_a_figure_or_a_word(fact, value, seen):
    assert seen_text(fact, value) == seen
