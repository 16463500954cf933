"""The checklist as it is typed, the score, and what a finding must say (S-252)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.inspections.rules import (
    MAX_POINTS,
    MAX_ROWS,
    MAX_TEXT,
    RowSpec,
    finding_problem,
    grade_of,
    mean_of,
    parse_checklist,
    score_of,
    write_checklist,
)
from campaigns.inspections.terms import Grade, Problem, Verdict

pytestmark = pytest.mark.rules
DAY = date(2026, 11, 20)
OK, FAILED, NONE = Verdict.OK, Verdict.FAILED, Verdict.NOT_APPLICABLE
IMAGE = ("Image", "形象", "形象")
TEXT = """# Image | 形象

10 | Sign lit | 招牌亮 | 招牌亮
5 | Clean
"""


def test_a_checklist_is_read_and_written_the_same():
    rows, problems = parse_checklist(TEXT)
    assert problems == []
    assert rows == [RowSpec(IMAGE, ("Sign lit", "招牌亮", "招牌亮"), 10), RowSpec(IMAGE, ("Clean",) * 3, 5)]
    assert write_checklist(rows) == (
        "# Image | 形象 | 形象\n10 | Sign lit | 招牌亮 | 招牌亮\n5 | Clean | Clean | Clean"
    )
    assert parse_checklist(write_checklist(rows)) == (rows, [])


def test_a_checklist_may_be_as_long_as_it_may():
    """The last row, the most points and the longest text are still taken."""
    line = f"{MAX_POINTS} | " + "a" * MAX_TEXT
    rows, problems = parse_checklist("\n".join([line] * MAX_ROWS))
    assert (len(rows), problems) == (MAX_ROWS, [])
    assert (rows[-1].points, len(rows[-1].texts[0])) == (MAX_POINTS, MAX_TEXT)
    assert parse_checklist("\n".join([line] * (MAX_ROWS + 1)))[1] == [(0, Problem.TOO_MANY)]


def test_rows_before_any_heading_have_none():
    rows, _problems = parse_checklist("1 | a")
    assert (rows[0].section, write_checklist(rows)) == (("", "", ""), "1 | a | a | a")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x | a", (1, Problem.POINTS)),
        ("0 | a", (1, Problem.POINTS)),
        ("101 | a", (1, Problem.POINTS)),
        ("５ | a", (1, Problem.POINTS)),
        ("5", (1, Problem.TEXT)),
        ("5 | | 甲", (1, Problem.TEXT)),
        ("5 | a | b | c | d", (1, Problem.TEXT)),
        ("5 | " + "a" * 201, (1, Problem.TEXT)),
        ("#", (1, Problem.TEXT)),
        ("", (0, Problem.EMPTY)),
        ("# only a heading", (0, Problem.EMPTY)),
        ("\n".join(["1 | a"] * 61), (0, Problem.TOO_MANY)),
    ],
)
def test_what_cannot_be_read(text, problem):
    assert parse_checklist(text)[1] == [problem]


@pytest.mark.parametrize(
    ("seen", "score"),
    [
        ([], None),
        ([(10, NONE)], None),
        ([(10, OK)], "100.0"),
        ([(10, FAILED)], "0.0"),
        ([(10, OK), (5, FAILED), (5, NONE)], "66.7"),
        ([(1, OK), (7, FAILED)], "12.5"),
        ([(1, OK), (15, FAILED)], "6.3"),
    ],
)
def test_points_in_order_of_those_that_apply(seen, score):
    assert score_of(seen) == (None if score is None else Decimal(score))


@settings(max_examples=100)
@given(
    st.lists(st.tuples(st.integers(1, 100), st.sampled_from(list(Verdict))), max_size=8), st.integers(1, 100)
)
def test_a_row_in_order_never_lowers_the_score(seen, points):
    before, after = score_of(seen), score_of([*seen, (points, OK)])
    assert before is None or before <= after <= 100


def test_the_mean_of_scores():
    assert (mean_of([]), mean_of([Decimal("90.0"), Decimal("80.1")])) == (None, Decimal("85.1"))


@pytest.mark.parametrize(
    ("score", "grade"),
    [("90", Grade.GOOD), ("89.9", Grade.FAIR), ("70", Grade.FAIR), ("69.9", Grade.POOR)],
)
def test_limits_belong_to_the_better_grade(score, grade):
    assert grade_of(Decimal(score)) is grade


@pytest.mark.parametrize(
    ("verdict", "text", "due", "problem"),
    [
        (OK, "", date(2026, 1, 1), None),
        (FAILED, " ", DAY, Problem.UNSAID),
        (FAILED, "灯不亮", date(2026, 11, 19), Problem.EARLY),
        (FAILED, "灯不亮", DAY, None),
    ],
)
def test_what_is_not_in_order_says_what_and_until_when(verdict, text, due, problem):
    assert finding_problem(verdict, text, due, DAY) == problem
