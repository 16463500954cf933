"""The designated key person (12-decisions 19) and relations."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.contacts import services as contacts
from accounts.contacts.models import Contact
from accounts.contacts.terms import ContactChannel
from accounts.persons import ties
from accounts.persons.models import KeyPersonPeriod, Person, Relation
from accounts.persons.terms import RelationKind
from kam.audit.models import AuditEntry
from kam.core.errors import BusinessError, ConflictError
from tests.factories.accounts import make_contact, make_person, make_unit
from tests.racing import meeting

DAY = date(2026, 6, 1)


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def test_the_key_person_is_chosen_at_the_first_visit(cast, unit):
    met, absent = make_person(unit), make_person(unit)
    with pytest.raises(BusinessError) as refusal:
        contacts.designate(met, by=cast.owner)
    assert refusal.value.code == "no_visit"
    make_contact(unit, met, on=DAY)
    make_contact(unit, absent, on=date(2026, 6, 9))
    with pytest.raises(BusinessError) as refusal:
        contacts.designate(absent, by=cast.owner)
    assert refusal.value.code == "not_met"
    contacts.designate(met, by=cast.owner)
    assert list(KeyPersonPeriod.objects.values_list("person", "started_on", "ended_on")) == [
        (met.pk, DAY, None)
    ]
    with pytest.raises(ConflictError):
        contacts.designate(met, by=cast.owner)


def test_nobody_who_left_becomes_the_key_person(cast, unit):
    person = make_person(unit)
    make_contact(unit, person, on=DAY)
    Person.objects.filter(pk=person.pk).update(left_on=DAY, left_reason="x")
    with pytest.raises(BusinessError) as refusal:
        contacts.designate(person, by=cast.owner)
    assert (refusal.value.code, KeyPersonPeriod.objects.count()) == ("left", 0)


@pytest.mark.parametrize(("late", "allowed"), [(timedelta(0), True), (timedelta(seconds=1), False)])
def test_designation_ends_seven_days_after_the_first_visit(cast, unit, late, allowed):
    person = make_person(unit)
    contact = make_contact(unit, person, on=DAY)
    with time_machine.travel(contact.created_at + timedelta(days=7) + late, tick=False):
        if allowed:
            contacts.designate(person, by=cast.owner)
        else:
            with pytest.raises(BusinessError) as refusal:
                contacts.designate(person, by=cast.owner)
            assert refusal.value.code == "late"
    assert KeyPersonPeriod.objects.count() == int(allowed)


def test_replacing_closes_the_old_period_on_the_day_the_new_one_begins(cast, unit):
    first, second = make_person(unit), make_person(unit)
    make_contact(unit, first, on=DAY)
    contacts.designate(first, by=cast.owner)
    ties.replace_key_person(second, on=date(2026, 7, 1), by=cast.manager, reason="first one moved on")
    assert list(KeyPersonPeriod.objects.order_by("id").values_list("person", "started_on", "ended_on")) == [
        (first.pk, DAY, date(2026, 7, 1)),
        (second.pk, date(2026, 7, 1), None),
    ]
    assert KeyPersonPeriod.objects.on(date(2026, 6, 30)).get().person == first
    assert KeyPersonPeriod.objects.on(date(2026, 7, 1)).get().person == second
    with pytest.raises(BusinessError):
        ties.replace_key_person(second, on=date(2026, 7, 2), by=cast.manager, reason="again")


def test_the_database_refuses_overlapping_periods(cast, unit):
    first, second = make_person(unit), make_person(unit)
    now = timezone.now()
    KeyPersonPeriod.objects.create(
        unit=unit, person=first, started_on=DAY, ended_on=date(2026, 7, 1), designated_at=now
    )
    with pytest.raises(IntegrityError, match="key_person_one_at_a_time"), transaction.atomic():
        KeyPersonPeriod.objects.create(
            unit=unit, person=second, started_on=date(2026, 6, 30), designated_at=now
        )
    KeyPersonPeriod.objects.create(unit=unit, person=second, started_on=date(2026, 7, 1), designated_at=now)


def test_whom_we_met_on_the_first_visit_freezes(cast, unit):
    first, second = make_person(unit), make_person(unit)
    from kam.notes.terms import SourceKey

    source = SourceKey("visits.visit", "1", "visit 1")

    def correct(*people):
        return contacts.record_contact(
            unit, on=DAY, channel=ContactChannel.VISIT, persons=people, by=cast.owner, source=source, text="x"
        )

    contact = correct(first)
    correct(first, second)
    with time_machine.travel(contact.created_at + timedelta(hours=24, seconds=1), tick=False):
        with pytest.raises(BusinessError) as refusal:
            correct(second)
        assert (refusal.value.field, refusal.value.code) == ("persons", "frozen")
        correct(first, second)
    assert set(Contact.objects.get().persons.all()) == {first, second}


def test_relations_need_one_other_end(cast, unit):
    one, other = make_person(unit), make_person(unit)
    stranger = make_person(make_unit(owner=cast.owner))
    for ends in ({}, {"other": other, "staff": cast.owner}, {"other": one}, {"other": stranger}):
        with pytest.raises(BusinessError):
            ties.relate(one, RelationKind.TRUSTS, by=cast.owner, **ends)
    assert Relation.objects.count() == 0
    relation = ties.relate(one, RelationKind.TRUSTS, by=cast.owner, other=other, strength=4)
    again = ties.relate(one, RelationKind.TRUSTS, by=cast.owner, other=other, strength=2)
    assert (again.pk, again.strength) == (relation.pk, 2)
    ties.end_relation(again, by=cast.owner)
    assert AuditEntry.objects.get(act="accounts.relation.ended").changes == {"trusts": [str(other), None]}
    ties.relate(one, RelationKind.TRUSTS, by=cast.owner, other=other)
    ties.relate(one, RelationKind.KNOWS, by=cast.owner, staff=cast.owner)
    assert Relation.objects.filter(ended_on=None).count() == 2


@pytest.mark.django_db
def test_t21_a_unit_has_one_key_person_at_a_time_also_by_sql(cast):
    unit = make_unit(owner=cast.owner)
    one, other = make_person(unit), make_person(unit)
    make_contact(unit, one, other, on=DAY)
    contacts.designate(one, by=cast.owner)
    with pytest.raises(ConflictError):
        contacts.designate(other, by=cast.owner)
    (period,) = KeyPersonPeriod.objects.all()
    with pytest.raises(IntegrityError, match="key_person"), transaction.atomic():
        KeyPersonPeriod.objects.create(
            unit=unit, person=other, started_on=period.started_on, designated_at=period.designated_at
        )
    assert list(KeyPersonPeriod.objects.values_list("person", flat=True)) == [one.pk]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_designations_at_once_leave_one_key_person(settings, monkeypatch):
    """The loser is told so in a sentence. With KAM_TEST_SKIP_LOCKS the loser meets the bare constraint and this fails."""
    from tests.factories.kam import make_user

    owner = make_user("owner")
    unit = make_unit(owner=owner)
    people = [make_person(unit), make_person(unit)]
    make_contact(unit, *people, on=DAY)
    barrier, answers = Barrier(2, timeout=5), []

    def designate(person):
        try:
            barrier.wait()
            with transaction.atomic():
                contacts.designate(person, by=owner)
            answers.append("done")
        except ConflictError:
            answers.append("refused")
        except IntegrityError:
            answers.append("constraint")
        finally:
            connection.close()

    monkeypatch.setattr(ties, "_open", meeting(ties._open))
    threads = [Thread(target=designate, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["done", "refused"]
    assert KeyPersonPeriod.objects.filter(unit=unit, ended_on=None).count() == 1


def test_an_earlier_visit_entered_afterwards_opens_no_new_time_for_designation(cast, unit):
    """The clock is the server's, from the visit that was entered first (12-decisions, 19)."""
    first, wanted = make_person(unit), make_person(unit)
    entered = make_contact(unit, first, on=DAY).created_at
    with time_machine.travel(entered + timedelta(days=8), tick=False):
        make_contact(unit, wanted, on=DAY - timedelta(days=1))
        with pytest.raises(BusinessError) as refusal:
            contacts.designate(wanted, by=cast.owner)
    assert refusal.value.code == "late"
    assert not KeyPersonPeriod.objects.exists()
