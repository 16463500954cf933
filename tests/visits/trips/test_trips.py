"""Business trips: rules, asking, approval by its route, days taken, report, handover, pages, list, sheet."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kam.approvals.models import Seat
from kam.approvals.selectors import pending_stage, request_for
from kam.approvals.services import reject, return_for_changes
from kam.core.errors import BusinessError, ConflictError
from kam.core.periods import Period, month_of
from kam.people.registry import all_holdings
from tests.factories.accounts import make_unit
from tests.factories.visits import approve_all, make_line, make_plan
from visits.bookings.models import Booking
from visits.quotas.rules import quota_state
from visits.quotas.selectors import quotas_of
from visits.quotas.terms import QuotaKey, QuotaState
from visits.trips.models import Trip
from visits.trips.registers import collect_trips, text_of_trips
from visits.trips.rules import Asked, days_within, report_problem, trip_problem
from visits.trips.selectors import trip_days
from visits.trips.services import (
    SUBJECT,
    ask_trip,
    cancel_trip,
    change_trip,
    hand_over_trip,
    report_trip,
    submit_trip,
)

#: A Thursday; the trip goes from Monday to Wednesday.
NOW = datetime(2026, 6, 25, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY, MONDAY = date(2026, 6, 25), date(2026, 6, 29)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


def values(**changes):
    told = {"starts_on": MONDAY, "ends_on": MONDAY + timedelta(days=2), "place": "长沙𠮷"}
    return told | {"purpose": "see the head office", "estimate_amount": Decimal(900)} | changes


def asked(user, units=(), **changes):
    return ask_trip(user, values(**changes), list(units))


def approved(cast, **changes):
    trip = submit_trip(asked(cast.owner, **changes), by=cast.owner)
    approve_all(SUBJECT, trip, cast.manager, cast.finance)
    trip.refresh_from_db()
    return trip


@pytest.mark.parametrize(
    ("first", "last", "purpose", "has_place", "estimate", "problem"),
    [
        (1, 0, "x", True, 0, ("ends_on", "order")),
        (0, 31, "x", True, 0, ("ends_on", "long")),
        (-1, 1, "x", True, 0, ("starts_on", "past")),
        (0, 1, " ", True, 0, ("purpose", "purpose")),
        (0, 1, "x", False, 0, ("place", "where")),
        (0, 1, "x", True, -1, ("estimate_amount", "amount")),
        (0, 30, "x", True, 0, None),
    ],
)
def test_what_cannot_be_asked_for(first, last, purpose, has_place, estimate, problem):
    days = (TODAY + timedelta(days=first), TODAY + timedelta(days=last))
    assert trip_problem(Asked(days, purpose, has_place, Decimal(estimate)), today=TODAY) == problem


@pytest.mark.parametrize(
    ("today", "result", "actual", "problem"),
    [
        (MONDAY - timedelta(days=1), "x", 0, ("result", "early")),
        (MONDAY, " ", 0, ("result", "result")),
        (MONDAY, "x", -1, ("actual_amount", "amount")),
        (MONDAY, "x", 0, None),
    ],
)
def test_what_a_report_lacks(today, result, actual, problem):
    assert report_problem(ends_on=MONDAY, today=today, result=result, actual=Decimal(actual)) == problem


def day_of(text):
    return date.fromisoformat(f"2026-{text}")


def test_the_worked_examples_of_days_are_true():
    text = (settings.BASE_DIR / "docs/domain/trips.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")][2:]
    assert len(rows) == 6
    for trips, until, days in rows:
        periods = [Period(*map(day_of, trip.split(".."))) for trip in trips.split()]
        assert days_within(periods, month_of(date(2026, 6, 1)), until=day_of(until.strip())) == int(days)


def test_t36_trip_days_14_of_15_fall_short_and_15_pass():
    assert [quota_state(days, 15) for days in (14, 15)] == [QuotaState.SHORT, QuotaState.OK]


def test_a_cheap_trip_goes_to_manager_and_finance_a_dear_one_to_the_director_too(cast):
    for estimate, route in (
        (1000, [cast.manager, cast.finance]),
        (1001, [cast.manager, cast.director, cast.finance]),
    ):
        day = MONDAY + timedelta(days=estimate - 990)
        changes = {"estimate_amount": Decimal(estimate), "starts_on": day, "ends_on": day}
        trip = submit_trip(asked(cast.owner, **changes), by=cast.owner)
        for person in route:
            stage = pending_stage(request_for(SUBJECT, trip))
            assert Seat.objects.filter(stage=stage, user=person).exists()
            approve_all(SUBJECT, trip, person)
        trip.refresh_from_db()
        assert trip.state == "approved"


def test_days_are_taken_when_it_is_submitted_and_given_back_when_it_is_refused(cast):
    trip = submit_trip(asked(cast.owner), by=cast.owner)
    (booking,) = Booking.objects.all()
    assert (booking.resource_id, booking.slot.upper - booking.slot.lower) == (
        cast.owner.pk,
        timedelta(days=3),
    )
    request = request_for(SUBJECT, trip)
    return_for_changes(request, by=cast.manager, version=request.version, reason="why three days?")
    trip.refresh_from_db()
    assert (trip.state, Booking.objects.count()) == ("returned", 0)
    trip = change_trip(trip, values(ends_on=MONDAY), [], by=cast.owner, version=trip.version)
    trip = submit_trip(trip, by=cast.owner)
    assert Booking.objects.count() == 1
    request = request_for(SUBJECT, trip)
    reject(request, by=cast.manager, version=request.version, reason="no")
    trip.refresh_from_db()
    assert (trip.state, Booking.objects.count()) == ("rejected", 0)


def test_visits_at_its_units_stay_and_others_refuse_the_trip(cast):
    here, there = make_unit(owner=cast.owner), make_unit(owner=cast.owner)
    plan = make_plan(cast.owner, MONDAY)
    make_line(plan, here)
    trip = submit_trip(asked(cast.owner, [here]), by=cast.owner)
    taken = Booking.objects.filter(source_kind="trip")
    assert taken.count() == 2
    assert sum((one.slot.upper - one.slot.lower for one in taken), timedelta()) == timedelta(
        hours=70, minutes=30
    )
    cancelled = request_for(SUBJECT, trip)
    reject(cancelled, by=cast.manager, version=cancelled.version, reason="no")
    other = asked(cast.owner, [there])
    with pytest.raises(ConflictError):
        submit_trip(other, by=cast.owner)
    other.refresh_from_db()
    assert (other.state, taken.all().count()) == ("draft", 0)


def test_two_trips_never_share_a_day(cast):
    submit_trip(asked(cast.owner), by=cast.owner)
    second = asked(cast.owner, starts_on=MONDAY + timedelta(days=2))
    with pytest.raises(ConflictError):
        submit_trip(second, by=cast.owner)
    with pytest.raises(IntegrityError, match="trip_one_at_a_time"), transaction.atomic():
        Trip.objects.filter(pk=second.pk).update(state="approved")
    second.refresh_from_db()
    assert second.state == "draft"


def test_a_trip_is_cancelled_before_it_begins_and_not_later(cast, clock):
    trip = approved(cast)
    with pytest.raises(BusinessError) as refused:
        cancel_trip(trip, " ", by=cast.owner)
    assert refused.value.field == "reason"
    cancel_trip(trip, "the customer is ill", by=cast.owner)
    assert not Booking.objects.exists()
    trip = approved(cast)
    clock.shift(4 * 86400)
    with pytest.raises(BusinessError, match="begun"):
        cancel_trip(trip, "late", by=cast.owner)
    trip.refresh_from_db()
    assert trip.state == "approved"


def test_the_report_is_due_after_the_return_and_written_once(cast, clock):
    trip = approved(cast)
    with pytest.raises(BusinessError, match="not over"):
        report_trip(trip, "seen", Decimal(800), by=cast.owner)
    clock.shift(6 * 86400)
    day = date(2026, 7, 1)
    told = collect_trips([cast.owner, cast.manager], day)
    assert "the report is due" in text_of_trips(told[cast.owner.pk])
    assert list(told) == [cast.owner.pk]
    report_trip(trip, "seen", Decimal(800), by=cast.owner)
    assert collect_trips([cast.owner], day) == {}
    with pytest.raises(BusinessError):
        report_trip(trip, "again", Decimal(1), by=cast.owner)
    trip.refresh_from_db()
    assert (trip.state, trip.actual_amount, trip.reported_on) == ("reported", Decimal(800), day)
    assert trip_days([cast.owner.pk], date(2026, 6, 1), date(2026, 6, 30)) == {cast.owner.pk: 2}
    rings = {quota.key: quota for quota in quotas_of([cast.owner], date(2026, 6, 30))[cast.owner.pk]}
    assert (rings[QuotaKey.TRIP_DAYS_A_MONTH].done, rings[QuotaKey.TRIP_DAYS_A_MONTH].owed) == (2, 15)


def test_at_a_handover_what_lies_ahead_is_asked_anew_and_what_was_travelled_is_reported(cast, clock):
    (holding,) = [one for one in all_holdings() if one.key == "visits.trips"]
    trip = submit_trip(asked(cast.owner), by=cast.owner)
    (row,) = holding.of(cast.owner)
    holding.move([row.id], cast.owner, cast.same_team, cast.manager)
    trip.refresh_from_db()
    assert (trip.state, Booking.objects.count()) == ("withdrawn", 0)
    copy = Trip.objects.get(user=cast.same_team)
    assert (copy.state, copy.purpose) == ("draft", trip.purpose)
    done = approved(cast)
    clock.shift(6 * 86400)
    hand_over_trip(done, to=cast.same_team, by=cast.manager)
    assert holding.of(cast.owner) == []
    done.refresh_from_db()
    assert (done.user, done.reporter) == (cast.owner, cast.same_team)
    report_trip(done, "seen", Decimal(1), by=cast.same_team)


def body(**changes):
    return {name: str(value) for name, value in values(**changes).items()}


def test_a_trip_goes_its_way_in_the_browser(cast, client_of, clock):
    unit = make_unit("泉州商会", owner=cast.owner)
    client = client_of(cast.owner)
    address = client.post("/visits/trips/new/", body() | {"units": [unit.pk]}).headers["Location"]
    assert (
        client.post(
            f"{address}edit/", body(estimate_amount=950, version=1) | {"units": [unit.pk]}
        ).status_code
        == 302
    )
    assert client.post(f"{address}edit/", body(version=1)).status_code == 409
    assert client.post(f"{address}submit/", {"version": 2}).status_code == 302
    trip = Trip.objects.get()
    card = client_of(cast.manager).get(f"/approvals/{request_for(SUBJECT, trip).pk}/").content.decode()
    for text in ("泉州商会", "950", "see the head office"):
        assert text in card
    approve_all(SUBJECT, trip, cast.manager, cast.finance)
    assert "泉州商会" in client.get("/").content.decode()
    clock.shift(6 * 86400)
    client = client_of(cast.owner)  # a week later everybody signs in again
    trip.refresh_from_db()
    sent = {"version": trip.version, "result": "signed in July", "actual_amount": "912.40"}
    assert client.post(f"{address}report/", sent | {"actual_amount": "-1"}).status_code == 422
    assert client.post(f"{address}report/", sent).status_code == 302
    page = client.get(address).content.decode()
    for text in ("signed in July", "912.40", "Reported", "长沙𠮷"):
        assert text in page
    sheet = client.get(f"{address}sheet.pdf?language=en").content
    pages = "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(sheet))
    for text in (
        "长沙𠮷",
        "泉州商会",
        "see the head office",
        "signed in July",
        "912.40",
        "950.00",
        "2026-06-29",
    ):
        assert text in pages
    assert "泉州商会" in b"".join(client.get("/visits/trips/?export=csv")).decode()


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"ends_on": TODAY}, "before the first"),
        ({"place": ""}, "Name a unit or the place."),
        ({"starts_on": "2026-06-01"}, "before it begins"),
        ({"estimate_amount": "-1"}, "greater than or equal to 0"),
        ({"units": "999999"}, "not one of the available choices"),
    ],
)
def test_bad_input_is_told_at_its_field_and_writes_nothing(cast, client_of, changes, text):
    answer = client_of(cast.owner).post("/visits/trips/new/", body() | changes)
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert not Trip.objects.exists()


def test_a_unit_of_somebody_else_is_refused(cast):
    with pytest.raises(BusinessError, match="not one of yours"):
        asked(cast.owner, [make_unit(owner=cast.other_team)])
    assert not Trip.objects.exists()


def test_the_list_shows_the_own_scope_and_filters(cast, client_of, clock):
    approved(cast)
    asked(cast.other_team, place="Far Away")
    mine = client_of(cast.owner).get("/visits/trips/").content.decode()
    assert "长沙𠮷" in mine
    assert "Far Away" not in mine
    assert "Far Away" in client_of(cast.director).get("/visits/trips/").content.decode()
    assert "长沙𠮷" not in client_of(cast.owner).get("/visits/trips/?report=true").content.decode()
    clock.shift(6 * 86400)
    assert "长沙𠮷" in client_of(cast.owner).get("/visits/trips/?report=true").content.decode()
    assert "长沙𠮷" not in client_of(cast.owner).get("/visits/trips/?q=Beijing").content.decode()


def test_the_list_costs_the_same_for_many_trips(cast, client_of):
    client = client_of(cast.owner)
    unit = make_unit(owner=cast.owner)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            client.get("/visits/trips/")
        return len(queries)

    asked(cast.owner, [unit])
    ask()
    few = ask()
    for n in range(8):
        asked(
            cast.owner,
            [unit],
            starts_on=MONDAY + timedelta(days=7 * n),
            ends_on=MONDAY + timedelta(days=7 * n),
        )
    assert ask() == few
