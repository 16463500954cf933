"""Questionnaires, answers, score and NPS: pure rules."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from accounts.satisfaction.rules import (
    MAX_QUESTIONS,
    MAX_TEXT,
    Given,
    QuestionSpec,
    Result,
    answer_problem,
    is_low,
    mean_of,
    net_promoter_score,
    parse_questions,
    result_of,
    state_of,
    write_questions,
)
from accounts.satisfaction.terms import InvitationState, QuestionKind

TEXT = (settings.BASE_DIR / "docs/domain/care.md").read_text(encoding="utf-8")
SCORE, NPS, SINGLE, MULTIPLE, WORDS = QuestionKind
CHOICES = (("yes", "是", "是"), ("no", "否", "否"))


def numbers(cell):
    return [] if cell == "–" else [int(word) for word in cell.split()]


def test_the_worked_examples_are_true():
    part = TEXT.split("## Score and recommendation\n")[1].split("\n## ")[0]
    rows = [[c.strip() for c in line.strip("|").split("|")] for line in part.splitlines() if line[:1] == "|"]
    assert len(rows[2:]) == 6
    for scores, recommends, score, nps, low in rows[2:]:
        given_ = [(SCORE, Given(number=n)) for n in numbers(scores)]
        result = result_of([*given_, *[(NPS, Given(number=n)) for n in numbers(recommends)]])
        assert str(result.score or "–") == score
        shown = net_promoter_score(numbers(recommends))
        assert str("–" if shown is None else shown) == nps
        assert is_low(result, Decimal("3.00")) is (low == "yes")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("dance | What?", "kind"),
        ("score", "text"),
        ("score | a | b | c | d | e", "kind"),
        ("single | Which? | | | one", "choices"),
        ("score | How? | | | one; two", "choices"),
        ("multiple | Which? | | | " + ";".join(map(str, range(13))), "choices"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(line, code):
    assert parse_questions(f"score | fine\n{line}")[1] == [(2, code)]


def test_an_empty_and_an_endless_questionnaire_are_refused():
    assert parse_questions("\n \n") == ([], [(0, "empty")])
    specs, problems = parse_questions("score | x\n" * (MAX_QUESTIONS + 1))
    assert (len(specs), problems) == (MAX_QUESTIONS + 1, [(0, "too_many")])


def test_missing_languages_repeat_the_one_before():
    (spec,), _problems = parse_questions("single? | Q | 问 | | yes/是; no")
    assert spec == QuestionSpec(SINGLE, ("Q", "问", "问"), (("yes", "是", "是"), ("no", "no", "no")), False)


words = st.text("abc问題", min_size=1, max_size=5)
three = st.tuples(words, words, words)
specs = st.builds(
    lambda kind, texts, choices, required: QuestionSpec(
        kind, texts, tuple(choices) if kind in {SINGLE, MULTIPLE} else (), required
    ),
    st.sampled_from(QuestionKind),
    three,
    st.lists(three, min_size=2, max_size=4),
    st.booleans(),
)


@given(st.lists(specs, min_size=1, max_size=6))
def test_what_is_written_is_read_again(made):
    assert parse_questions(write_questions(made)) == (made, [])


@pytest.mark.parametrize(
    ("kind", "answer", "problem"),
    [
        (SCORE, Given(), "required"),
        (SCORE, Given(number=0), "scale"),
        (SCORE, Given(number=5), None),
        (SCORE, Given(text="5"), "scale"),
        (NPS, Given(number=0), None),
        (NPS, Given(number=11), "scale"),
        (SINGLE, Given(chosen=(0,)), None),
        (SINGLE, Given(chosen=(0, 1)), "choice"),
        (SINGLE, Given(number=1), "choice"),
        (MULTIPLE, Given(chosen=(0, 1)), None),
        (MULTIPLE, Given(chosen=(0, 0)), "choice"),
        (MULTIPLE, Given(chosen=(2,)), "choice"),
        (WORDS, Given(text="x" * MAX_TEXT), None),
        (WORDS, Given(text="x" * (MAX_TEXT + 1)), "too_long"),
        (WORDS, Given(text=" "), "required"),
    ],
)
def test_what_an_answer_may_be(kind, answer, problem):
    spec = QuestionSpec(kind, ("a", "a", "a"), CHOICES)
    assert answer_problem(spec, answer) == problem
    assert answer_problem(QuestionSpec(kind, ("a", "a", "a"), CHOICES, False), Given()) is None


@given(st.lists(st.integers(0, 10), min_size=1))
def test_nps_stays_in_its_scale_and_turns_with_its_answers(given_):
    assert -100 <= net_promoter_score(given_) <= 100
    assert net_promoter_score([10 for _ in given_]) == 100
    assert mean_of([]) is None
    assert min(given_) <= mean_of(given_) <= max(given_)


def test_the_lowest_recommendation_counts_and_nothing_is_not_low():
    assert (
        result_of([(NPS, Given(number=9)), (NPS, Given(number=3)), (WORDS, Given(text="x"))]).recommends == 3
    )
    assert not is_low(Result(None, None), Decimal(3))


def test_where_an_invitation_stands():
    now = datetime(2026, 6, 1, tzinfo=UTC)
    later = now + timedelta(seconds=1)

    def state(ends, answered=False, withdrawn=False):
        return state_of(now, expires_at=ends, answered=answered, withdrawn=withdrawn)

    assert state(later) is InvitationState.OPEN
    assert state(now) is InvitationState.EXPIRED
    assert state(later, withdrawn=True) is InvitationState.WITHDRAWN
    assert state(now, answered=True, withdrawn=True) is InvitationState.ANSWERED
