"""The application's own role at the database's prompt: reads and appends, changes nothing (R-13)."""

import psycopg2
import pytest
from django.db import transaction

from kam.approvals import services as approvals
from kam.audit.models import AuditEntry, AuditPersonal
from kam.audit.services import erase_personal, record
from tests.application import attempts, contents_of, refusals
from tests.factories.approvals import make_route, make_wish
from tests.factories.kam import make_team, make_user
from tests.kam.audit.acts import THING_CHANGED

pytestmark = pytest.mark.django_db(transaction=True)

APPEND_ONLY = (
    "audit_auditentry",
    "audit_auditlink",
    "audit_auditpersonal",
    "approvals_decision",
    "approvals_snapshot",
    "approvals_round",
)


@pytest.fixture
def facts():
    """One of everything that must never change."""
    from kam.users.terms import Position

    owner, manager = make_user("asking"), make_user("boss", Position.MANAGER)
    make_team("Group 1", manager=manager, members=(owner,))
    make_route({"by": ["manager"]})
    record(THING_CHANGED, owner, by=owner, changes={"mobile": ("139", "138")}, personal=("mobile",))
    request = approvals.submit("wish", make_wish(owner, "5.00"), by=owner)
    approvals.approve(request, by=manager, version=request.version)
    return owner


def contents():
    return contents_of(APPEND_ONLY)


def test_the_application_cannot_change_what_is_written(facts, as_application):
    before = contents()
    assert all(count for count, _digest in before.values())
    keys = dict.fromkeys(APPEND_ONLY, "id") | {"audit_auditlink": "seq"}
    assert refusals(as_application, keys) == dict.fromkeys(attempts(keys), "InsufficientPrivilege")
    assert contents() == before


def test_the_application_is_no_superuser_and_owns_nothing(facts, as_application):
    assert as_application(
        "select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls from pg_roles where rolname = current_user"
    ) == [(False, False, False, False)]
    assert as_application("select count(*) from pg_class where pg_get_userbyid(relowner) = current_user") == [
        (0,)
    ]


def test_the_application_writes_no_link_itself(facts, as_application):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        as_application("insert into audit_auditlink (seq, entry_id, prev, hash) values (99, 1, 'a', 'b')")


def test_an_entry_of_the_application_is_linked_at_commit(facts, as_application):
    as_application(
        "insert into audit_auditentry (at, actor_label, act, object_type, object_id, object_label, changes, reason, ip, request_id,"
        " hash_version) values (now(), 'x', 'tests.thing.changed', 'a', '1', 'a', '{}', '', '', '', 1)"
    )
    newest = AuditEntry.objects.latest("id")
    assert newest.link.hash


def test_personal_values_are_emptied_only_with_a_trace(facts, as_application):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="without an audit entry"):
        as_application("select audit_erase_personal('users.user', %s)", str(facts.pk))
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        as_application(
            "set kam.erasing = 'yes'; update audit_auditpersonal set old = '', new = '', salt = ''"
        )
    assert AuditPersonal.objects.get().new == "138"


def test_erasure_empties_the_values_and_leaves_the_chain_whole(facts):
    from kam.audit.verify import verify_chain

    assert erase_personal(facts, by=None, reason="Asked by the person") == 1
    row = AuditPersonal.objects.get()
    assert (row.old, row.new, row.salt) == ("", "", "")
    assert AuditEntry.objects.filter(act="audit.personal.erased").count() == 1
    assert verify_chain().ok is True


def test_the_owner_cannot_rewrite_personal_values_either(facts):
    from django.db.utils import ProgrammingError

    with (
        pytest.raises(ProgrammingError, match="append-only"),
        transaction.atomic(),
    ):
        AuditPersonal.objects.update(new="137")
    assert AuditPersonal.objects.get().new == "138"
