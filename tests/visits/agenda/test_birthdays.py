"""Birthdays of designated key persons: on the right day, for whoever reads personal data in clear, never outside KAM."""

from datetime import date

import pytest

from accounts.persons.birthdays import celebrated
from accounts.persons.models import KeyPersonPeriod
from kam.core.periods import Period
from tests.factories.accounts import make_person, make_unit
from visits.agenda.birthdays import birthdays
from visits.agenda.registry import Asked
from visits.agenda.terms import EntryKind

JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))


@pytest.fixture
def key_person(cast):
    unit = make_unit("泉州商会", owner=cast.owner, tier="A")
    make_person(unit, "林小姐", birthday=date(1990, 6, 12))  # no key person
    person = make_person(unit, "许志远", birthday=date(1971, 6, 12))
    KeyPersonPeriod.objects.create(
        unit=unit, person=person, started_on=date(2026, 2, 1), designated_at="2026-02-01T00:00Z"
    )
    return person


@pytest.mark.parametrize(
    ("first", "last", "born", "on"),
    [
        (date(2026, 2, 23), date(2026, 3, 1), (2, 29), date(2026, 2, 28)),
        (date(2028, 2, 23), date(2028, 3, 1), (2, 29), date(2028, 2, 29)),
        (date(2026, 12, 28), date(2027, 1, 3), (1, 2), date(2027, 1, 2)),
        (date(2026, 3, 1), date(2026, 3, 7), (2, 29), None),
    ],
)
def test_when_a_birth_is_celebrated(first, last, born, on):
    assert celebrated(Period(first, last)).get(born) == on


def shown(reader, *people, days=JUNE, leaves_kam=False):
    asked = Asked(reader, tuple(user.pk for user in people), days, leaves_kam=leaves_kam)
    return [(row.kind, row.day, row.title, row.user_id) for row in birthdays(asked)]


@pytest.mark.django_db
def test_only_who_reads_them_in_clear_and_only_inside_kam(cast, key_person, client_of):
    told = [(EntryKind.BIRTHDAY, date(2026, 6, 12), "许志远", cast.owner.pk)]
    assert shown(cast.owner, cast.owner) == shown(cast.manager, cast.owner, cast.lead) == told
    for reader in (cast.director, cast.gm, cast.lead, cast.same_team, cast.other_manager):
        assert shown(reader, cast.owner) == []
    assert shown(cast.owner, cast.owner, leaves_kam=True) == []
    assert shown(cast.manager, cast.lead) == []
    assert shown(cast.owner, cast.owner, days=Period(date(2026, 6, 13), date(2026, 6, 20))) == []
    address = f"/visits/calendar/?view=month&on=2026-06-12&whose={cast.owner.pk}"
    page = client_of(cast.owner).get(address).content.decode()
    assert (f'href="/persons/{key_person.pk}/"' in page, "1971" in page) == (True, False)
    assert "许志远" not in client_of(cast.director).get(address).content.decode()


@pytest.mark.django_db
def test_who_is_key_person_no_more_or_has_left_is_not_told(cast, key_person):
    KeyPersonPeriod.objects.update(ended_on=date(2026, 5, 1))
    assert shown(cast.owner, cast.owner) == []
    KeyPersonPeriod.objects.update(ended_on=None)
    type(key_person).objects.filter(pk=key_person.pk).update(left_on=date(2026, 5, 1))
    assert shown(cast.owner, cast.owner) == []
