"""Vehicles and rooms: the clerk keeps and lends them, whoever plans reads who has them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kam.audit.models import AuditEntry
from kam.core.clock import department_zone
from tests.factories.visits import MONDAY, NOW, make_line, make_plan, make_vehicle
from visits.bookings.models import Booking, Resource
from visits.bookings.rules import Slot, halves_of
from visits.bookings.services import lend
from visits.bookings.terms import ResourceKind

PAGE = "/visits/resources/"
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(NOW, tick=False):
        yield


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


def asked(van, person, **changed):
    told = {"resource": van.pk, "whom": person.pk, "day": MONDAY.isoformat(), "remark": ""}
    return told | {"start": "09:00", "end": "11:00"} | changed


@pytest.mark.parametrize(
    ("start", "end", "halves"),
    [
        (at(MONDAY, 9), at(MONDAY, 12), [(0, True)]),
        (at(MONDAY, 12), at(MONDAY, 12, 30), [(0, False)]),
        (at(MONDAY, 11, 30), at(MONDAY, 12, 30), [(0, True), (0, False)]),
        (at(MONDAY, 14), at(MONDAY + timedelta(days=1), 0), [(0, False)]),
        (at(MONDAY, 14), at(MONDAY + timedelta(days=1), 9), [(0, False), (1, True)]),
        (
            at(MONDAY, 9),
            at(MONDAY + timedelta(days=2), 9),
            [(0, True), (0, False), (1, True), (1, False), (2, True)],
        ),
    ],
)
def test_a_booking_stands_in_each_half_day_it_touches(start, end, halves):
    told = [((day - MONDAY).days, morning) for day, morning in halves_of(Slot(start, end), ZONE)]
    assert told == halves


@pytest.mark.django_db
def test_the_clerk_adds_edits_retires_and_takes_back(cast, client_of):
    clerk = client_of(cast.clerk)
    clerk.post(f"{PAGE}new/", {"kind": "room", "name": "会议室", "remark": "20 人"})
    room = Resource.objects.get()
    clerk.post(f"{PAGE}{room.pk}/", {"name": "大会议室", "remark": "20 人", "version": room.version})
    room.refresh_from_db()
    assert (room.name, room.version) == ("大会议室", 2)
    answer = clerk.post(f"{PAGE}{room.pk}/usable/", follow=True)
    assert f"{PAGE}{room.pk}/usable/?to=usable" in answer.content.decode()
    room.refresh_from_db()
    assert not room.is_active
    clerk.post(f"{PAGE}{room.pk}/usable/?to=usable")
    room.refresh_from_db()
    assert room.is_active
    acts = list(AuditEntry.objects.order_by("id").values_list("act", flat=True))
    assert [act for act in acts if act.startswith("visits.resource")] == [
        "visits.resource.added",
        "visits.resource.edited",
        "visits.resource.usable",
        "visits.resource.usable",
    ]


@pytest.mark.django_db
def test_a_name_is_given_once_and_a_stale_page_is_told_so(cast, client_of):
    clerk, van, other = client_of(cast.clerk), make_vehicle(), make_vehicle("湘B 60917")
    for address, body in (
        (f"{PAGE}new/", {"kind": "vehicle", "name": van.name}),
        (f"{PAGE}{other.pk}/", {"name": van.name, "version": 1}),
    ):
        answer = clerk.post(address, body)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])
    clerk.post(f"{PAGE}{van.pk}/", {"name": "湘B 1", "version": 1})
    answer = clerk.post(f"{PAGE}{van.pk}/", {"name": "湘B 2", "version": 1})
    assert answer.status_code == 409
    assert "湘B 1" in answer.content.decode()
    assert sorted(Resource.objects.values_list("name", flat=True)) == ["湘B 1", "湘B 60917"]


@pytest.mark.django_db
def test_a_clash_is_refused_at_the_field_with_the_next_free_times(cast, client_of):
    clerk, van = client_of(cast.clerk), make_vehicle()
    assert clerk.post(f"{PAGE}book/", asked(van, cast.owner)).status_code == 302
    answer = clerk.post(f"{PAGE}book/", asked(van, cast.lead, start="10:00", end="12:00"))
    assert answer.status_code == 422
    words = answer.context["form"].errors["start"][0]
    assert cast.owner.name in words
    assert "Free:" in words
    booking = Booking.objects.get()
    assert (booking.slot.lower, booking.slot.upper) == (at(MONDAY, 9), at(MONDAY, 11))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"end": "09:00"}, "end"),
        ({"day": "2026-06-24"}, "day"),
        ({"whom": 0}, "whom"),
        ({"resource": 0}, "resource"),
        ({"start": "x"}, "start"),
    ],
)
def test_what_makes_no_booking_is_told_at_its_field(cast, client_of, changed, field):
    answer = client_of(cast.clerk).post(f"{PAGE}book/", asked(make_vehicle(), cast.owner, **changed))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Booking.objects.count() == 0


@pytest.mark.django_db
def test_what_is_retired_is_not_lent_but_keeps_its_bookings(cast, client_of):
    clerk, van = client_of(cast.clerk), make_vehicle()
    clerk.post(f"{PAGE}book/", asked(van, cast.owner))
    told = clerk.post(f"{PAGE}{van.pk}/usable/", follow=True).content.decode()
    assert "1 booking to come stays." in told
    answer = clerk.post(f"{PAGE}book/", asked(van, cast.owner, start="14:00", end="15:00"))
    assert list(answer.context["form"].errors) == ["resource"]
    assert Booking.objects.count() == 1
    assert van.name in clerk.get(f"{PAGE}?day={MONDAY}").content.decode()
    assert (
        van.name not in client_of(cast.owner).get(f"{PAGE}?day={MONDAY + timedelta(days=7)}").content.decode()
    )


@pytest.mark.django_db
def test_the_clerk_frees_what_was_booked_at_the_desk_and_nothing_of_a_plan(cast, client_of):
    clerk, van = client_of(cast.clerk), make_vehicle()
    make_line(make_plan(cast.owner), vehicle=van)
    planned = Booking.objects.get(kind=ResourceKind.VEHICLE)
    assert clerk.post(f"{PAGE}bookings/{planned.pk}/back/").status_code == 404
    slot = Slot(at(MONDAY, 14), at(MONDAY, 16))
    booking = lend(van, slot, to=cast.lead, by=cast.clerk, remark="机场")
    assert booking.label == f"{cast.lead.name} · 机场"
    assert clerk.post(f"{PAGE}bookings/{booking.pk}/back/").status_code == 302
    assert clerk.post(f"{PAGE}bookings/{booking.pk}/back/").status_code == 404
    assert list(Booking.objects.of(ResourceKind.VEHICLE, van.pk)) == [planned]
    assert AuditEntry.objects.filter(act="visits.booking.given_back").count() == 1


@pytest.mark.django_db
def test_the_week_says_who_has_what_but_not_whom_they_visit(cast, client_of, django_assert_max_num_queries):
    van = make_vehicle()
    make_line(make_plan(cast.owner), vehicle=van)
    reader = client_of(cast.other_team)
    reader.get(PAGE)
    with django_assert_max_num_queries(20):
        page = reader.get(f"{PAGE}?day={MONDAY}").content.decode()
    assert "09:00–10:30" in page
    assert cast.owner.name in page
    assert Booking.objects.get(kind=ResourceKind.PERSON).label not in page
    assert f"{PAGE}book/" not in page
    for number in range(4):
        lend(make_vehicle(f"湘B {number}"), Slot(at(MONDAY, 9), at(MONDAY, 11)), to=cast.lead, by=cast.clerk)
    with django_assert_max_num_queries(20):
        reader.get(f"{PAGE}?day={MONDAY}")


@pytest.mark.django_db
def test_the_clerk_finds_the_page_in_the_menu(cast, client_of):
    assert f'href="{PAGE}"' in client_of(cast.clerk).get("/").content.decode()
    assert f'href="{PAGE}"' not in client_of(cast.owner).get("/").content.decode()
    assert department_zone() == ZONE
