"""A unit that went to somebody else after the page had asked for the right: nothing of the former owner is written."""

from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.contacts.models import Contact
from accounts.units.models import Observation
from accounts.units.services import change_owner
from kam.audit.models import AuditEntry
from kam.core.errors import ConflictError
from kam.notes.models import Task
from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import make_visit
from visits.reports.models import ReportVersion
from visits.reports.services import save_report
from visits.reports.terms import Variant
from visits.visits import services
from visits.visits.models import PersonsChange, Visit
from visits.visits.services.visits import Promise, VisitEntry
from visits.visits.terms import MARKET_QUESTIONS, Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(cast):
    unit = make_unit("泉州商会", owner=cast.owner)
    return make_visit(unit, make_person(unit, "许志远"), user=cast.owner, on=timezone.localdate())


def entry_of(visit, **more):
    persons = [visit.unit.persons.first()]
    return VisitEntry(unit=visit.unit, on=visit.on, outcome=Outcome.PROGRESS, persons=persons, **more)


def log(visit, by):
    services.log_visit(entry_of(visit, promises=[Promise("Send the table")]), public_id=uuid4(), by=by)


def change(visit, by):
    services.change_visit(visit, entry_of(visit, summary="Changed"), by=by, version=visit.version)


def call(visit, by):
    services.log_call(visit.unit, outcome="reached", key=uuid4(), by=by)


def report(visit, by):
    market = dict.fromkeys(MARKET_QUESTIONS, "not asked")
    save_report(visit, variant=Variant.PROPERTY, values={"headcount": 80}, remarks={}, market=market, by=by)


def ask_persons(visit, by):
    services.ask_persons_change(visit, [visit.unit.persons.first()], by=by, reason="Wrong")


def all_there_is():
    return (
        list(Visit.objects.order_by("pk").values()),
        list(Contact.objects.order_by("pk").values()),
        [model.objects.count() for model in (Task, ReportVersion, Observation, PersonsChange, AuditEntry)],
    )


@pytest.mark.parametrize("act", [log, change, call, report, ask_persons])
def test_who_had_the_unit_writes_nothing_any_more(cast, visit, act):
    """The page read `visit` and its unit before the transfer; the act finds out under the lock."""
    assert visit.unit.owner == cast.owner
    change_owner(type(visit.unit).objects.get(pk=visit.unit_id), owner=cast.other_team, by=cast.director)
    before = all_there_is()
    with pytest.raises(ConflictError, match="went to somebody else") as refused:
        act(visit, cast.owner)
    assert (refused.value.code, refused.value.status, all_there_is()) == ("gone", 409, before)


@pytest.mark.parametrize("act", [log, change, call, report])
def test_who_has_it_writes(cast, visit, act):
    before = AuditEntry.objects.count()
    act(visit, cast.owner)
    assert AuditEntry.objects.count() > before
