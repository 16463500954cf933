"""Complaints through the services and over HTTP: recorded, worked on, judged, printed, listed, told; refusals change nothing."""

from datetime import date

import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.complaints.models import Complaint, ServiceRound
from accounts.complaints.selectors import service_tasks, valid_complaints, waiting_for
from accounts.complaints.services import (
    Received,
    assign_complaint,
    judge_complaint,
    move_complaint,
    pass_up_overdue,
    record_complaint,
)
from accounts.complaints.services_service import start_service
from accounts.complaints.terms import ComplaintKind, ComplaintState, Severity, Verdict
from accounts.contacts.terms import ContactChannel
from accounts.red_flags.models import RedFlag
from accounts.red_flags.services import recompute
from accounts.red_flags.terms import FlagKind
from kam.core.errors import BusinessError, ConflictError
from kam.core.periods import Period
from kam.notes.models import Task
from kam.outbox.models import Notice
from tests.factories.accounts import make_person, make_role, make_unit

DAY = date(2026, 3, 4)
TAKEN, AGREED, DONE, CLOSED = (
    ComplaintState.INVESTIGATING,
    ComplaintState.AGREED,
    ComplaintState.RESOLVED,
    ComplaintState.CLOSED,
)


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def complain(unit, cast, severity=Severity.OTHER, on=DAY, owner=None):
    received = Received(ComplaintKind.QUALITY, severity, "阳台渗水𠮷", ContactChannel.CALL, on)
    return record_complaint(unit, received, owner=owner or cast.owner, by=cast.owner)


def told(complaint):
    row = Complaint.objects.get(pk=complaint.pk)
    return row.state, row.verdict, row.owner_id, row.version


def test_a_complaint_goes_its_way_and_counts_when_valid(unit, cast):
    row = complain(unit, cast)
    assert row.due_on == date(2026, 3, 11)
    for to, text in ((TAKEN, "leak found"), (AGREED, "seal anew"), (DONE, "sealed")):
        row = move_complaint(row, to, text=text, by=cast.owner)
    judge_complaint(row, Verdict.VALID, reason="seen", by=cast.manager)
    row = move_complaint(row, CLOSED, by=cast.owner)
    assert (row.findings, row.solution, row.resolution, row.agreement) == (
        "leak found",
        "seal anew",
        "sealed",
        "agrees",
    )
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    assert valid_complaints([cast.owner, cast.other_team], march) == {cast.owner.pk: 1, cast.other_team.pk: 0}
    april = Period(date(2026, 4, 1), date(2026, 4, 30))
    assert valid_complaints([cast.owner], april) == {cast.owner.pk: 0}


def test_what_may_not_be_is_refused_and_changes_nothing(unit, cast):
    row = complain(unit, cast)
    before = told(row)
    other = make_person(make_unit("株洲商会", owner=cast.owner), "外人")
    acts = [
        lambda: move_complaint(row, DONE, text="x", by=cast.owner),
        lambda: move_complaint(row, TAKEN, by=cast.owner, version=99),
        lambda: judge_complaint(row, Verdict.VALID, reason="", by=cast.manager),
        lambda: judge_complaint(row, Verdict.UNDECIDED, reason="x", by=cast.manager),
        lambda: judge_complaint(row, Verdict.INVALID, reason="x", by=cast.owner),
        lambda: assign_complaint(row, cast.gone, by=cast.manager),
    ]
    for act in acts:
        with pytest.raises(BusinessError):
            act()
    assert told(row) == before
    for received in (
        Received(ComplaintKind.QUALITY, Severity.OTHER, " ", ContactChannel.CALL, DAY),
        Received(ComplaintKind.QUALITY, Severity.OTHER, "x", ContactChannel.CALL, date(2199, 1, 1)),
        Received(ComplaintKind.QUALITY, Severity.OTHER, "x", ContactChannel.CALL, DAY, other),
    ):
        with pytest.raises(BusinessError):
            record_complaint(unit, received, owner=cast.owner, by=cast.owner)
    assert Complaint.objects.count() == 1


def test_the_judge_does_not_become_the_handler_and_the_database_knows_it(unit, cast):
    row = judge_complaint(complain(unit, cast), Verdict.VALID, reason="seen", by=cast.manager)
    with pytest.raises(BusinessError):
        assign_complaint(row, cast.manager, by=cast.director)
    for values in (
        {"verdict_by": cast.owner},
        {"state": "closed"},
        {"due_on": date(2026, 3, 1)},
        {"verdict_by": None},
        {"state": "resolved"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Complaint.objects.filter(pk=row.pk).update(**values)
    assert assign_complaint(row, cast.same_team, by=cast.manager).owner == cast.same_team


def test_a_severe_complaint_flies_a_flag_until_resolved_and_only_other_facts_raise_it_again(unit, cast):
    def standing():
        recompute([unit.pk], today=date(2026, 3, 5))
        return list(RedFlag.objects.standing().filter(unit=unit, kind=FlagKind.SEVERE_COMPLAINT))

    complain(unit, cast)
    assert standing() == []
    row = complain(unit, cast, Severity.SEVERE)
    (flag,) = standing()
    assert (flag.since_on, flag.evidence["ends"], flag.severity) == (DAY, "2026-03-05", "danger")
    for to in (TAKEN, AGREED, DONE):
        row = move_complaint(row, to, text="x", by=cast.owner)
    assert standing() == []
    assert standing() == []  # the same facts are not raised again
    row = move_complaint(row, TAKEN, text="still wet", by=cast.owner)
    (again,) = standing()
    assert again.pk != flag.pk
    judge_complaint(row, Verdict.INVALID, reason="rain came in by an open window", by=cast.manager)
    assert standing() == []


def test_a_severe_one_is_told_above_and_what_is_overdue_once(unit, cast):
    row = complain(unit, cast, Severity.SEVERE)
    heard = set(Notice.objects.filter(kind="accounts.care").values_list("to", flat=True))
    assert {cast.manager.pk, cast.director.pk} <= heard
    assert cast.owner.pk not in heard  # who typed it knows
    Notice.objects.all().delete()
    assert pass_up_overdue() == "2"
    assert pass_up_overdue() == "0"
    assert set(Notice.objects.values_list("to", flat=True)) == {cast.owner.pk, cast.manager.pk}
    (due,) = waiting_for([cast.owner, cast.lead], date(2026, 3, 6))[cast.owner.pk]
    assert (due.complaint, due.is_overdue) == (row, True)


def test_service_after_the_sale_makes_a_task_per_role_and_once_an_occasion(unit, cast):
    person = make_person(unit, "许志远")
    make_role(person)
    start_service(unit, "签约", assignee=cast.owner, by=cast.owner)
    texts = [task.text for task in service_tasks(unit)]
    assert len(texts) == 5
    assert sum("许志远" in text for text in texts) == 2
    with pytest.raises(BusinessError):
        start_service(unit, " 签约 ", assignee=cast.owner, by=cast.owner)
    assert (ServiceRound.objects.count(), Task.objects.count()) == (1, 5)


BODY = {
    "severity": "severe",
    "kind": "quality",
    "text": "渗水",
    "channel": "call",
    "received_on": "2026-03-04",
    "person": "",
    "line": "",
}


def test_over_http_from_the_unit_to_the_paper(unit, cast, client_of):
    client = client_of(cast.owner)
    bad = client.post(f"/accounts/{unit.pk}/complaints/new/", BODY | {"owner": cast.owner.pk, "text": ""})
    assert (bad.status_code, Complaint.objects.count()) == (422, 0)
    made = client.post(f"/accounts/{unit.pk}/complaints/new/", BODY | {"owner": cast.owner.pk})
    row = Complaint.objects.get()
    assert made.headers["Location"] == f"/complaints/{row.pk}/"
    page = client.get(f"/complaints/{row.pk}/").content.decode()
    assert row.number in page
    assert "渗水" in page
    assert f"/complaints/{row.pk}/judge/" not in page
    refused = client.post(f"/complaints/{row.pk}/move/", {"to": "closed", "text": "", "version": "1"})
    assert (refused.status_code, told(row)[0]) == (422, "received")
    assert (
        client.post(f"/complaints/{row.pk}/move/", {"to": TAKEN, "text": "", "version": "1"}).status_code
        == 302
    )
    stale = client.post(f"/complaints/{row.pk}/move/", {"to": AGREED, "text": "x", "version": "1"})
    assert (stale.status_code, told(row)[0]) == (409, "investigating")
    boss = client_of(cast.manager)
    assert f"/complaints/{row.pk}/judge/" in boss.get(f"/complaints/{row.pk}/").content.decode()
    body = {"verdict": "valid", "reason": "seen", "version": "2"}
    assert boss.post(f"/complaints/{row.pk}/judge/", body).status_code == 302
    tab = client.get(f"/accounts/{unit.pk}/tabs/complaints/").content.decode()
    assert row.number in tab
    assert "渗水" in client.get(f"/accounts/{unit.pk}/timeline/").content.decode()
    assert f"/complaints/{row.pk}/" in client.get("/").content.decode()
    for path, words in (
        (f"/complaints/{row.pk}/record.pdf?language=zh-hans", ("渗水", "泉州商会", row.number)),
        (f"/accounts/{unit.pk}/cooperation.pdf?language=zh-hans&from=2026-03-01", ("泉州商会", "2026-03-01")),
    ):
        answer = client.get(path)
        pages = pypdfium2.PdfDocument(answer.content)
        text = "".join(page.get_textpage().get_text_range() for page in pages)
        assert all(word in text for word in words), path


def test_the_list_shows_the_own_scope_and_what_one_handles_at_constant_cost(unit, cast, client_of):
    far = make_unit("株洲商会", owner=cast.other_team)
    complain(unit, cast)
    client = client_of(cast.owner)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/complaints/").content.decode()
        return len(queries), page

    ask()
    few, page = ask()
    assert "株洲商会" not in page
    assert "Quality" in page
    assert "functools" not in page
    complain(far, cast, owner=cast.owner)  # handed to this person, though the unit is not theirs
    for _n in range(3):
        complain(unit, cast)
    many, page = ask()
    assert "株洲商会" in page
    assert many == few
    assert client_of(cast.same_team).get("/complaints/").content.decode().count("泉州商会") == 0
    export = client.get("/complaints/?export=csv")
    text = b"".join(export.streaming_content).decode()
    export.close()
    assert "functools" not in text
    assert (export.status_code, text.count("株洲商会"), text.count("泉州商会")) == (200, 1, 4)


def test_a_version_that_was_not_seen_is_a_conflict(unit, cast):
    row = complain(unit, cast)
    with pytest.raises(ConflictError):
        judge_complaint(row, Verdict.VALID, reason="x", by=cast.manager, version=7)
    assert told(row)[1] == "undecided"
