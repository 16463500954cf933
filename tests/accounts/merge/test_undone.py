"""Whatever is merged and taken back, in whatever order: both have again exactly what they had (hypothesis, on the database)."""

from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.merge import services
from accounts.merge.models import Merge
from accounts.merge.selectors import plain_values
from accounts.merge.terms import FIELDS, Kind
from accounts.persons.models import Person
from accounts.units.models import Observation
from accounts.units.services import observe
from kam.core.errors import BusinessError
from tests.accounts.merge.test_services import links_of
from tests.factories.accounts import make_contact, make_person, make_role, make_unit

pytestmark = pytest.mark.django_db
PLANTED = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["role", "contact", "report", "mobile"])), max_size=8
)


def _plant(unit, people, who, what):
    person = people[who]
    if what == "role":
        make_role(person, started_on=date(2026, 1, 5), ended_on=None) if not person.roles.exists() else None
    elif what == "contact":
        make_contact(unit, person, on=date(2026, 5, 1))
    elif what == "report":
        Person.objects.filter(pk=people[(who + 1) % 3].pk, reports_to=None).exclude(
            pk=person.reports_to_id
        ).update(reports_to=None if who == 2 else person)
    else:
        Person.objects.filter(pk=person.pk).update(mobile=f"1390000000{who}")
    person.refresh_from_db()


def _merge_twice(people, chosen, *, by):
    first = services.merge_persons(people[0], people[1], choices=chosen, reason="x", by=by)
    return [first, services.merge_persons(people[2], people[0], choices=chosen, reason="x", by=by)]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    planted=PLANTED,
    chosen=st.dictionaries(st.sampled_from(["name", "mobile", "post"]), st.sampled_from(["own", "other"])),
)
def test_merges_taken_back_restore_all_three(cast, planted, chosen):
    with transaction.atomic():
        unit = make_unit(owner=cast.owner)
        people = [make_person(unit) for _ in range(3)]
        for who, what in planted:
            _plant(unit, people, who, what)
        keys = [person.pk for person in people]
        before = links_of(Kind.PERSON, *keys)
        values = {pk: plain_values(Person.everything.get(pk=pk), Kind.PERSON) for pk in keys}
        made = []
        with suppress(BusinessError), transaction.atomic():  # a circle is refused
            made = _merge_twice(people, chosen, by=cast.owner)
        for merge in reversed(made):
            services.undo_merge(Merge.objects.get(pk=merge.pk), by=cast.owner, reason="x")
        assert links_of(Kind.PERSON, *keys) == before
        assert {pk: plain_values(Person.everything.get(pk=pk), Kind.PERSON) for pk in keys} == values
        assert set(FIELDS[Kind.PERSON]) == set(values[keys[0]])
        transaction.set_rollback(True)


LEARNED = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(["headcount", "private_cars"]),
        st.integers(1, 9),
        st.integers(1, 5),
    ),
    max_size=8,
)


def _known(unit):
    """Return field → what counts now, and everything ever learned of this unit."""
    rows = Observation.objects.filter(unit=unit)
    return dict(rows.current().values_list("field", "value")), list(rows.order_by("pk").values())


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    learned=LEARNED,
    chosen=st.dictionaries(
        st.sampled_from(["seen_headcount", "seen_private_cars"]), st.sampled_from(["own", "other"])
    ),
)
def test_the_chosen_dated_values_count_and_both_histories_come_back(cast, learned, chosen):
    with transaction.atomic():
        units = [make_unit(owner=cast.owner) for _ in range(2)]
        for who, field, value, month in learned:
            observe(units[who], {field: value}, learned_on=date(2026, month, 1), by=cast.owner)
        (mine, _own), (theirs, _other) = before = [_known(unit) for unit in units]
        row = Merge.objects.create(
            kind=Kind.UNIT,
            survivor_unit=units[0],
            loser_unit=units[1],
            choices=chosen,
            confirmed=True,
            reason="x",
            asked_by=cast.owner,
        )
        services.approve_merge(row, cast.director)
        both = {
            name: theirs[name] if chosen.get(f"seen_{name}") == "other" else mine[name]
            for name in mine
            if name in theirs
        }
        assert _known(units[0])[0] == theirs | mine | both
        services.undo_merge(Merge.objects.get(pk=row.pk), by=cast.director, reason="x")
        assert [_known(unit) for unit in units] == before
        transaction.set_rollback(True)
