"""A unit that is merged into somebody else's takes its visits and appointments along to whom it belongs from then on, and back."""

from datetime import time, timedelta

import pytest

from accounts.merge import services
from accounts.units.models import KeyAccount
from kam.outbox.models import Notice
from tests.factories.accounts import make_unit
from tests.factories.visits import approve_all, make_appointment, make_line, make_plan
from visits.appointments.services import plan_appointment
from visits.bookings.models import Booking
from visits.plans.models import PlanLine
from visits.plans.services import open_week, postpone_line

pytestmark = pytest.mark.usefixtures("thursday", "routes")


@pytest.fixture
def pair(cast):
    return make_unit("泉州商会", owner=cast.same_team), make_unit("泉州总商会", owner=cast.owner)


def merge(cast, survivor, loser):
    made = services.propose_merge(survivor, loser, choices={}, reason="同一家", by=cast.owner, confirmed=True)
    approve_all(services.SUBJECT, made, cast.manager, cast.director)
    made.refresh_from_db()
    return made


def planned(user):
    rows = PlanLine.objects.filter(plan__user=user, state="planned").order_by("pk")
    return list(rows.values_list("unit__name", flat=True))


def test_what_hung_on_the_merged_file_goes_to_the_survivor_s_owner(cast, pair):
    survivor, loser = pair
    make_line(make_plan(cast.owner), loser)
    row = make_appointment(loser, cast.owner)
    assert merge(cast, survivor, loser).state == "merged"
    row.refresh_from_db()
    assert (planned(cast.owner), planned(cast.same_team)) == ([], ["泉州商会"])
    assert (row.user, row.unit, row.state) == (cast.same_team, survivor, "booked")
    assert set(Booking.objects.values_list("resource_id", flat=True)) == {cast.same_team.pk}
    told = {notice.to: notice.text for notice in Notice.objects.filter(kind="accounts.owner")}
    assert told == {
        cast.owner: "泉州商会 belongs to Same-Team now. No longer with you: 1 appointment, 1 planned visit.",
        cast.same_team: "泉州商会 is yours now. With you are: 1 appointment, 1 planned visit.",
    }


def test_files_of_one_owner_move_nothing(cast, pair):
    survivor, loser = pair
    KeyAccount.objects.filter(pk=survivor.pk).update(owner=cast.owner)
    survivor.refresh_from_db()
    make_line(make_plan(cast.owner), loser)
    row = make_appointment(loser, cast.owner)
    merge(cast, survivor, loser)
    row.refresh_from_db()
    assert (planned(cast.owner), row.user) == (["泉州商会"], cast.owner)
    assert not Notice.objects.filter(kind="accounts.owner").exists()


def test_taken_back_the_appointment_goes_back_with_its_file(cast, pair):
    survivor, loser = pair
    row = make_appointment(loser, cast.owner)
    plan_appointment(row, by=cast.owner)
    other = make_appointment(survivor, cast.same_team, starts_at=row.starts_at.replace(hour=14))
    made = merge(cast, survivor, loser)
    services.undo_merge(made, by=cast.manager, reason="two after all")
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.user, row.unit, row.state) == (cast.owner, loser, "booked")
    assert (other.user, other.unit) == (cast.same_team, survivor)
    assert sorted(Booking.objects.values_list("resource_id", flat=True)) == sorted(
        [cast.owner.pk, cast.same_team.pk]
    )


@pytest.mark.parametrize("put_off", [False, True])
def test_taken_back_the_planned_visits_go_back_with_their_file(cast, pair, put_off):
    """Where nothing was changed the line itself stands again; what the survivor's owner planned of their own stays."""
    survivor, loser = pair
    line = make_line(make_plan(cast.owner), loser)
    own = make_line(make_plan(cast.same_team), survivor, start=time(14), end=time(15))
    made = merge(cast, survivor, loser)
    assert (planned(cast.owner), planned(cast.same_team)) == ([], ["泉州商会", "泉州商会"])
    if put_off:
        new = PlanLine.objects.get(moved_from_line=line)
        day = new.day + timedelta(days=7)
        week = open_week(cast.same_team, year=day.year, week=day.isocalendar().week, by=cast.same_team)
        postpone_line(new, to=week, day=day, reason="Not there", by=cast.same_team)
    services.undo_merge(made, by=cast.manager, reason="two after all")
    assert (planned(cast.owner), planned(cast.same_team)) == (["泉州总商会"], ["泉州商会"])
    line.refresh_from_db()
    own.refresh_from_db()
    assert (line.state, own.state, own.unit) == ("cancelled" if put_off else "planned", "planned", survivor)
    assert set(Booking.objects.values_list("resource_id", flat=True)) == {cast.owner.pk, cast.same_team.pk}
    assert not PlanLine.objects.filter(state="planned", unit=survivor).exclude(pk=own.pk).exists()


def test_taken_back_the_line_of_an_appointment_is_its_own_unit_s_again(cast, pair):
    survivor, loser = pair
    row = make_appointment(loser, cast.owner)
    plan_appointment(row, by=cast.owner)
    made = merge(cast, survivor, loser)
    services.undo_merge(made, by=cast.manager, reason="two after all")
    row.refresh_from_db()
    assert (row.unit, row.plan_line.unit, row.plan_line.plan.user) == (loser, loser, cast.owner)
