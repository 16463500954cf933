"""What a job sheet needs, who reads whose, who signs as what. No database."""

import pytest

from kam.job_sheets.rules import lacking, lines_of, needed_parts, signers, subjects_read_by
from kam.job_sheets.terms import DEPARTMENT, LANGUAGES, Part
from kam.users.terms import Position


def test_a_position_needs_qualification_and_duties_the_department_its_powers():
    assert needed_parts("specialist") == (Part.QUALIFICATION, Part.DUTIES)
    assert needed_parts(DEPARTMENT) == (Part.DUTIES, Part.POWERS)


def test_what_is_lacking_is_named_for_each_language():
    full = {"qualification": "a", "duties": "b"}
    texts = dict.fromkeys(LANGUAGES, full)
    assert lacking("clerk", texts) == []
    texts["en"] = {"qualification": "a", "duties": " \n"}
    del texts["zh-hant"]
    assert lacking("clerk", texts) == [
        ("zh-hant", Part.QUALIFICATION),
        ("zh-hant", Part.DUTIES),
        ("en", Part.DUTIES),
    ]


@pytest.mark.parametrize(
    ("position", "others"),
    [
        (Position.SPECIALIST, set()),
        (Position.FINANCE, set()),
        (Position.TEAM_LEAD, {"specialist"}),
        (Position.MANAGER, {"specialist", "team_lead", "clerk"}),
    ],
)
def test_people_read_their_own_and_those_they_lead(position, others):
    assert subjects_read_by(position) == {DEPARTMENT, position.value, *others}


@pytest.mark.parametrize("position", ["director", "hr", "general_manager", "marketing_director"])
def test_those_above_read_all(position):
    assert subjects_read_by(Position(position)) is None


def test_the_first_reviews_and_the_last_approves():
    assert signers([]) == (None, None)
    assert signers([7]) == (None, 7)
    assert signers([7, 9]) == (7, 9)


def test_a_box_is_lines_without_blanks():
    assert lines_of(" a \n\n b\n") == ["a", "b"]
