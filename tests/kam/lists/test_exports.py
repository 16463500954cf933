"""Files of lists: the same rows as the screen, nothing that computes, every one in the audit."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from kam.jobs.models import Job
from kam.jobs.rules import DEAD_AFTER
from kam.jobs.services import revive, stop
from kam.lists import exports, files
from kam.lists.spec import Column
from kam.lists.state import ListState
from kam.lists.writers import safe_text
from kam.outbox.models import Notice
from kam.settings_rows.registry import definition_of
from kam.users.models import User
from tests.kam.lists.demo_list import PEOPLE

pytestmark = pytest.mark.urls("tests.kam.lists.demo_list")


def body(answer):
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("start", [*"=+-@＝＋－＠\t\r\n\0", " =", "\u3000＝"])
def test_safe_text_never_lets_a_cell_compute(start):
    assert safe_text(f"{start}1+1").startswith("'")


@pytest.mark.parametrize("text", ["", "泉州商会", "a=b", "1-2", "'quoted"])
def test_safe_text_leaves_ordinary_words_alone(text):
    assert safe_text(text) == text


def test_csv_holds_what_the_screen_shows(cast, client_of, people):
    User.objects.filter(staff_number="p04").update(name="=HYPERLINK(1)")
    answer = client_of(cast.owner).get("/demo/?export=csv&position=manager&cols=name&cols=left&cols=number")
    raw = body(answer)
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert raw.startswith(b"\xef\xbb\xbf")
    assert rows[0] == ["Name", "Left", "Number"]
    assert [row[0] for row in rows[1:]] == ["'=HYPERLINK(1)", "Person 08", "Person 12"]
    assert rows[3][1] == "2024-01-12"
    assert rows[3][2] == str(people[11].pk % 7 + 1234567)


def test_a_file_reads_what_stands_beside_its_rows_in_chunks(cast, people, monkeypatch):
    asked = []

    def beside(ids, _user, _columns):
        asked.append(len(ids))
        return {"mail": {pk: f"mail of {pk}" for pk in ids}}

    columns = (*PEOPLE.columns[:1], Column("mail", "Mail", lambda u: u.beside["mail"]))
    state = ListState(replace(PEOPLE, columns=columns, beside=beside), cast.owner, QueryDict(""), "")
    monkeypatch.setattr(exports, "_CHUNK", 5)
    file, steps = io.BytesIO(), []
    count = exports.write_rows(state, "csv", file, progress=steps.append)
    rows = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == [f"mail of {row.pk}" for row in state.ordered()]
    assert asked == [*[5] * (count // 5), *([count % 5] if count % 5 else [])]
    assert steps == [5] * (count // 5)


def test_xlsx_keeps_text_as_text_and_numbers_as_numbers(cast, client_of, people):
    User.objects.filter(staff_number="p04").update(name="=1+1")
    openpyxl = pytest.importorskip("openpyxl")
    answer = client_of(cast.owner).get("/demo/?export=xlsx&position=manager")
    sheet = openpyxl.load_workbook(io.BytesIO(body(answer))).active
    assert sheet.max_row == 4
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["E2"].data_type == "n"
    assert sheet["D4"].is_date


def test_an_export_is_audited_with_its_number_of_rows(cast, client_of, people):
    body(client_of(cast.owner).get("/demo/?export=csv&position=manager"))
    entry = AuditEntry.objects.get(act="lists.exported")
    assert (entry.actor, entry.changes["rows"], entry.changes["list"]) == (
        cast.owner,
        [None, 3],
        [None, "tests.people"],
    )


def test_who_may_not_export_gets_no_file_and_leaves_no_entry(cast, client_of, people):
    assert client_of(cast.clerk).get("/demo/?export=csv").status_code == 403
    assert AuditEntry.objects.filter(act="lists.exported").count() == 0
    assert "?export=" not in client_of(cast.clerk).get("/demo/").content.decode()


def test_many_rows_become_a_job_whose_file_only_its_person_gets(
    cast, client_of, people, monkeypatch, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("kam.lists.exports.setting", lambda key: 5 if definition_of(key) else 0)
    client = client_of(cast.owner)
    answer = client.get("/demo/?export=csv&q=Person")
    job = Job.objects.get(kind="lists.export")
    assert (answer.status_code, job.total, job.by) == (302, 12, cast.owner)
    files.write_export(job.pk)
    files.write_export(job.pk)  # a task may run twice
    job.refresh_from_db()
    assert (job.state, job.result["rows"], Notice.objects.filter(to=cast.owner).count()) == ("done", 12, 1)
    assert len(body(client.get(f"/exports/{job.pk}/")).splitlines()) == 13
    assert client_of(cast.manager).get(f"/exports/{job.pk}/").status_code == 404


def test_a_file_is_gone_with_the_position_it_was_asked_for_in(
    cast, client_of, people, monkeypatch, settings, tmp_path
):
    """Other rights act at once, also on files that wait (R-16): who was moved does not fetch what they could see before."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("kam.lists.exports.setting", lambda key: 5 if definition_of(key) else 0)
    client_of(cast.owner).get("/demo/?export=csv&q=Person")
    job = Job.objects.get(kind="lists.export")
    files.write_export(job.pk)
    cast.owner.position = "hr"
    cast.owner.save(update_fields=["position"])
    assert client_of(cast.owner).get(f"/exports/{job.pk}/").status_code == 404


@pytest.fixture
def long_one(cast, client_of, people, monkeypatch, settings, tmp_path):
    """Return how to ask for a file that a worker writes; the files lie in `tmp_path`."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("kam.lists.exports.setting", lambda key: 5 if definition_of(key) else 0)

    def ask():
        client_of(cast.owner).get("/demo/?export=csv&q=Person")
        return Job.objects.filter(kind="lists.export").latest("pk")

    return ask


def left_behind(tmp_path):
    told = AuditEntry.objects.filter(act="lists.exported").count()
    return len(list(tmp_path.rglob("*.csv"))), told, Notice.objects.filter(kind="lists.export").count()


class KilledError(BaseException):
    """Stands for the end of a process: nothing of ours catches it."""


def test_a_worker_killed_while_it_writes_hands_out_nothing_and_the_next_writes_the_whole_file(
    long_one, cast, client_of, monkeypatch, tmp_path
):
    job, write = long_one(), exports.write_rows

    def write_half(state, file_format, file, **kwargs):
        write(state, file_format, file, **kwargs)
        file.truncate(40)
        raise KilledError

    monkeypatch.setattr(exports, "write_rows", write_half)
    with pytest.raises(KilledError):
        files.write_export(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, left_behind(tmp_path)) == ("running", {}, (0, 0, 0))
    assert client_of(cast.owner).get(f"/exports/{job.pk}/").status_code == 404
    monkeypatch.setattr(exports, "write_rows", write)
    files.write_export(job.pk)  # sent twice: the first worker may still live
    assert left_behind(tmp_path) == (0, 0, 0)
    Job.objects.update(heartbeat_at=timezone.now() - DEAD_AFTER - timedelta(seconds=1))
    assert revive() == "1"
    files.write_export(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.attempts, left_behind(tmp_path)) == ("done", 12, 2, (1, 1, 1))
    assert len(body(client_of(cast.owner).get(f"/exports/{job.pk}/")).splitlines()) == 13


def test_a_worker_killed_before_the_bell_rang_has_told_nobody_and_written_no_audit(
    long_one, monkeypatch, tmp_path
):
    job, ring = long_one(), files.notify

    def killed(**_told):
        raise KilledError

    monkeypatch.setattr(files, "notify", killed)
    with pytest.raises(KilledError):
        files.write_export(job.pk)
    job.refresh_from_db()
    assert (job.state, left_behind(tmp_path)[1:]) == ("running", (0, 0))
    monkeypatch.setattr(files, "notify", ring)
    Job.objects.update(heartbeat_at=timezone.now() - DEAD_AFTER - timedelta(seconds=1))
    files.write_export(job.pk)
    assert left_behind(tmp_path)[1:] == (1, 1)


def test_a_file_that_was_stopped_meanwhile_is_thrown_away(long_one, cast, monkeypatch, tmp_path):
    job, write = long_one(), exports.write_rows

    def write_and_be_stopped(*args, **kwargs):
        count = write(*args, **kwargs)
        stop(Job.objects.get(pk=job.pk), by=cast.owner)
        return count

    monkeypatch.setattr(exports, "write_rows", write_and_be_stopped)
    files.write_export(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, left_behind(tmp_path)) == ("stopped", {}, (0, 0, 0))


def test_two_files_of_one_second_have_two_names(long_one):
    first, second = long_one(), long_one()
    for job in (first, second):
        files.write_export(job.pk)
        job.refresh_from_db()
    assert first.result["file"] != second.result["file"]
    assert [job.result["name"] for job in (first, second)] == [
        f"tests-people-{business_date():%Y%m%d}-{job.pk}.csv" for job in (first, second)
    ]
