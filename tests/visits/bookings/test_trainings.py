"""A training takes people's time: nobody is in two places, and the refusal says who, until when, and when all are free."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from accounts.knowledge.models import Training, TrainingPlace
from accounts.knowledge.services_learning import add_participants, plan_training
from kam.core.errors import BusinessError
from kam.notes.terms import SourceKey
from tests.factories.visits import MONDAY
from visits.bookings.models import Booking
from visits.bookings.services import book
from visits.bookings.terms import ResourceKind

pytestmark = pytest.mark.django_db
#: Nine o'clock in the department is one o'clock here.
NINE, HOUR = datetime.combine(MONDAY, time(1), UTC), timedelta(hours=1)


@pytest.fixture(autouse=True)
def _sunday():
    with time_machine.travel(NINE - timedelta(days=1), tick=False):
        yield


def hold(cast, people, *, on=MONDAY, starts=9, title="VIP大客户培训"):
    values = {
        "title": title,
        "category": "professional",
        "on": on,
        "starts_at": time(starts),
        "ends_at": time(starts + 2),
        "trainer": "Wang",
    }
    return plan_training(values, people, by=cast.manager)


def booked():
    rows = Booking.objects.filter(source_kind="accounts.training").order_by("resource_label")
    return {(row.resource_id, row.label, row.slot.lower, row.slot.upper) for row in rows}


def test_who_takes_part_is_booked_and_who_joins_later_too(cast):
    session = hold(cast, [cast.owner])
    mine = (cast.owner.pk, "VIP大客户培训", NINE, NINE + 2 * HOUR)
    assert booked() == {mine}
    add_participants(session, [cast.same_team, cast.owner], by=cast.manager)
    assert booked() == {mine, (cast.same_team.pk, *mine[1:])}


def test_a_clash_refuses_the_whole_and_names_who_is_where(cast):
    visit = SourceKey.of("test", 1)
    book(ResourceKind.PERSON, cast.same_team.pk, NINE + HOUR, NINE + 3 * HOUR, label="泉州商会", source=visit)
    with pytest.raises(BusinessError) as refused:
        hold(cast, [cast.owner, cast.same_team])
    said = str(refused.value)
    assert (refused.value.code, refused.value.field) == ("clash", "people")
    assert (cast.same_team.name in said, "10:00–12:00: 泉州商会" in said, "Free: " in said) == (
        True,
        True,
        True,
    )
    assert (Training.objects.count(), TrainingPlace.objects.count(), booked()) == (0, 0, set())
    session = hold(cast, [cast.owner])
    with pytest.raises(BusinessError):
        add_participants(session, [cast.same_team], by=cast.manager)
    assert (session.places.get().user, len(booked())) == (cast.owner, 1)
    with pytest.raises(BusinessError):
        hold(cast, [cast.owner], starts=10, title="另一场")
    assert hold(cast, [cast.owner], starts=11, title="另一场").places.count() == 1


def test_what_is_over_books_nobody(cast):
    session = hold(cast, [cast.owner], on=MONDAY - timedelta(days=7))
    assert (session.places.count(), booked()) == (1, set())


def test_the_form_says_the_clash_beside_the_people(cast, client_of):
    visit = SourceKey.of("test", 1)
    book(ResourceKind.PERSON, cast.owner.pk, NINE, NINE + HOUR, label="泉州商会", source=visit)
    body = {
        "title": "新规", "category": "professional", "on": MONDAY.isoformat(), "starts_at": "09:00",
        "ends_at": "11:00", "trainer": "Wang", "people": [str(cast.owner.pk)],
    }  # fmt: skip
    answer = client_of(cast.manager).post("/trainings/new/", body)
    assert (answer.status_code, "09:00–10:00: 泉州商会" in answer.content.decode()) == (422, True)
    assert Training.objects.count() == 0
