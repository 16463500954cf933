"""Undo on the week board: a move goes back, a line taken out comes back; what cannot go back says why and changes nothing."""

import json
from datetime import date, time

import pytest

from kam.audit.models import AuditEntry
from tests.factories.visits import MONDAY, make_approved_plan, make_line, make_plan, make_vehicle
from visits.bookings.models import Booking
from visits.plans import services

pytestmark = pytest.mark.usefixtures("thursday", "routes")

HTMX = {"HX-Request": "true"}


def post(client, line, act, **data):
    return client.post(f"/visits/week/lines/{line.pk}/{act}/", data, headers=HTMX)


def toast_of(answer):
    return json.loads(answer["HX-Trigger"])["kam:toast"]


def test_a_move_is_taken_back_to_its_hour_and_length(cast, client_of):
    line = make_line(make_plan(cast.owner), start=time(9), end=time(9, 45))
    client = client_of(cast.owner)

    told = toast_of(post(client, line, "move", day="2026-07-01", half_day="afternoon", version=1))
    line.refresh_from_db()
    moved_to = (line.day, line.start, line.end)
    answer = client.post(told["undo"])

    line.refresh_from_db()
    assert moved_to == (date(2026, 7, 1), time(13, 30), time(14, 15))
    assert told["text"] == f"{line.title}: Wed 13:30."
    assert (answer.status_code, line.day, line.start, line.end) == (302, MONDAY, time(9), time(9, 45))


def test_a_move_undone_too_late_is_a_conflict_and_changes_nothing(cast, client_of):
    line = make_line(make_plan(cast.owner))
    client = client_of(cast.owner)
    told = toast_of(post(client, line, "move", day="2026-07-01", version=1))
    post(client, line, "move", day="2026-07-02", version=2)

    answer = client.post(told["undo"])

    line.refresh_from_db()
    assert (answer.status_code, line.day, line.version) == (409, date(2026, 7, 2), 3)


def test_an_approved_move_is_undone_with_the_reason_that_was_given(cast, client_of):
    _plan, line = make_approved_plan(cast.owner, cast.manager, cast.director)
    client = client_of(cast.owner)
    told = toast_of(post(client, line, "move", day="2026-07-01", reason="asked", version=line.version))

    client.post(told["undo"])

    line.refresh_from_db()
    assert (line.day, line.moved_reason) == (MONDAY, "asked")


def test_a_vehicle_given_away_is_not_promised_back(cast, client_of):
    line = make_line(make_plan(cast.owner), vehicle=make_vehicle())
    answer = post(client_of(cast.owner), line, "move", day="2026-07-01", without_vehicle="1", version=1)
    assert (answer.status_code, "HX-Trigger" in answer) == (200, False)


def test_a_line_taken_out_of_a_draft_comes_back_with_its_time(cast, client_of):
    line = make_line(make_plan(cast.owner))
    client = client_of(cast.owner)
    told = toast_of(post(client, line, "cancel", version=1))
    assert (told["undo"], Booking.objects.count()) == (f"/visits/week/lines/{line.pk}/restore/", 0)

    answer = client.post(told["undo"])

    line.refresh_from_db()
    assert (answer.status_code, line.state, line.reason, Booking.objects.count()) == (302, "planned", "", 1)
    assert AuditEntry.objects.filter(act="visits.plan_line.restored").count() == 1


def test_a_line_whose_time_is_taken_meanwhile_stays_out(cast, client_of):
    plan = make_plan(cast.owner)
    line = make_line(plan)
    services.cancel_line(line, by=cast.owner)
    make_line(plan, start=time(9, 30), end=time(10))

    answer = post(client_of(cast.owner), line, "restore")

    line.refresh_from_db()
    assert (answer.status_code, line.state, Booking.objects.count()) == (422, "cancelled", 1)
    assert "is taken Mon 09:30–10:00" in answer.content.decode()


def test_what_was_approved_is_planned_anew(cast, client_of):
    _plan, line = make_approved_plan(cast.owner, cast.manager, cast.director)
    client = client_of(cast.owner)
    assert toast_of(post(client, line, "cancel", reason="closed"))["undo"] == ""

    answer = post(client, line, "restore")

    line.refresh_from_db()
    assert (answer.status_code, line.state, line.reason) == (422, "cancelled", "closed")
    assert "what was taken out is planned anew" in answer.content.decode()


def test_a_line_that_stands_is_not_restored(cast, client_of):
    line = make_line(make_plan(cast.owner))
    answer = post(client_of(cast.owner), line, "restore")
    line.refresh_from_db()
    assert (answer.status_code, line.version) == (422, 1)
