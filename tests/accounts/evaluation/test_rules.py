"""Points, the line, drafted criteria, value against cost, the way of a selection. No database."""

import re
from decimal import Decimal

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.evaluation.rules import (
    Balance,
    DimensionDraft,
    criteria_problem,
    is_above,
    missing_grades,
    needs_reason,
    points_of,
    rubric_lines,
    stage_of,
)
from accounts.evaluation.terms import FIRST_DIMENSIONS, FIRST_LINE, Stage
from accounts.units.terms import UnitStatus

D = Decimal
WEIGHTS = {row.code: row.weight for row in FIRST_DIMENSIONS}
FIVE = "a\nb\nc\nd\ne"


def test_the_first_criteria_are_sound():
    drafts = [DimensionDraft(row.code, row.weight, row.rubrics) for row in FIRST_DIMENSIONS]
    assert criteria_problem(drafts, D(FIRST_LINE)) is None
    assert all(len(row.labels) == 3 and all(row.labels) for row in FIRST_DIMENSIONS)


@pytest.mark.parametrize(
    ("grades", "points"),
    [
        (dict.fromkeys(WEIGHTS, 1), "0.0"),
        (dict.fromkeys(WEIGHTS, 3), "50.0"),
        (dict.fromkeys(WEIGHTS, 5), "100.0"),
        (dict.fromkeys(WEIGHTS, 1) | {"size": 2}, "3.8"),  # 3.75, half up
        (dict.fromkeys(WEIGHTS, 1) | {"fit": 2}, "2.5"),
    ],
)
def test_each_grade_is_a_quarter_of_the_weight(grades, points):
    assert points_of(grades, WEIGHTS) == D(points)


grades = st.fixed_dictionaries({code: st.integers(1, 5) for code in WEIGHTS})


@given(grades, st.sampled_from(sorted(WEIGHTS)))
@hypothesis_settings(max_examples=80)
def test_a_better_grade_never_costs_points(told, code):
    better = told | {code: min(5, told[code] + 1)}
    assert 0 <= points_of(told, WEIGHTS) <= points_of(better, WEIGHTS) <= 100


def test_a_sheet_is_whole_when_nothing_is_missing():
    whole = dict.fromkeys(WEIGHTS, 3)
    assert missing_grades(whole, WEIGHTS) == []
    assert missing_grades(whole | {"size": None}, WEIGHTS) == ["size"]
    assert missing_grades(whole | {"size": 6}, WEIGHTS) == ["size"]
    assert missing_grades({}, WEIGHTS) == list(WEIGHTS)


@pytest.mark.parametrize(("points", "above"), [("59.9", False), ("60.0", True), ("60.1", True)])
def test_on_the_line_is_above(points, above):
    assert is_above(D(points), D(60)) is above
    assert needs_reason(D(points), D(60), focus=above) is False
    assert needs_reason(D(points), D(60), focus=not above) is True


@pytest.mark.parametrize(
    ("dimensions", "line", "problem"),
    [
        ([("a", 60, FIVE), ("b", 40, FIVE)], "60", None),
        ([("a", 60, FIVE), ("b", 40, FIVE)], "0", ("line", "line")),
        ([("a", 60, FIVE), ("b", 40, FIVE)], "100.1", ("line", "line")),
        ([("a", 60, FIVE), ("a", 40, FIVE)], "60", ("dimensions", "twice")),
        ([("a", 60, FIVE), ("b", 41, FIVE)], "60", ("dimensions", "weights")),
        ([("a", 100, FIVE), ("b", 0, FIVE)], "60", ("weight_b", "weight")),
        ([("a", 60, FIVE), ("b", 40, "one\ntwo")], "60", ("rubric_b", "rubric")),
        ([], "60", ("dimensions", "weights")),
    ],
)
def test_criteria_that_contradict_themselves(dimensions, line, problem):
    drafts = [DimensionDraft(code, weight, (rubric,)) for code, weight, rubric in dimensions]
    assert criteria_problem(drafts, D(line)) == problem


def test_blank_lines_of_a_rubric_are_none():
    assert rubric_lines(" one \n\n two\r\n") == ["one", "two"]


@pytest.mark.parametrize(
    ("value", "cost", "is_loss", "times"),
    [
        ("1000", "400", False, "2.5"),
        ("400", "400", False, "1.0"),
        ("399.99", "400", True, "1.0"),
        (None, "400", False, None),
        ("400", None, False, None),
        ("400", "0", False, None),
    ],
)
def test_nobody_should_do_what_costs_more_than_it_brings(value, cost, is_loss, times):
    balance = Balance(D(value) if value else None, D(cost) if cost else None)
    assert (balance.is_loss, balance.times) == (is_loss, D(times) if times else None)


@pytest.mark.parametrize(
    ("status", "told", "stage"),
    [
        (UnitStatus.PROSPECT, {}, None),
        (UnitStatus.PROSPECT, {"is_surveyed": True}, Stage.SURVEYED),
        (UnitStatus.QUALIFIED, {"is_surveyed": True}, Stage.TARGETED),
        (UnitStatus.DEVELOPING, {"is_surveyed": True}, Stage.NEGOTIATING),
        (UnitStatus.PROSPECT, {"is_evaluated": True}, Stage.EVALUATED),
        (UnitStatus.PROSPECT, {"is_evaluated": True, "is_focus": True}, Stage.FOCUS),
    ],
)
def test_how_far_the_selection_has_come(status, told, stage):
    facts = {"is_surveyed": False, "is_evaluated": False, "is_focus": False} | told
    assert stage_of(status=status, **facts) is stage


def test_the_worked_examples_are_true():
    text = (settings.BASE_DIR / "docs/domain/grading.md").read_text(encoding="utf-8")
    part = text.split("## The evaluation")[1].split("\n## ")[0]
    rows = [
        [c.strip() for c in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("|")
    ][2:]
    assert len(rows) == 4
    for told, points, side in rows:
        given_ = {code: int(grade) for code, grade in re.findall(r"(\w+) (\d)", told)}
        shown = points_of(given_, WEIGHTS)
        assert (str(shown), "above" if is_above(shown, D(FIRST_LINE)) else "below") == (points, side)
