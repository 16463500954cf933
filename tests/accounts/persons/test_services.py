"""The acts on persons."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.persons import services
from accounts.persons.models import KeyPersonPeriod, Person, PersonFact, PersonRole
from accounts.persons.terms import Attitude, BuyerRole, Confidence, GatekeeperKind, Style
from accounts.units.models import DirtyUnit
from kam.audit.models import AuditEntry, AuditPersonal
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.notes.terms import SourceKey
from tests.factories.accounts import make_person, make_role, make_unit
from tests.permissions.row import EVERYBODY

DAY = date(2026, 6, 1)


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def test_add_person_keeps_personal_values_beside_the_audit(cast, unit):
    person = services.add_person(
        unit,
        {"name": "单文斌", "post": "Office head", "mobile": "+86 138-0013-8000"},
        by=cast.owner,
        on=DAY,
        assessment={"attitude": Attitude.SUPPORTS, "influence": 3},
    )
    assert (person.added_on, person.mobile_key, person.influence) == (DAY, "13800138000", 3)
    assert "swb" in person.initials.split()
    assert sorted(PersonFact.objects.values_list("field", "value", "learned_on")) == [
        ("attitude", "supports", DAY),
        ("influence", 3, DAY),
        ("post", "Office head", DAY),
    ]
    added = AuditEntry.objects.get(act="accounts.person.added")
    assert added.changes["mobile"][1].startswith("sha256:")
    assert AuditPersonal.objects.get(entry=added).new == "+86 138-0013-8000"
    assert DirtyUnit.objects.filter(unit=unit).exists()


def test_persons_report_inside_their_unit_and_not_in_a_circle(cast, unit):
    boss = make_person(unit)
    person = make_person(unit, reports_to=boss)
    stranger = make_person(make_unit(owner=cast.owner))
    for above, code in ((stranger, "unit"), (person, "circle")):
        with pytest.raises(BusinessError) as refusal:
            services.edit_person(boss, {"reports_to": above}, by=cast.owner)
        assert (refusal.value.field, refusal.value.code) == ("reports_to", code)
    boss.refresh_from_db()
    assert (boss.reports_to, boss.version) == (None, 1)


def test_edit_person_names_a_change_of_post(cast, unit):
    person = make_person(unit, post="Secretary")
    services.edit_person(person, {"post": "President"}, by=cast.owner, version=1)
    services.edit_person(person, {"hobbies": "chess"}, by=cast.owner, version=2)
    assert list(AuditEntry.objects.order_by("id").values_list("act", flat=True)) == [
        "accounts.person.post_changed",
        "accounts.person.edited",
    ]
    with pytest.raises(ConflictError):
        services.edit_person(person, {"hobbies": "go"}, by=cast.owner, version=2)
    person.refresh_from_db()
    assert (person.post, person.hobbies) == ("President", "chess")


def test_assessments_are_dated_and_keep_their_source(cast, unit):
    person = make_person(unit)
    visit = SourceKey("visits.visit", "7", "visit 2")
    services.assess_person(person, {"style": Style.OWL, "rating": -2}, learned_on=DAY, by=cast.owner)
    services.assess_person(
        person, {"style": Style.OWL, "rating": 3}, learned_on=date(2026, 6, 9), by=cast.owner, source=visit
    )
    person.refresh_from_db()
    assert (person.style, person.rating) == (Style.OWL, 3)
    assert list(
        PersonFact.objects.order_by("id").values_list("field", "value", "learned_on", "source_label")
    ) == [("style", "owl", DAY, ""), ("rating", -2, DAY, ""), ("rating", 3, date(2026, 6, 9), "visit 2")]


@pytest.mark.parametrize(
    ("field", "value"), [("rating", 6), ("rating", -6), ("influence", 0), ("awareness", 6)]
)
def test_assessments_stay_on_their_scale(cast, unit, field, value):
    person = make_person(unit)
    with pytest.raises(BusinessError) as refusal:
        services.assess_person(person, {field: value}, learned_on=DAY, by=cast.owner)
    assert refusal.value.field == field
    assert PersonFact.objects.count() == 0


def test_roles_are_dated_and_confirming_closes_the_assumption(cast, unit):
    person = make_person(unit)
    DirtyUnit.objects.all().delete()
    services.set_role(person, BuyerRole.DECISION_MAKER, by=cast.owner, on=DAY)
    assert DirtyUnit.objects.filter(unit=unit).exists()
    confirmed = services.set_role(
        person, BuyerRole.DECISION_MAKER, by=cast.owner, confidence=Confidence.CONFIRMED, on=date(2026, 6, 9)
    )
    assert list(PersonRole.objects.order_by("id").values_list("confidence", "started_on", "ended_on")) == [
        ("assumed", DAY, date(2026, 6, 9)),
        ("confirmed", date(2026, 6, 9), None),
    ]
    services.end_role(confirmed, by=cast.owner, on=date(2026, 6, 20))
    services.end_role(confirmed, by=cast.owner, on=date(2026, 6, 25))
    assert PersonRole.objects.on(date(2026, 6, 19)).get() == confirmed
    assert not PersonRole.objects.on(date(2026, 6, 20)).exists()


def test_a_person_may_hold_several_roles_but_each_once(cast, unit):
    person = make_person(unit)
    services.set_role(person, BuyerRole.USER, by=cast.owner, on=DAY)
    for kind in GatekeeperKind:
        services.set_role(person, BuyerRole.GATEKEEPER, kind=kind, by=cast.owner, on=DAY)
    assert PersonRole.objects.count() == 3
    with pytest.raises(BusinessError):
        services.set_role(person, BuyerRole.GATEKEEPER, by=cast.owner, on=DAY)
    with pytest.raises(IntegrityError, match="role_once_at_a_time"), transaction.atomic():
        make_role(person, BuyerRole.USER, started_on=DAY)


def test_leaving_ends_roles_and_the_key_person_period(cast, unit):
    person = make_person(unit)
    role = make_role(person)
    period = KeyPersonPeriod.objects.create(
        unit=unit, person=person, started_on=date(2026, 2, 1), designated_at="2026-02-01T00:00Z"
    )
    services.mark_left(person, by=cast.owner, on=DAY, reason="to Changsha")
    for row in (role, period, person):
        row.refresh_from_db()
    assert (person.left_on, role.ended_on, period.ended_on) == (DAY, DAY, DAY)
    with pytest.raises(BusinessError):
        services.mark_left(person, by=cast.owner, on=DAY)


def test_persons_are_seen_with_their_unit(cast, unit):
    person = make_person(unit)
    seen = {
        name: Person.objects.visible_to(getattr(cast, name)).filter(pk=person.pk).exists()
        for name in EVERYBODY - {"anonymous"}
    }
    assert {name for name, sees in seen.items() if sees} == {
        *("owner", "lead", "manager", "director", "marketing", "gm", "clerk")
    }


def test_a_role_does_not_begin_on_a_day_that_is_still_to_come(cast, unit):
    person = make_person(unit, "单文斌")
    with pytest.raises(BusinessError) as refused:
        services.set_role(person, BuyerRole.USER, by=cast.owner, on=business_date() + timedelta(days=1))
    assert (refused.value.code, refused.value.field) == ("future", "on")
    assert not PersonRole.objects.filter(person=person).exists()
    assert not AuditEntry.objects.filter(act="accounts.person.role_set").exists()
