"""Personal or many rows leave only with a reason, a recent sign-in and the director (12-decisions 8; T5)."""

from urllib.parse import quote

import pytest

from kam.approvals import services as approvals
from kam.approvals.models import Request
from kam.audit.models import AuditEntry
from kam.exports.models import ExportRequest
from kam.jobs.models import Job
from kam.lists import files
from kam.outbox.models import Notice
from kam.settings_rows.models import SettingRow
from kam.settings_rows.registry import definition_of
from tests.kam.exports.conftest import ASK

pytestmark = pytest.mark.urls("tests.kam.lists.demo_list")
PERSONAL = ASK + quote("cols=name,mobile")
WHY = {"reason": "Season's greetings"}


def body(answer):
    return b"".join(answer.streaming_content)


def codes(client_of, *users):
    """Return what each of `users` in turn gets for the file of twelve people without personal columns."""
    found = []
    for user in users:
        answer = client_of(user).get("/demo/?q=Person&export=csv")
        body(answer) if answer.streaming else None
        found.append(answer.status_code)
    return found


def asked(fresh_client_of, user, address=PERSONAL):
    answer = fresh_client_of(user).post(address, WHY)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Request.objects.get(subject_key="bulk_export")


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_personal_column_leads_to_the_page_that_asks_and_writes_nothing(
    cast, client_of, people, file_format
):
    answer = client_of(cast.owner).get(f"/demo/?cols=name,mobile&export={file_format}")
    assert answer.headers["Location"].startswith(f"/exports/ask/tests.people/{file_format}/?query=cols")
    assert (Job.objects.count(), AuditEntry.objects.filter(act="lists.exported").count()) == (0, 0)


def test_a_file_over_the_limit_asks_and_one_at_the_limit_leaves(cast, client_of, people, limit):
    limit("export_approval_rows", 12)
    assert codes(client_of, cast.owner) == [200]
    limit("export_approval_rows", 11)
    answer = client_of(cast.owner).get("/demo/?q=Person&export=csv")
    assert answer.headers["Location"].startswith("/exports/ask/")


def test_slices_add_up_over_thirty_days(cast, client_of, people, limit, time_machine):
    limit("export_thirty_days_rows", 20)
    time_machine.move_to("2026-11-01T02:00:00Z")
    assert codes(client_of, cast.owner, cast.owner, cast.manager) == [200, 302, 200]
    time_machine.move_to("2026-12-01T01:59:00Z")
    assert codes(client_of, cast.owner) == [302]
    time_machine.move_to("2026-12-01T02:01:00Z")
    assert codes(client_of, cast.owner) == [200]


def test_the_page_wants_a_recent_password_first(cast, client_of, people):
    client = client_of(cast.owner)
    assert client.get(PERSONAL).headers["Location"].startswith("/login/again/?next=")
    assert client.post(PERSONAL, WHY).headers["Location"].startswith("/login/again/?next=")
    assert ExportRequest.objects.count() == 0


def test_the_page_says_what_is_asked_for_and_why(cast, fresh_client_of, people):
    text = fresh_client_of(cast.owner).get(PERSONAL).content.decode()
    assert "The file holds personal data." in text
    assert "Mobile" in text
    assert "13800000001" not in text


def test_no_reason_no_request(cast, fresh_client_of, people):
    for reason in ("", "  ", "x"):
        assert fresh_client_of(cast.owner).post(PERSONAL, {"reason": reason}).status_code == 422
    assert (ExportRequest.objects.count(), Request.objects.count()) == (0, 0)


def test_the_director_decides_on_what_they_see(cast, fresh_client_of, people):
    request = asked(fresh_client_of, cast.owner)
    content = request.rounds.get().snapshot.content
    assert list(Request.objects.waiting_for(cast.director)) == [request]
    assert content["why"] == "Season's greetings"
    assert [value for _label, value in content["facts"]][1] == "12"
    assert "Mobile" in str(content["facts"])


def test_an_approved_file_is_written_and_audited_with_reason_conditions_and_rows(
    cast, fresh_client_of, client_of, people, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    request = asked(fresh_client_of, cast.owner)
    assert Job.objects.count() == 0
    approvals.approve(request, by=cast.director, version=request.version)
    job = Job.objects.get()
    files.write_export(job.pk)
    entry = AuditEntry.objects.get(act="lists.exported")
    assert (entry.actor, entry.reason) == (cast.owner, "Season's greetings")
    assert (entry.changes["query"], entry.changes["rows"]) == ([None, "cols=name,mobile"], [None, 12])
    assert client_of(cast.owner).get(f"/exports/{job.pk}/").headers["Location"].startswith("/login/again/")
    text = body(fresh_client_of(cast.owner).get(f"/exports/{job.pk}/")).decode()
    assert "Person 01,13800000001" in text
    assert fresh_client_of(cast.director).get(f"/exports/{job.pk}/").status_code == 404


def test_approved_rows_do_not_count_into_the_thirty_days(
    cast, fresh_client_of, client_of, people, settings, tmp_path, limit
):
    settings.MEDIA_ROOT = tmp_path
    limit("export_thirty_days_rows", 12)
    request = asked(fresh_client_of, cast.owner)
    approvals.approve(request, by=cast.director, version=request.version)
    files.write_export(Job.objects.get().pk)
    assert codes(client_of, cast.owner) == [200]


@pytest.mark.parametrize("act", [approvals.reject, approvals.return_for_changes])
def test_what_was_not_approved_is_never_written(cast, fresh_client_of, people, act):
    request = asked(fresh_client_of, cast.owner)
    act(request, by=cast.director, version=request.version, reason="Too much")
    assert (Job.objects.count(), AuditEntry.objects.filter(act="lists.exported").count()) == (0, 0)


def test_a_returned_one_goes_on_in_a_new_round_and_a_rejected_one_is_asked_anew(
    cast, fresh_client_of, people
):
    request = asked(fresh_client_of, cast.owner)
    approvals.return_for_changes(request, by=cast.director, version=request.version, reason="What for?")
    again = asked(fresh_client_of, cast.owner)
    assert (again.pk, again.round_number, ExportRequest.objects.count()) == (request.pk, 2, 1)
    approvals.reject(again, by=cast.director, version=again.version, reason="No")
    fresh_client_of(cast.owner).post(PERSONAL, WHY)
    assert sorted(Request.objects.values_list("state", flat=True)) == ["pending", "rejected"]


def test_asking_twice_is_a_conflict_and_changes_nothing(cast, fresh_client_of, people):
    asked(fresh_client_of, cast.owner)
    answer = fresh_client_of(cast.owner).post(PERSONAL, {"reason": "Another reason"})
    assert (answer.status_code, ExportRequest.objects.get().reason) == (409, "Season's greetings")


def test_conditions_nobody_reads_are_refused(cast, fresh_client_of, people):
    answer = fresh_client_of(cast.owner).post(PERSONAL + "%26x%3D" + "y" * 2_001, WHY)
    assert (answer.status_code, ExportRequest.objects.count()) == (422, 0)


def test_other_rights_since_it_was_asked_refuse_the_approval(cast, fresh_client_of, people):
    request = asked(fresh_client_of, cast.owner)
    cast.owner.position = "hr"
    cast.owner.save(update_fields=["position"])
    with pytest.raises(approvals.BusinessError, match="other rights"):
        approvals.approve(request, by=cast.director, version=request.version)
    request.refresh_from_db()
    assert (request.state, Job.objects.count()) == ("pending", 0)


def change_position(cast):
    cast.owner.position = "hr"


def deactivate(cast):
    cast.owner.is_active = False


@pytest.mark.parametrize("change", [change_position, deactivate])
def test_other_rights_between_approval_and_writing_leave_no_file(
    cast, fresh_client_of, people, settings, tmp_path, change
):
    settings.MEDIA_ROOT = tmp_path
    request = asked(fresh_client_of, cast.owner)
    approvals.approve(request, by=cast.director, version=request.version)
    change(cast)
    cast.owner.save()
    files.write_export(Job.objects.get().pk)
    assert Job.objects.get().state == "failed"
    assert list(tmp_path.rglob("*.csv")) == []
    assert AuditEntry.objects.filter(act="lists.exported").count() == 0


def test_a_list_that_grew_since_is_not_written(cast, fresh_client_of, people, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    request = asked(fresh_client_of, cast.owner)
    ExportRequest.objects.update(rows=5)
    approvals.approve(request, by=cast.director, version=request.version)
    files.write_export(Job.objects.get().pk)
    assert Job.objects.get().error == "The list has grown since it was approved. Please ask again."
    assert Notice.objects.filter(to=cast.owner, kind="lists.export").count() == 1


def test_a_job_without_approval_never_writes_a_personal_column(cast, people, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    payload = {"list": "tests.people", "query": "cols=mobile", "format": "csv", "position": "specialist"}
    job = Job.objects.create(kind="lists.export", by=cast.owner, payload=payload)
    files.write_export(job.pk)
    job.refresh_from_db()
    assert (job.state, list(tmp_path.rglob("*.csv"))) == ("failed", [])


def test_files_that_wait_together_add_up_too(cast, people, limit, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    limit("export_thirty_days_rows", 20)
    payload = {"list": "tests.people", "query": "", "format": "csv", "position": "specialist"}
    waiting = [Job.objects.create(kind="lists.export", by=cast.owner, payload=payload) for _n in range(2)]
    for job in waiting:
        files.write_export(job.pk)
        job.refresh_from_db()
    assert [job.state for job in waiting] == ["done", "failed"]
    assert AuditEntry.objects.filter(act="lists.exported").count() == len(list(tmp_path.rglob("*.csv"))) == 1


def test_an_own_small_file_needs_no_asking(cast, client_of, people):
    answer = client_of(cast.owner).get(ASK + "q%3DPerson")
    assert answer.headers["Location"] == "/demo/?q=Person&export=csv"


@pytest.mark.parametrize("address", ["/exports/ask/none/csv/", PERSONAL.replace("csv", "exe")])
def test_no_list_or_no_such_format_is_404(cast, client_of, people, address):
    assert client_of(cast.owner).get(address).status_code == 404


def test_who_may_not_export_may_not_ask(cast, fresh_client_of, people):
    assert fresh_client_of(cast.clerk).post(PERSONAL, WHY).status_code == 403
    assert ExportRequest.objects.count() == 0


@pytest.fixture
def limit(db):
    def put(key, value):
        assert definition_of(key)
        SettingRow.objects.update_or_create(key=key, valid_from="2020-01-01", defaults={"value": value})

    return put
