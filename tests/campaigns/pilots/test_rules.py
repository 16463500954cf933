"""When a round is decided and how, what its figures advise, measures as they are typed (S-097)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.pilots.rules import (
    MAX_MEASURES,
    MAX_NAME,
    MAX_UNIT,
    MeasureSpec,
    Round,
    advice_of,
    decide_problem,
    mix_left,
    next_problem,
    outcome_of,
    parse_measures,
    weeks_of,
    write_measures,
)
from campaigns.pilots.terms import Outcome, Problem, Size, Source, Verdict

pytestmark = pytest.mark.rules
REACHED, MISSED, UNKNOWN = Outcome.REACHED, Outcome.MISSED, Outcome.UNKNOWN
EXPAND, CHANGE, STOP = Verdict.EXPAND, Verdict.CHANGE, Verdict.STOP
FIRST, LAST = date(2026, 9, 1), date(2026, 10, 26)
NEXT = (date(2026, 10, 27), date(2026, 12, 1))


@pytest.mark.parametrize(("value", "outcome"), [(None, UNKNOWN), ("79.99", MISSED), ("80", REACHED)])
def test_a_measure_is_reached_at_its_target(value, outcome):
    assert outcome_of(Decimal(80), None if value is None else Decimal(value)) is outcome


@pytest.mark.parametrize(
    ("outcomes", "advice"),
    [
        ([], None),
        ([REACHED, UNKNOWN], None),
        ([REACHED, REACHED], EXPAND),
        ([REACHED, MISSED], CHANGE),
        ([MISSED, MISSED], STOP),
    ],
)
def test_what_the_figures_advise(outcomes, advice):
    assert advice_of(outcomes) == advice


@pytest.mark.parametrize(
    ("verdict", "told", "problem"),
    [
        (EXPAND, {}, None),
        (CHANGE, {}, None),
        (STOP, {"next": (None, None), "today": FIRST, "outcomes": [UNKNOWN]}, None),
        (STOP, {"decided": True}, Problem.DECIDED),
        (EXPAND, {"today": date(2026, 10, 25)}, Problem.NOT_OVER),
        (EXPAND, {"outcomes": [REACHED, UNKNOWN]}, Problem.UNTOLD),
        (EXPAND, {"next": (None, NEXT[1])}, Problem.NO_NEXT),
        (CHANGE, {"next": (NEXT[0], None)}, Problem.NO_NEXT),
        (CHANGE, {"next": (NEXT[1], NEXT[0])}, Problem.ORDER),
        (CHANGE, {"next": (LAST, NEXT[1])}, Problem.OVERLAP),
        (EXPAND, {"number": 4, "next": (None, None)}, None),
        (CHANGE, {"number": 4}, Problem.NO_MORE),
    ],
)
def test_when_a_round_is_decided(verdict, told, problem):
    row = Round(told.get("number", 1), FIRST, LAST, told.get("decided", False))
    outcomes, today = told.get("outcomes", [REACHED]), told.get("today", LAST)
    assert decide_problem(row, verdict, outcomes, told.get("next", NEXT), today) == problem


def test_weeks_from_the_launch():
    start = date(2026, 11, 2)
    assert weeks_of(start, -4, -1) == (date(2026, 10, 5), date(2026, 11, 1))
    assert weeks_of(start, 0, 2) == (start, date(2026, 11, 22))
    assert weeks_of(start, 4, None) == (date(2026, 11, 30), None)


def test_units_still_to_be_chosen():
    planned = {Size.LARGE: 2, Size.SMALL: 1}
    chosen = [Size.LARGE, Size.SMALL, Size.SMALL, Size.MEDIUM]
    assert mix_left(planned, chosen) == {Size.LARGE: 1, Size.MEDIUM: 0, Size.SMALL: 0}


def test_measures_are_read_and_written_the_same():
    text = "愿意继续使用的客户 | % | 80 | told\n\n走访的客户 | 家 | 2.5 | visited"
    specs, problems = parse_measures(text)
    assert problems == []
    assert specs[0] == MeasureSpec("愿意继续使用的客户", "%", Decimal(80), Source.TOLD)
    assert parse_measures(write_measures(specs)) == (specs, [])


def test_a_source_is_typed_by_its_word_or_by_its_name():
    words = {"填报": Source.TOLD, "走访": Source.VISITED}
    specs, problems = parse_measures("a | 家 | 6 | 走访\nb | % | 80 | told", words)
    assert ([spec.source for spec in specs], problems) == ([Source.VISITED, Source.TOLD], [])
    typed = write_measures(specs, {source: word for word, source in words.items()})
    assert typed == "a | 家 | 6 | 走访\nb | % | 80 | 填报"
    assert parse_measures("a | 家 | 6 | 走访") == ([], [(1, Problem.LINE)])


@pytest.mark.parametrize(
    "line",
    [
        "a | b | 1",
        " | b | 1 | told",
        "a" * 81 + " | b | 1 | told",
        "a | " + "b" * 21 + " | 1 | told",
        "a | b | x | told",
        "a | b | 0 | told",
        "a | b | NaN | told",
        "a | b | 1.001 | told",
        "a | b | 1e40 | told",
        "a | b | 1 | guessed",
    ],
)
def test_lines_that_cannot_be_read(line):
    assert parse_measures(line) == ([], [(1, Problem.LINE)])


def test_a_measure_stands_once_and_there_is_one_and_not_too_many():
    assert parse_measures("a | | 1 | told\na | | 2 | told")[1] == [(2, Problem.TWICE)]
    assert parse_measures("\n")[1] == [(0, Problem.EMPTY)]
    many = "\n".join(f"m{n} | | 1 | told" for n in range(MAX_MEASURES + 1))
    assert parse_measures(many)[1] == [(MAX_MEASURES + 1, Problem.LINE)]


@settings(max_examples=100)
@given(st.decimals("0.01", 9_999_999, places=2))
def test_every_target_is_read_as_it_was_written(target):
    spec = MeasureSpec("a", "", target, Source.TOLD)
    assert parse_measures(write_measures([spec]))[0] == [spec]


def test_the_edges_of_what_is_typed_and_planned():
    name, unit = "n" * MAX_NAME, "u" * MAX_UNIT
    specs, problems = parse_measures(f"{name} | {unit} | 9999999.99 | told")
    assert ([(row.name, row.unit, row.target) for row in specs], problems) == (
        [(name, unit, Decimal("9999999.99"))],
        [],
    )
    for line in (f"{name}n | {unit} | 1 | told", f"{name} | {unit}u | 1 | told", "n | u | 10000000 | told"):
        assert parse_measures(line) == ([], [(1, Problem.LINE)])
    assert mix_left({}, []) == dict.fromkeys(Size, 0)
    assert next_problem(Round(1, FIRST, LAST), NEXT[0], NEXT[0]) is None
