import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections

from kam.core.clock import department_zone
from kam.core.errors import BusinessError, ConflictError
from kam.notes.terms import SourceKey
from tests.factories.kam import make_user
from tests.factories.visits import make_vehicle
from visits.bookings import selectors
from visits.bookings.models import Booking
from visits.bookings.rules import Slot
from visits.bookings.services import ClashError, book, clash_sentence, release, take
from visits.bookings.terms import ResourceKind

NINE = datetime(2026, 6, 29, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def key(number: int) -> SourceKey:
    return SourceKey.of("test", number)


@pytest.mark.django_db
def test_the_same_hour_is_refused_by_the_database_and_nothing_changes():
    van = make_vehicle()
    book(ResourceKind.VEHICLE, van.pk, NINE, NINE + HOUR, label="first", source=key(1))

    with pytest.raises(ConflictError) as refusal:
        book(
            ResourceKind.VEHICLE,
            van.pk,
            NINE + HOUR / 2,
            NINE + 2 * HOUR,
            label="second",
            source=key(2),
        )

    assert refusal.value.code == "slot_taken"
    assert refusal.value.status == 409
    assert list(Booking.objects.values_list("label", flat=True)) == ["first"]


@pytest.mark.django_db
def test_touching_hours_other_vans_and_released_hours_are_free():
    van, other = make_vehicle(), make_vehicle("湘B K2187")
    book(ResourceKind.VEHICLE, van.pk, NINE, NINE + HOUR, label="first", source=key(1))
    book(ResourceKind.VEHICLE, van.pk, NINE + HOUR, NINE + 2 * HOUR, label="next hour", source=key(2))
    book(ResourceKind.VEHICLE, other.pk, NINE, NINE + HOUR, label="other van", source=key(3))

    assert release(key(1)) == 1
    book(ResourceKind.VEHICLE, van.pk, NINE, NINE + HOUR, label="again", source=key(4))

    assert Booking.objects.count() == 3


@pytest.mark.django_db
def test_free_time_is_looked_for_only_where_something_is_in_the_way():
    van = make_vehicle()
    wanted = [selectors.Wanted(ResourceKind.VEHICLE, van.pk, van.name)]
    asked = []

    def windows():
        asked.append(True)
        return [Slot(NINE, NINE + 4 * HOUR)]

    def reserve(number):
        return take(wanted, Slot(NINE, NINE + HOUR), labels=["trip"], source=key(number), windows=windows)

    assert [booking.label for booking in reserve(1)] == ["trip"]
    assert asked == []
    with pytest.raises(ClashError) as refusal:
        reserve(2)
    assert refusal.value.free[0] == Slot(NINE + HOUR, NINE + 2 * HOUR)
    assert (len(asked), Booking.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_what_is_out_of_use_and_who_left_cannot_be_booked():
    van = make_vehicle()
    van.is_active = False
    van.save()
    gone = make_user("gone", is_active=False)

    for kind, number in ((ResourceKind.VEHICLE, van.pk), (ResourceKind.PERSON, gone.pk)):
        with pytest.raises(BusinessError) as refusal:
            book(kind, number, NINE, NINE + HOUR, label="x", source=key(1))
        assert refusal.value.code == "not_bookable"
    assert not Booking.objects.exists()


@pytest.mark.django_db
def test_clashes_name_who_has_it():
    van = make_vehicle()
    book(ResourceKind.VEHICLE, van.pk, NINE, NINE + HOUR, label="芦淞大市场", source=key(1))
    wanted = [selectors.Wanted(ResourceKind.VEHICLE, van.pk, van.name)]

    found = selectors.clashes_with(wanted, NINE, NINE + HOUR, except_source=None)
    own = selectors.clashes_with(wanted, NINE, NINE + HOUR, except_source=("test", 1))

    assert [(b.resource_label, b.label) for b in found] == [("湘B K2186", "芦淞大市场")]
    assert own == []


@pytest.mark.django_db
def test_what_is_away_for_days_is_named_with_its_days():
    van = make_vehicle()
    midnight = datetime(2030, 5, 31, tzinfo=department_zone())
    book(ResourceKind.VEHICLE, van.pk, midnight, midnight + 3 * 24 * HOUR, label="借出", source=key(1))

    assert clash_sentence(Booking.objects.get()) == "湘B K2186 is taken 31 May 2030 – 2 Jun 2030: 借出."


def _book_twice_at_once(van_id: int) -> list[str]:
    """Two real connections book the same hour behind a barrier; return what each got."""
    barrier, results = threading.Barrier(2), []

    def one(number: int) -> None:
        try:
            barrier.wait(5)
            book(ResourceKind.VEHICLE, van_id, NINE, NINE + HOUR, label=str(number), source=key(number))
            results.append("booked")
        except ConflictError:
            results.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(n,)) for n in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    return sorted(results)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_bookings_of_one_hour_end_in_one():
    van = make_vehicle()

    assert _book_twice_at_once(van.pk) == ["booked", "refused"]
    assert Booking.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_constraint_the_race_would_book_twice():
    """The negative control: with the constraint taken away the test above would fail."""
    van = make_vehicle()
    with connection.cursor() as cursor:
        cursor.execute("alter table visits_booking drop constraint booking_one_at_a_time")
    try:
        assert _book_twice_at_once(van.pk) == ["booked", "booked"]
    finally:
        Booking.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "alter table visits_booking add constraint booking_one_at_a_time"
                " exclude using gist (kind with =, resource_id with =, slot with &&)"
            )
