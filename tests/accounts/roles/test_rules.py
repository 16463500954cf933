"""Points of the four seats: each loss is told, and the parts add up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.persons.terms import Attitude, Confidence
from accounts.roles.rules import FULL_SCORE, SEAT_POINTS, Holder, coverage
from accounts.roles.terms import Loss, Seat, seat_of

TODAY = date(2026, 6, 23)


def holder(number=1, *, confidence=Confidence.CONFIRMED, attitude=Attitude.SUPPORTS, seen=1, influence=None):
    seen_on = None if seen is None else TODAY - timedelta(days=seen)
    return Holder(number, f"P{number}", confidence, attitude, seen_on, influence=influence)


def scored(**seats):
    held = {Seat(name): people for name, people in seats.items()}
    return coverage(held, today=TODAY, seen_within_days=60)


def test_a_unit_nobody_knows_has_nothing_and_one_fully_covered_has_all():
    everybody = {seat.value: [holder(n)] for n, seat in enumerate(Seat)}
    assert scored().score == 0
    assert scored(**everybody).score == FULL_SCORE == 100
    assert scored().empty == tuple(Seat)


@pytest.mark.parametrize(
    ("person", "points", "losses"),
    [
        (holder(), 25, []),
        (holder(attitude=Attitude.NEUTRAL), 22, [Loss.NEUTRAL]),
        (holder(attitude=Attitude.UNKNOWN), 21, [Loss.ATTITUDE_UNKNOWN]),
        (holder(attitude=Attitude.OPPOSES), 19, [Loss.OPPOSES]),
        (holder(seen=60), 25, []),
        (holder(seen=61), 17, [Loss.SILENT]),
        (holder(seen=None), 15, [Loss.NEVER_SEEN]),
        (holder(confidence=Confidence.ASSUMED), 20, [Loss.ASSUMED]),
        (
            holder(confidence=Confidence.ASSUMED, seen=None, attitude=Attitude.OPPOSES),
            4,
            [Loss.ASSUMED, Loss.NEVER_SEEN, Loss.OPPOSES],
        ),
    ],
)
def test_each_loss_is_told(person, points, losses):
    seat = scored(user=[person]).seats[3]
    assert (seat.points, [lost.loss for lost in seat.lost]) == (points, losses)


def test_silence_tells_its_days():
    (lost,) = scored(user=[holder(seen=75)]).seats[3].lost
    assert lost.days == 75


def test_of_several_holders_the_best_counts():
    seat = scored(user=[holder(1, seen=None), holder(2, influence=2), holder(3, influence=4)]).seats[3]
    assert (seat.holder.person_id, [other.person_id for other in seat.others]) == (3, [2, 1])


PEOPLE = st.builds(
    holder,
    st.integers(1, 50),
    confidence=st.sampled_from(list(Confidence)),
    attitude=st.sampled_from(list(Attitude)),
    seen=st.none() | st.integers(0, 400),
    influence=st.none() | st.integers(1, 5),
)


@given(st.dictionaries(st.sampled_from([s.value for s in Seat]), st.lists(PEOPLE, max_size=4)))
def test_the_parts_add_up_to_the_total(seats):
    result = scored(**seats)
    assert result.score == sum(seat.points for seat in result.seats)
    assert FULL_SCORE - result.score == sum(lost.points for seat in result.seats for lost in seat.lost)
    assert all(0 <= seat.points <= SEAT_POINTS for seat in result.seats)
    assert len(result.seats) == 4


@given(st.lists(PEOPLE, min_size=1, max_size=4), PEOPLE)
def test_one_more_person_never_lowers_a_seat(people, another):
    assert scored(user=[*people, another]).score >= scored(user=people).score


def test_every_role_has_a_seat():
    assert seat_of("gatekeeper", "financial") is Seat.FINANCIAL
    assert seat_of("gatekeeper", "technical") is Seat.TECHNICAL
    assert seat_of("decision_maker", "") is Seat.DECISION_MAKER
    assert seat_of("user", "") is Seat.USER


def test_who_opposes_is_counted():
    against = holder(attitude=Attitude.OPPOSES)
    assert scored(user=[against]).opposing == 1
    assert scored(user=[holder()]).opposing == 0
