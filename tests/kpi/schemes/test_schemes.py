"""Schemes: what is refused, what a version changes and leaves, how HR's draft becomes the rule."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from kam.approvals.rule_changes.registry import rule_kind
from kam.core.errors import BusinessError
from kpi.schemes.drafts import preview_draft
from kpi.schemes.forms import SchemeForm, terms_from, terms_text
from kpi.schemes.models import Scheme
from kpi.schemes.services import NewScheme, lines_from, put_in_force
from kpi.scoring.registers import TWELVE
from kpi.scoring.registry import TARGET, Indicator, all_indicators, indicator, register_indicator
from kpi.scoring.terms import Category, Method
from kpi.sheets.closing import close_period
from tests.factories.kpi import JUNE, at, make_agreed, make_target

SALES = {
    "indicator": "sales",
    "weight": "100",
    "method": "linear",
    "terms": {"nothing_at": "0", "full_at": "100"},
}


def test_the_twelve_of_the_department_are_four_a_category():
    counted = [indicator(key).category for key in TWELVE]
    assert {category: counted.count(category) for category in Category} == dict.fromkeys(Category, 4)
    assert {"sales", "files", "churn", "development"} <= set(all_indicators())
    assert {"skill", "investigation", "problem_solving", "innovation"} <= set(all_indicators())


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Indicator("sales", "x", "x", Category.SKILL), "registered twice"),
        (Indicator("x", "x", "x", Category.SKILL, "", TARGET), "divides nothing"),
        (Indicator("x", "x", "x", Category.SKILL, "sales.actual", "visits.held"), "divides money by count"),
    ],
)
def test_an_indicator_divides_like_by_like(told, words):
    with pytest.raises(ValueError, match=words):
        register_indicator(told)
    assert "x" not in all_indicators()


@pytest.mark.parametrize(
    ("method", "text"),
    [
        (Method.STEPS, "100 5 1"),
        (Method.LINEAR, "0 100"),
        (Method.COUNT, "2.5"),
        (Method.BANDS, "0=100 5=50"),
        (Method.RATING, ""),
    ],
)
def test_numbers_are_read_as_they_are_written(method, text):
    assert terms_text(method, terms_from(method, text)) == text


@pytest.mark.parametrize(
    ("method", "text"), [(Method.STEPS, "100 5"), (Method.COUNT, "NaN"), (Method.BANDS, "5")]
)
def test_numbers_that_do_not_fit_are_refused(method, text):
    with pytest.raises((ValueError, ArithmeticError)):
        terms_from(method, text)


def form(*lines, position="manager"):
    data = {"position": position}
    for n, line in enumerate(lines, 1):
        data |= dict(zip((f"indicator_{n}", f"weight_{n}", f"method_{n}", f"numbers_{n}"), line, strict=True))
    return SchemeForm(data)


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        ([("sales", "60", "steps", "100 5 1")], "weight_1"),
        ([("sales", "100", "rating", "")], "weight_1"),
        ([("sales", "100", "steps", "100 0 1")], "weight_1"),
        ([("sales", "100", "steps", "hundred")], "numbers_1"),
        ([("sales", "50", "linear", "0 100"), ("sales", "50", "linear", "0 100")], "weight_1"),
        ([("sales", "", "steps", "100 5 1")], "weight_1"),
        ([("complaints", "100", "steps", "0 5 1")], "weight_1"),
    ],
)
def test_a_form_names_the_line_that_cannot_be(lines, field):
    told = form(*lines)
    assert not told.is_valid()
    assert field in told.errors


def test_a_form_gives_what_it_began_with():
    told = form(("sales", "25", "steps", "100 5 1"), ("churn", "75", "bands", "0=100 5=50"))
    assert told.is_valid(), told.errors
    payload = told.payload()
    again = SchemeForm(SchemeForm(initial=payload).initial)
    assert again.is_valid()
    assert again.payload() == payload


@pytest.mark.django_db
def test_a_version_ends_its_predecessor_and_never_shares_a_day():
    new = put_in_force(NewScheme("manager", lines_from([SALES]), date(2026, 8, 1)), by=None)
    old = Scheme.objects.get(position="manager", number=1)
    assert (new.number, old.last_day, old.lines.count()) == (2, date(2026, 7, 31), 4)
    with pytest.raises(BusinessError, match="begins on"):
        put_in_force(NewScheme("manager", lines_from([SALES]), date(2026, 8, 1)), by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Scheme.objects.create(position="manager", number=9, valid_from=date(2026, 8, 5))
    assert Scheme.objects.filter(position="manager").count() == 2


@pytest.mark.django_db
def test_a_scheme_that_is_no_hundred_points_is_not_put_in_force():
    with pytest.raises(BusinessError, match="100 points"):
        put_in_force(NewScheme("manager", lines_from([SALES | {"weight": "90"}]), date(2026, 8, 1)), by=None)
    assert Scheme.objects.filter(position="manager").count() == 1


@pytest.mark.django_db
def test_the_preview_scores_the_last_closed_month_by_the_draft(cast):
    make_target(6_000_000, person=cast.owner)
    make_agreed(cast.owner, by=cast.manager)
    with at(date(2026, 7, 10)):
        close_period(JUNE, by=cast.hr)
        visits = {
            "indicator": "collection",
            "weight": "50",
            "method": "linear",
            "terms": {"nothing_at": "0", "full_at": "100"},
        }
        payload = {"position": "specialist", "lines": [SALES | {"weight": "50"}, visits]}
        shown = preview_draft(payload, date(2026, 8, 1))
    assert len(shown.rows) == 1
    name, now, then, change, left = shown.rows[0]
    assert (then, left) == ("0.00", "0")
    assert Decimal(now) > 0
    assert change == f"{-Decimal(now):+.2f}"
    assert name.startswith("Owner")


def test_hr_drafts_and_the_general_manager_decides():
    kind = rule_kind("kpi_scheme")
    assert (kind.subject, [p.value for p in kind.drafters]) == ("kpi_scheme", ["hr"])
