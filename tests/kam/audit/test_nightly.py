"""The nightly walk keeps the head outside, and tells when the chain is broken."""

import pytest
from django.db import connection, transaction

from kam.audit.services import record
from kam.core.sentences import read_sentence
from kam.ops.integrity import walk_audit_chain
from kam.outbox.models import Notice
from kam.users.terms import Position
from tests.factories.kam import make_user
from tests.kam.audit.acts import THING_CHANGED

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_walk_keeps_the_head_and_tells_of_a_break(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    admin = make_user("admin", Position.ADMINISTRATOR)
    make_user("someone")
    record(THING_CHANGED, admin, by=admin)
    assert read_sentence(walk_audit_chain()) == "1 entries whole"
    assert (tmp_path / "audit-heads.log").read_text("utf-8").split()[1] == "1"
    assert Notice.objects.count() == 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("alter table audit_auditentry disable trigger user")
        cursor.execute("update audit_auditentry set reason = 'forged'")
        cursor.execute("alter table audit_auditentry enable trigger user")
    assert read_sentence(walk_audit_chain()).startswith("not whole: ")
    walk_audit_chain()
    assert list(Notice.objects.values_list("to__staff_number", "kind")) == [("admin", "audit.broken")]
