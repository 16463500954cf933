"""Schemes as rules know them. No database."""

from decimal import Decimal

import pytest

from kpi.schemes.rules import Line, assess, line_from, scheme_problem
from kpi.scoring.terms import Method, Result

STEPS = {"standard": "100", "step": "5", "off": "1"}


def line(weight="100", method=Method.STEPS, terms=STEPS, result=Result.RATE, **told):
    return Line(told.pop("indicator", "sales"), Decimal(weight), method, terms, result, **told)


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([line()], None),
        ([line("0")], (0, "weight")),
        ([line("1"), line("99", indicator="files")], None),
        ([line(method=Method.RATING)], (0, "method")),
        ([line(terms={})], (0, "terms")),
        ([line(terms=STEPS | {"step": "x"})], (0, "terms")),
        ([line(terms=STEPS | {"step": "0"})], (0, "step")),
        ([line("50"), line("50")], (None, "twice")),
        ([line("99")], (None, "sum")),
    ],
)
def test_the_first_problem_of_a_scheme_is_named(lines, problem):
    assert scheme_problem(lines) == problem


def test_a_line_survives_being_written():
    told = line(has_target=True, is_sourced=True, lower_is_better=True)
    assert line_from(told.as_json()) == told


def test_a_count_of_nothing_is_assessed_and_a_rate_of_nothing_is_not():
    lines = [
        line("60", has_target=True),
        line("40", Method.COUNT, {"each": "2.5"}, Result.COUNT, indicator="complaints", lower_is_better=True),
    ]
    inputs = {"limit": "60", "lines": {"sales": {"actual": "5", "base": None}, "complaints": {"actual": "1"}}}
    result = assess(inputs, [one.as_json() for one in lines])
    assert [row["points"] for row in result["lines"]] == [None, "37.50"]
    assert (result["lines"][0]["why"], result["is_whole"], result["is_below"]) == ("no_target", False, False)


def test_only_a_rate_is_told_as_one_and_what_was_not_counted_is_nothing():
    lines = [
        line("50", has_target=True),
        line("30", Method.COUNT, {"each": "2.5"}, Result.COUNT, indicator="complaints", lower_is_better=True),
        line("20", Method.RATING, {}, Result.RATING, indicator="skill"),
    ]
    inputs = {"limit": "60", "lines": {"sales": {"actual": "92", "base": "100"}, "skill": {"grade": 4}}}
    rows = assess(inputs, [one.as_json() for one in lines])["lines"]
    assert [(row["rate"], row["points"]) for row in rows] == [
        ("92.0000", "49.00"),
        (None, "30.00"),
        (None, "16.00"),
    ]
    inputs["lines"]["sales"] = {"actual": "92", "base": None}
    assert assess(inputs, [one.as_json() for one in lines])["lines"][0]["rate"] is None


@pytest.mark.parametrize(
    ("method", "terms", "points"),
    [
        (Method.BANDS, {"bands": [["100", "100"], ["90", "80"]]}, "80.00"),
        (Method.LINEAR, {"nothing_at": "80", "full_at": "100"}, "60.00"),
    ],
)
def test_92_percent_are_scored_by_the_method_of_the_line(method, terms, points):
    lines = [line(method=method, terms=terms, has_target=True)]
    inputs = {"limit": "60", "lines": {"sales": {"actual": "92", "base": "100"}}}
    assert [row["points"] for row in assess(inputs, [one.as_json() for one in lines])["lines"]] == [points]


@pytest.mark.parametrize(("grade", "points", "why"), [("4", "80.00", ""), (None, None, "not_rated")])
def test_a_rating_counts_as_it_was_given(grade, points, why):
    lines = [line(method=Method.RATING, terms={}, result=Result.RATING)]
    row = assess({"limit": "60", "lines": {"sales": {"grade": grade}}}, [one.as_json() for one in lines])[
        "lines"
    ][0]
    assert (row["points"], row["why"] or "") == (points, why)
