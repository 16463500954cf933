"""12-decisions 19: whom a first visit met freezes after a day; then manager and director decide."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.contacts.models import Contact
from kam.approvals import services as approvals
from kam.approvals.models import Request
from kam.audit.models import AuditEntry
from kam.core.errors import BusinessError, ConflictError
from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import approve_all, make_visit
from visits.visits import services
from visits.visits.models import PersonsChange
from visits.visits.services.visits import VisitEntry
from visits.visits.terms import Outcome, VisitKind

NOON = datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
#: They also show when whom a visit met may still be changed.
pytestmark = [pytest.mark.rules, pytest.mark.usefixtures("routes")]


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


@pytest.fixture
def chair(unit):
    return make_person(unit, "许志远")


@pytest.fixture
def secretary(unit):
    return make_person(unit, "杨茵")


def visit_of(unit, *persons, user, hours=25, **fields):
    entered = NOON - timedelta(hours=hours)
    return make_visit(unit, *persons, user=user, on=entered.date(), entered_at=entered, **fields)


def met(visit):
    return sorted(visit.persons_met.values_list("person__name", flat=True))


def ask(client, visit, *persons, reason="She sat at the table"):
    body = {"version": visit.version, "persons": [p.pk for p in persons], "reason": reason}
    return client.post(f"/visits/{visit.pk}/persons/", body)


def test_asked_over_http_approved_by_manager_and_director_then_changed(
    cast, client_of, unit, chair, secretary
):
    yesterday = NOON - timedelta(hours=25)
    with time_machine.travel(yesterday, tick=False):
        entry = VisitEntry(unit=unit, on=yesterday.date(), outcome=Outcome.PROGRESS, persons=[chair])
        visit = services.log_visit(entry, public_id=uuid4(), by=cast.owner)
    client = client_of(cast.owner)
    assert f"/visits/{visit.pk}/persons/" in client.get(f"/visits/{visit.pk}/").content.decode()

    assert ask(client, visit, chair, secretary).status_code == 302
    change = PersonsChange.objects.get()
    page = client.get(f"/visits/{visit.pk}/").content.decode()
    assert met(visit) == ["许志远"]
    assert ("waits for manager and director" in page, "She sat at the table" in page) == (True, True)

    approve_all("first_visit_change", change, cast.manager)
    assert met(visit) == ["许志远"]
    approve_all("first_visit_change", change, cast.director)
    change.refresh_from_db()
    visit.refresh_from_db()
    assert (met(visit), change.result, change.closed_at, visit.version) == (
        ["杨茵", "许志远"],
        "approved",
        NOON,
        2,
    )
    assert sorted(Contact.objects.get().persons.values_list("name", flat=True)) == ["杨茵", "许志远"]
    assert AuditEntry.objects.filter(act="visits.visit.persons_changed", object_id=str(visit.pk)).count() == 1


def test_the_deciders_see_who_is_added_and_removed(cast, client_of, unit, chair, secretary):
    visit = visit_of(unit, chair, user=cast.owner)
    ask(client_of(cast.owner), visit, secretary)
    page = client_of(cast.manager).get("/approvals/").content.decode()
    assert ("Added: 杨茵" in page, "Removed: 许志远" in page, "She sat at the table" in page) == (
        True,
        True,
        True,
    )


@pytest.mark.parametrize("act", ["return_for_changes", "reject"])
def test_a_refusal_leaves_the_list_and_allows_another_question(cast, unit, chair, secretary, act):
    visit = visit_of(unit, chair, user=cast.owner)
    change = services.ask_persons_change(visit, [secretary], by=cast.owner, reason="She came")
    request = Request.objects.get()
    getattr(approvals, act)(request, by=cast.manager, version=request.version, reason="no witness")
    change.refresh_from_db()
    assert (met(visit), change.result) == (["许志远"], "refused")
    services.ask_persons_change(visit, [secretary], by=cast.owner, reason="She came, the guard saw her")
    assert PersonsChange.objects.filter(closed_at=None).count() == 1


@pytest.mark.parametrize(
    ("picked", "reason", "field"),
    [
        ([], "why", "persons"),
        (["许志远"], "why", "persons"),
        (["杨茵"], " ", "reason"),
        (["stranger"], "why", "persons"),
    ],
)
def test_bad_input_is_answered_at_the_field(cast, client_of, unit, chair, secretary, picked, reason, field):
    visit = visit_of(unit, chair, user=cast.owner)
    people = {"许志远": chair, "杨茵": secretary}
    persons = [people.get(name) or make_person(make_unit(owner=cast.owner)) for name in picked]
    answer = ask(client_of(cast.owner), visit, *persons, reason=reason)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert (PersonsChange.objects.count(), Request.objects.count(), met(visit)) == (0, 0, ["许志远"])


@pytest.mark.parametrize(("hours", "kind"), [(23, VisitKind.FIRST), (500, VisitKind.SECOND)])
def test_a_list_that_is_still_free_needs_no_question(cast, client_of, unit, chair, secretary, hours, kind):
    visit = visit_of(unit, chair, user=cast.owner, hours=hours, kind=kind)
    assert (
        f"/visits/{visit.pk}/persons/"
        not in client_of(cast.owner).get(f"/visits/{visit.pk}/").content.decode()
    )
    with pytest.raises(BusinessError) as refusal:
        services.ask_persons_change(visit, [secretary], by=cast.owner, reason="why")
    assert (refusal.value.code, PersonsChange.objects.count()) == ("free", 0)


def test_one_open_question_a_visit(cast, unit, chair, secretary):
    visit = visit_of(unit, chair, user=cast.owner)
    services.ask_persons_change(visit, [secretary], by=cast.owner, reason="why")
    with pytest.raises(ConflictError):
        services.ask_persons_change(visit, [secretary, chair], by=cast.owner, reason="why")
    assert PersonsChange.objects.count() == 1
