"""What several sections need is read once: a department of ten and of a thousand, everybody with a full day."""

import logging
from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from accounts.contacts.models import Contact
from accounts.persons.models import Person
from kam.core.bulk import copy_rows, next_numbers
from kam.core.once import reading
from kam.today.absences import absent_on
from kam.today.asks import Tally, Wanted, read_together
from kam.today.blocks import collect, draw, prepare
from kam.today.pages import today_page
from kam.today.services import make
from kam.today.terms import Exit, Slot
from kam.users.models import Membership, Team, User
from kam.users.terms import Position
from tests.factories.accounts import make_unit
from visits.plans.models import PlanLine, WeekPlan
from visits.preparation.selectors import PLANNED
from visits.visits.models import Visit

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 6, 23)
EIGHT = datetime(2026, 6, 23, 0, 0, tzinfo=UTC)
_CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def department(size):
    """Return people of teams of ten, each with a planned visit, a held visit, a call and a unit of class A."""
    director = User.objects.create(
        staff_number="d0",
        name="Director",
        email="d0@kam.example",
        position=Position.DIRECTOR,
        joined_on=date(2020, 1, 1),
    )
    people = User.objects.bulk_create(
        User(
            staff_number=f"p{n}",
            name=f"Person {n}",
            email=f"p{n}@kam.example",
            position=Position.SPECIALIST if n % 10 else Position.MANAGER,
            joined_on=date(2020, 1, 1),
            password="!",
        )
        for n in range(size - 1)
    )
    unit = make_unit(owner=people[-1], tier="A", is_focus=True)
    person = Person.objects.create(unit=unit, name="许志远", post="会长", birthday=TUESDAY, added_on=TUESDAY)
    for first in range(0, len(people), 10):
        team = Team.objects.create(name=f"Team {first:04}", manager=people[first])
        Membership.objects.bulk_create(
            Membership(user=user, team=team, started_on=date(2020, 1, 1))
            for user in people[first : first + 10]
        )
    _full_day(people, unit, person)
    return [director, *people]


def _full_day(people, unit, person):
    plans = WeekPlan.objects.bulk_create(WeekPlan(user=user, year=2026, week=26) for user in people)
    pks = next_numbers(PlanLine, len(plans))
    hours = {"day": TUESDAY, "start": time(9), "end": time(10)}
    starts = {"starts_at": EIGHT, "ends_at": EIGHT}
    lines = [
        PlanLine(pk=pk, plan=plan, unit=unit, purpose="Confirm", **hours, **_known(PlanLine, starts))
        for pk, plan in zip(pks, plans, strict=True)
    ]
    PlanLine.objects.bulk_create(lines)
    through = PlanLine.persons.through
    through.objects.bulk_create(through(planline_id=pk, person_id=person.pk) for pk in pks)
    copy_rows(
        [Contact(unit=unit, on=TUESDAY, channel="call", called=True, outcome="x", by=user) for user in people]
    )
    Visit.objects.bulk_create(
        Visit(
            unit=unit, user=user, on=TUESDAY, kind="first", outcome="progress", entered_at=EIGHT,
            business_date=TUESDAY, summary="Talked",
        )
        for user in people
    )  # fmt: skip


def _known(model, values):
    names = {field.name for field in model._meta.get_fields()}
    return {name: value for name, value in values.items() if name in names}


def asked(act):
    with CaptureQueriesContext(connection) as seen:
        act()
    return [q["sql"] for q in seen.captured_queries if not q["sql"].startswith(_CONTROL)]


def contents(people, exit_):
    prepare(people, TUESDAY, exit_)
    found = collect(people, TUESDAY, exit_)
    assert all(draw(user, TUESDAY, exit_, found) for user in people[1:])


@pytest.mark.parametrize("exit_", [Exit.PLAN, Exit.FOLLOWUP])
@pytest.mark.parametrize("size", [10, 500])
def test_the_contents_of_500_people_cost_what_those_of_ten_cost(size, exit_):
    people = department(size)

    with reading():
        absent_on(TUESDAY)  # asked to know whom to write to at all
        said = asked(lambda: contents(people, exit_))
    assert len(said) == 6, "\n".join(sql[:150] for sql in said)


@pytest.mark.parametrize(("size", "chunks"), [(10, 1), (1000, 2)])
def test_a_thousand_digests_cost_two_chunks(size, chunks):
    department(size)
    said = asked(lambda: make(Slot.PLAN, TUESDAY, EIGHT))
    # Once: leave, people, who has one, days off, members, norms. A chunk: what its sections ask (2), the teams of those who planned
    # a visit to somebody else's unit, and rows, mails and notices in five.
    assert len(said) == 6 + (3 + 5) * chunks, "\n".join(sql[:150] for sql in said)


@pytest.mark.parametrize(("place", "most"), [(1, 8), (0, 10)])
def test_today_of_a_full_day_in_few_statements(client_of, place, most):
    with time_machine.travel(EIGHT, tick=False):
        people = department(21)
        client = client_of(people[2] if place else people[0])
        client.get("/")
        said = asked(lambda: client.get("/"))
    assert len(said) <= most, "\n".join(sql[:150] for sql in said)


def test_numbers_read_together_are_those_read_alone(cast):
    people = department(25)
    for user in people:
        alone = today_page(user, EIGHT)
        with reading():
            assert [b.html for b in today_page(user, EIGHT).main] == [b.html for b in alone.main]
    with reading():
        read_together([Wanted(PLANNED.ask, TUESDAY, frozenset(user.pk for user in people))])
        together = PLANNED(people, TUESDAY)
        for_others = PLANNED([*people, cast.owner], TUESDAY)
    assert together == for_others == PLANNED(people, TUESDAY) == {user.pk: 1 for user in people[1:]}


def test_one_that_fails_leaves_the_others_to_themselves(cast, caplog):
    def broken(_people, _day):
        raise DatabaseError("gone")

    department(11)
    everybody = list(User.objects.all())
    ids = frozenset(user.pk for user in everybody)
    with reading(), caplog.at_level(logging.ERROR):
        read_together([Wanted(PLANNED.ask, TUESDAY, ids), Wanted(Tally("broken", broken).ask, TUESDAY, ids)])
        assert len(PLANNED(everybody, TUESDAY)) == 10
    assert "could not be read together" in caplog.text
