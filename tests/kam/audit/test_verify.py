"""The walk along the chain names what was changed around the application."""

import json
import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from kam.audit import verify
from kam.audit.models import AuditEntry, AuditLink
from kam.audit.services import record
from kam.audit.verify import keep_head, verify_chain
from tests.factories.kam import make_user
from tests.kam.audit.acts import THING_CHANGED

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_heads(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def chain():
    """Five entries, the third with a personal value."""
    user = make_user("someone")
    for n in range(5):
        with transaction.atomic():
            personal = ("mobile",) if n == 2 else ()
            record(THING_CHANGED, user, by=user, changes={"mobile": (str(n), str(n + 1))}, personal=personal)
    return user


def bypass(sql):
    """Do what only the owner can: lift the triggers, change, put them back."""
    tables = ("audit_auditentry", "audit_auditlink", "audit_auditpersonal")
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"alter table {table} disable trigger user")
        cursor.execute(sql)
        cursor.execute("set constraints all immediate")
        for table in tables:
            cursor.execute(f"alter table {table} enable trigger user")


def command():
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("audit_verify", "--json", stdout=out, stderr=err)
    except SystemExit as stop:
        code = stop.code
    return code, json.loads(out.getvalue()), err.getvalue()


def test_a_whole_chain(chain):
    assert command() == (0, {"ok": True, "checked": 5, "first_bad": None}, "")


def test_an_empty_chain():
    assert command() == (0, {"ok": True, "checked": 0, "first_bad": None}, "")


@pytest.mark.parametrize("chunk", [1, 2, 3, 20_000])
def test_chunks_change_nothing(chain, monkeypatch, chunk):
    monkeypatch.setattr(verify, "CHUNK", chunk)
    assert verify_chain().as_json() == {"ok": True, "checked": 5, "first_bad": None}


def third():
    return AuditLink.objects.order_by("seq")[2]


RELINKED = (
    "update audit_auditlink set prev = sha256('x'), hash = sha256(sha256('x') || audit_entry_bytes(e))"
    " from audit_auditentry e where e.id = entry_id and seq = {seq}"
)


@pytest.mark.parametrize("chunk", [2, 20_000])
@pytest.mark.parametrize(
    ("planted", "problem"),
    [
        ("update audit_auditentry set reason = 'forged' where id = {entry}", "entry changed"),
        (
            "update audit_auditentry set at = at + interval '1 microsecond' where id = {entry}",
            "entry changed",
        ),
        ("update audit_auditlink set hash = sha256('x') where seq = {seq}", "entry changed"),
        (RELINKED, "link broken"),
    ],
)
def test_a_planted_change_is_named(chain, monkeypatch, planted, problem, chunk):
    monkeypatch.setattr(verify, "CHUNK", chunk)
    link = third()
    bypass(planted.format(entry=link.entry_id, seq=link.seq))
    code, answer, hint = command()
    assert code == 1
    assert answer["ok"] is False
    assert answer["first_bad"] == {"seq": 3, "entry": link.entry_id, "problem": problem}
    assert "tell the director" in hint


def test_a_removed_entry_is_named(chain):
    link = third()
    bypass(
        f"delete from audit_auditpersonal; delete from audit_auditlink where seq = {link.seq};"
        f" delete from audit_auditentry where id = {link.entry_id}"
    )
    assert command()[1]["first_bad"]["problem"] == "link broken"


def test_an_entry_without_link_is_named(chain):
    bypass(
        "insert into audit_auditentry (at, actor_label, act, object_type, object_id, object_label, changes, reason, ip, request_id,"
        " hash_version) values (now(), 'x', 'x.x.x', 'a', '1', 'a', '{}', '', '', '', 1)"
    )
    newest = AuditEntry.objects.latest("id")
    assert command()[1]["first_bad"] == {"seq": None, "entry": newest.pk, "problem": "entry not linked"}


@pytest.mark.parametrize(
    ("planted", "problem"),
    [
        ("update audit_auditpersonal set new = '0'", "personal value changed"),
        ("delete from audit_auditpersonal", "personal value removed"),
    ],
)
def test_a_changed_personal_value_is_named(chain, planted, problem):
    entry = third().entry_id
    bypass(planted)
    assert command()[1]["first_bad"] == {"seq": None, "entry": entry, "problem": problem}


def test_a_chain_cut_at_its_end_shows_by_the_head_kept_outside(chain):
    keep_head(verify_chain())
    last = AuditLink.objects.latest("seq")
    bypass(
        f"delete from audit_auditlink where seq = {last.seq}; delete from audit_auditentry where id = {last.entry_id}"
    )
    code, answer, _hint = command()
    assert (code, answer["first_bad"]["seq"]) == (1, 5)
    assert "kept outside" in answer["first_bad"]["problem"]


def test_the_head_of_another_database_says_nothing_here(chain, tmp_path):
    (tmp_path / "audit-heads.log").write_text("other:1 99 ff 2026-01-01T00:00:00Z\n", "utf-8")
    assert verify_chain().ok is True


def test_a_broken_chain_keeps_no_head(chain, tmp_path):
    bypass("update audit_auditentry set reason = 'forged'")
    keep_head(verify_chain())
    assert not (tmp_path / "audit-heads.log").exists()


@pytest.mark.race
def test_eight_writers_at_once_leave_a_whole_chain():
    user = make_user("someone")
    failed = []

    def write():
        try:
            for n in range(25):
                with transaction.atomic():
                    record(THING_CHANGED, user, by=user, changes={"n": (n, n + 1)})
                    if n % 5 == 4:
                        transaction.set_rollback(True)
        except Exception as error:  # noqa: BLE001 -- reported below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failed == []
    assert verify_chain().as_json() == {"ok": True, "checked": 160, "first_bad": None}
