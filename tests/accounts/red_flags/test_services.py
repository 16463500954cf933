"""The tick, the record and many units at once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.red_flags.models import FlagCheck, RedFlag
from accounts.red_flags.services import mark_all_dirty, recompute, recompute_dirty, refresh
from accounts.units.models import DirtyUnit
from accounts.units.services import create_unit, mark_dirty
from kam.jobs.registry import all_periodic
from tests.factories.accounts import make_contact, make_person, make_role, make_unit

pytestmark = pytest.mark.django_db


def test_an_act_marks_the_unit_and_the_tick_computes_it(cast):
    unit = create_unit({"name": "泉州商会", "channel": "chamber"}, by=cast.owner, owner=cast.owner)
    assert DirtyUnit.objects.filter(unit=unit).exists()
    assert recompute_dirty() == "1"
    assert not DirtyUnit.objects.exists()
    assert RedFlag.objects.open().filter(unit=unit).count() == 4
    assert recompute_dirty() == "0"


def test_the_tick_is_due_every_minute_and_the_clock_at_ten_past_midnight(cast):
    work = all_periodic()
    assert work["accounts.red_flags.dirty"].run is recompute_dirty
    assert work["accounts.red_flags.daily"].run is mark_all_dirty
    unit, _pool = make_unit(owner=cast.owner), make_unit()
    assert mark_all_dirty() == "1"
    assert list(DirtyUnit.objects.values_list("unit_id", flat=True)) == [unit.pk]


def test_opening_the_record_computes_once_a_day(cast, time_machine):
    time_machine.move_to("2026-06-01T02:00:00Z")
    unit = make_unit(owner=cast.owner)
    assert refresh(unit) is not None
    count = RedFlag.objects.count()
    assert count > 0
    with CaptureQueriesContext(
        connection,
    ) as queries:
        refresh(unit)
    assert len(queries) == 1
    time_machine.move_to("2026-06-02T02:00:00Z")
    refresh(unit)
    assert FlagCheck.objects.get().checked_at.date() == date(2026, 6, 2)


def populate(cast, number):
    for _unit in range(number):
        unit = make_unit(owner=cast.owner)
        for _person in range(2):
            person = make_person(unit)
            make_role(person)
            make_contact(unit, person, on=date(2026, 5, 1))


def test_the_number_of_queries_does_not_grow_with_the_units(cast):
    counts = []
    for number in (1, 12):
        populate(cast, number)
        ids = list(cast.owner.units.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as queries:
            recompute(ids, today=date(2026, 6, 1))
        counts.append(len(queries))
    assert counts[0] == counts[1], [q["sql"] for q in queries]


def test_opening_a_record_asks_for_the_marks_of_this_unit_only(cast, time_machine):
    time_machine.move_to("2026-06-01T02:00:00Z")
    unit, other = make_unit(owner=cast.owner), make_unit(owner=cast.owner)
    refresh(unit)
    mark_dirty(other.pk)
    with CaptureQueriesContext(connection) as queries:
        refresh(unit)
    assert (len(queries), FlagCheck.objects.filter(unit=other).count()) == (1, 0)
    refresh(other)
    assert not DirtyUnit.objects.exists()
    assert set(FlagCheck.objects.values_list("unit_id", flat=True)) == {unit.pk, other.pk}
