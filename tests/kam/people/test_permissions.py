"""Who prepares a handover, who confirms an unusual substitute."""

from datetime import date

import pytest

from kam.people.models import Absence, Handover
from kam.people.permissions import (
    can_cancel_absence,
    can_change_handover,
    can_confirm_absence,
    can_hand_over,
)
from kam.people.terms import AbsenceKind
from kam.users.models import Membership


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("manager", True),
        ("director", True),
        ("other_manager", False),
        ("lead", False),
        ("same_team", False),
        ("owner", False),
        ("admin", False),
        ("gone", False),
    ],
)
def test_who_prepares_the_handover_of_a_specialist(cast, who, may):
    assert can_hand_over(getattr(cast, who), cast.owner) is may


def test_a_manager_whose_group_somebody_left_hands_nothing_over(cast):
    Membership.objects.filter(user=cast.owner).update(ended_on=date(2026, 1, 31))
    assert not can_hand_over(cast.manager, cast.owner)
    assert can_hand_over(cast.director, cast.owner)


def test_who_is_no_manager_any_more_hands_nothing_over(cast):
    """The group may name them for a while."""
    cast.manager.position = "specialist"
    assert not can_hand_over(cast.manager, cast.owner)


def test_nobody_hands_themselves_over(cast):
    assert not can_hand_over(cast.manager, cast.manager)
    assert not can_hand_over(cast.director, cast.director)


@pytest.mark.parametrize(
    ("who", "may"), [("director", True), ("manager", False), ("other_manager", False), ("lead", False)]
)
def test_the_superior_confirms_a_substitute(cast, who, may):
    absence = Absence(user=cast.manager, substitute=cast.lead, kind=AbsenceKind.LEAVE)
    assert can_confirm_absence(getattr(cast, who), absence) is may


def test_nobody_confirms_the_own_appointment_as_substitute(cast):
    absence = Absence(user=cast.manager, substitute=cast.director, kind=AbsenceKind.LEAVE)
    assert not can_confirm_absence(cast.director, absence)


@pytest.mark.parametrize("state", ["draft", "pending", "done", "cancelled"])
@pytest.mark.parametrize("who", ["manager", "director", "owner", "gone"])
def test_a_handover_is_changed_by_who_prepares_it_while_it_is_a_draft(cast, who, state):
    handover = Handover(person=cast.owner, prepared_by=cast.manager, state=state)
    assert can_change_handover(getattr(cast, who), handover) is (who == "manager" and state == "draft")


def test_who_was_deactivated_changes_no_handover(cast):
    assert can_change_handover(cast.gone, Handover(person=cast.owner, prepared_by=cast.gone)) is False


@pytest.mark.parametrize(
    ("who", "may"),
    [("owner", True), ("manager", True), ("lead", False), ("same_team", False), ("director", False)],
)
def test_an_absence_is_cancelled_by_the_absent_person_or_their_superior(cast, who, may):
    absence = Absence(user=cast.owner, substitute=cast.same_team, kind=AbsenceKind.LEAVE)
    assert can_cancel_absence(getattr(cast, who), absence) is may


def test_who_left_cancels_nothing(cast):
    assert (
        can_cancel_absence(cast.gone, Absence(user=cast.gone, substitute=cast.owner, kind=AbsenceKind.LEAVE))
        is False
    )
