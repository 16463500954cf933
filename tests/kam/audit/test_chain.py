"""Entries are linked at commit and cannot be changed."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from kam.audit.models import AuditEntry, AuditLink
from kam.audit.services import record
from tests.factories.kam import make_user
from tests.kam.audit.acts import THING_CHANGED


@pytest.mark.django_db(transaction=True)
def test_every_committed_entry_is_linked_to_the_one_before():
    user = make_user("someone")
    for n in range(3):
        with transaction.atomic():
            record(THING_CHANGED, user, by=user, changes={"n": (n, n + 1)})
    links = list(AuditLink.objects.order_by("seq"))
    assert [link.entry_id for link in links] == list(
        AuditEntry.objects.order_by("id").values_list("id", flat=True)
    )
    assert [bytes(link.prev) for link in links[1:]] == [bytes(link.hash) for link in links[:-1]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "sql",
    ["update audit_auditentry set act = 'x'", "delete from audit_auditentry", "delete from audit_auditlink"],
)
def test_the_owner_is_refused_changes_too(sql):
    user = make_user("someone")
    record(THING_CHANGED, user, by=user)
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="append-only"):
        cursor.execute(sql)
    assert AuditEntry.objects.get().act == THING_CHANGED


@pytest.mark.django_db
def test_record_refuses_an_act_nobody_registered():
    user = make_user("someone")
    with pytest.raises(ValueError, match="not registered"):
        record("tests.thing.misspelt", user, by=user)
    assert AuditEntry.objects.count() == 0


@pytest.mark.django_db
def test_personal_values_stand_beside_the_entry_only():
    user = make_user("someone")
    entry = record(THING_CHANGED, user, by=user, changes={"mobile": ("139", "138")}, personal=("mobile",))
    assert entry.changes["mobile"][0].startswith("sha256:")
    assert list(entry.personal.values_list("field", "old", "new")) == [("mobile", "139", "138")]
