"""The nightly walk keeps the head outside, and tells when the chain is broken."""

import pytest
from django.db import connection, transaction

from kam.audit.registry import register_act
from kam.audit.services import record
from kam.ops.integrity import walk_audit_chain
from kam.outbox.models import Notice
from kam.users.terms import Position
from tests.factories.kam import make_user

pytestmark = pytest.mark.django_db(transaction=True)
ACT = register_act("tests.thing.changed", "Thing changed")


def test_the_walk_keeps_the_head_and_tells_of_a_break(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    admin = make_user("admin", Position.ADMINISTRATOR)
    make_user("someone")
    record(ACT, admin, by=admin)
    assert walk_audit_chain() == "1 entries whole"
    assert (tmp_path / "audit-heads.log").read_text("utf-8").split()[1] == "1"
    assert Notice.objects.count() == 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("alter table audit_auditentry disable trigger user")
        cursor.execute("update audit_auditentry set reason = 'forged'")
        cursor.execute("alter table audit_auditentry enable trigger user")
    assert walk_audit_chain().startswith("NOT WHOLE")
    walk_audit_chain()
    assert list(Notice.objects.values_list("to__staff_number", "kind")) == [("admin", "audit.broken")]
