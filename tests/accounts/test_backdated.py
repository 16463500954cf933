"""What was learned on an earlier day never hides what was learned later, in whatever order it is typed (docs/domain/units.md)."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.persons.models import Person, PersonFact
from accounts.persons.services import assess_person, set_role
from accounts.persons.terms import BuyerRole, Confidence
from accounts.units.models import Observation
from accounts.units.rules import in_force, is_newest
from accounts.units.services import observe
from accounts.units.terms import Field
from kam.core.errors import BusinessError
from tests.factories.accounts import make_person, make_role, make_unit

DAY = date(2026, 6, 1)
days = st.integers(0, 9).map(lambda n: DAY + timedelta(days=n))
typed = st.lists(st.tuples(days, st.integers(1, 5)), min_size=1, max_size=7)


def learned(*days_):
    return [SimpleNamespace(learned_on=DAY + timedelta(days=n)) for n in days_]


def test_in_force_is_the_last_one_not_later():
    history = learned(0, 3, 3, 7)
    assert in_force(history, DAY + timedelta(days=3)) is history[2]
    assert in_force(history, DAY + timedelta(days=99)) is history[3]
    assert in_force(history, DAY - timedelta(days=1)) is None


@pytest.mark.parametrize(("history", "newest"), [((), True), ((3,), True), ((0,), True), ((0, 4), False)])
def test_is_newest_where_nothing_was_learned_later(history, newest):
    assert is_newest(learned(*history), DAY + timedelta(days=3)) is newest


@given(st.lists(st.integers(0, 30)).map(sorted), st.integers(0, 30))
def test_what_counts_is_in_force_on_every_later_day(history, day):
    rows = learned(*history)
    assert is_newest(rows, DAY + timedelta(days=day)) is (not history or day >= history[-1])


class AnyOrder(TestCase):
    """The rows decide, not the order of typing."""

    @settings(deadline=None, max_examples=40)  # each example is a dozen statements
    @given(typed)
    def test_a_person_shows_what_was_learned_last(self, told):
        person = make_person(make_unit())
        for day, value in told:
            person.refresh_from_db()
            newest = PersonFact.objects.filter(person=person).order_by("-learned_on", "-id").first()
            before = person.influence
            assess_person(person, {"influence": value}, learned_on=day, by=None)
            person.refresh_from_db()
            is_older = newest is not None and day < newest.learned_on
            assert person.influence == (before if is_older else value)
        last = PersonFact.objects.filter(person=person).order_by("-learned_on", "-id").first()
        assert person.influence == last.value

    @settings(deadline=None, max_examples=40)  # each example is a dozen statements
    @given(typed)
    def test_a_unit_shows_what_was_learned_last(self, told):
        unit = make_unit()
        for day, value in told:
            rows = Observation.objects.filter(unit=unit).current()
            newest = rows.first()
            observe(unit, {Field.ATTENTION: value}, learned_on=day, by=None)
            is_older = newest is not None and day < newest.learned_on
            assert rows.get().value == (newest.value if is_older else value)


def test_an_earlier_assessment_stands_in_the_history_and_says_so(cast, client_of):
    person = make_person(make_unit(owner=cast.owner))
    assess_person(person, {"attitude": "opposes", "rating": -2}, learned_on=DAY, by=cast.owner)
    client = client_of(cast.owner)
    page = client.get(f"/persons/{person.pk}/assess/").content.decode()
    assert 'name="version"' in page
    person.refresh_from_db()
    told = {"version": person.version, "attitude": "supports", "rating": "-2", "insider": "none"}
    answer = client.post(f"/persons/{person.pk}/assess/", told | {"learned_on": "2026-05-01"}, follow=True)
    html = answer.content.decode()
    assert "what was learned later still counts" in html
    person.refresh_from_db()
    assert (person.attitude, person.rating) == ("opposes", -2)
    facts = (
        PersonFact.objects.filter(field="attitude").order_by("learned_on").values_list("value", "learned_on")
    )
    assert list(facts) == [("supports", date(2026, 5, 1)), ("opposes", DAY)]


def test_the_same_earlier_assessment_twice_is_kept_once(cast):
    person = make_person(make_unit(owner=cast.owner))
    assess_person(person, {"attitude": "opposes"}, learned_on=DAY, by=cast.owner)
    for _time in range(2):
        assess_person(person, {"attitude": "supports"}, learned_on=date(2026, 5, 1), by=cast.owner)
    assert PersonFact.objects.count() == 2
    assert Person.objects.get().attitude == "opposes"


def test_a_role_learned_earlier_does_not_replace_the_present_one(cast):
    person = make_person(make_unit(owner=cast.owner))
    role = make_role(person)
    role.started_on = DAY
    role.save(update_fields=["started_on"])
    other = Confidence.ASSUMED if role.confidence == Confidence.CONFIRMED else Confidence.CONFIRMED
    with pytest.raises(BusinessError, match="later day"):
        set_role(
            person,
            BuyerRole(role.role),
            kind=role.gatekeeper_kind,
            confidence=other,
            on=date(2026, 5, 1),
            by=cast.owner,
        )
    role.refresh_from_db()
    assert (role.ended_on, person.roles.count()) == (None, 1)
