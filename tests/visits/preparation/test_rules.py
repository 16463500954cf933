import pytest

from visits.preparation.rules import Known, judge, merged_outline
from visits.preparation.terms import Judgement, SelfQuestion


@pytest.mark.parametrize(
    ("question", "known", "expected"),
    [
        (SelfQuestion.INSIDER_CULTIVATED, Known(), Judgement.DANGER),
        (SelfQuestion.INSIDER_CULTIVATED, Known(candidates=1), Judgement.CARE),
        (SelfQuestion.INSIDER_CULTIVATED, Known(insiders=1), Judgement.GOOD),
        (SelfQuestion.BUYERS_CLEAR, Known(empty_seats=1), Judgement.DANGER),
        (SelfQuestion.BUYERS_CLEAR, Known(assumed_seats=1), Judgement.CARE),
        (SelfQuestion.NOT_INTERVIEWED, Known(never_interviewed=1), Judgement.DANGER),
        (SelfQuestion.POWER_CHANGED, Known(), Judgement.OPEN),
        (SelfQuestion.POWER_CHANGED, Known(has_power_value=True), Judgement.GOOD),
        (SelfQuestion.POWER_CHANGED, Known(has_power_value=True, power_changes=1), Judgement.DANGER),
        (SelfQuestion.NEW_FACES, Known(new_faces=1), Judgement.CARE),
        (SelfQuestion.NEW_FACES, Known(new_faces=1, new_faces_unassessed=1), Judgement.DANGER),
        (SelfQuestion.REORGANISED, Known(people_gone=1), Judgement.CARE),
        (SelfQuestion.DECIDERS_CERTAIN, Known(), Judgement.DANGER),
        (SelfQuestion.DECIDERS_CERTAIN, Known(deciders_confirmed=1, deciders_assumed=1), Judgement.CARE),
        (SelfQuestion.DECIDERS_CERTAIN, Known(deciders_confirmed=2), Judgement.GOOD),
        (SelfQuestion.DECIDERS_CERTAIN, Known(deciders_confirmed=1, deciders_unclear=True), Judgement.CARE),
        (SelfQuestion.OUTLINE, Known(), Judgement.DANGER),
        (SelfQuestion.OUTLINE, Known(questions=2, asked_last_time=False), Judgement.CARE),
        (SelfQuestion.OUTLINE, Known(questions=2), Judgement.GOOD),
        (SelfQuestion.WRITTEN, Known(written_recently=True), Judgement.GOOD),
        (SelfQuestion.WRITTEN, Known(), Judgement.CARE),
    ],
)
def test_each_question_is_judged_from_the_file(question, known, expected):
    """S-059."""
    assert judge(known)[question] is expected


def test_every_question_gets_a_judgement():
    assert set(judge(Known())) == set(SelfQuestion)


def test_an_outline_takes_each_question_once():
    assert merged_outline("Who signs?\n\n", ["When?", "Who signs?", "When?"]) == "Who signs?\nWhen?"
