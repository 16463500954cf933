"""What the database server keeps of a statement: each text once a connection, never too many, and values of every type."""

from datetime import UTC, date, datetime

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db import Error as DatabaseError
from django.db.models import TextField, Value

from accounts.units.models import KeyAccount
from kam.core import planned
from kam.core.prepared import Prepared, ask_together, blank
from kam.files.models import Attachment
from kam.notes.models import Note
from tests.factories.accounts import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    connection.ensure_connection()
    vars(connections[DEFAULT_DB_ALIAS]).pop("_kam_planned", None)
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")


def kept():
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements ORDER BY prepare_time")
        return [row[0] for row in cursor.fetchall()]


def test_a_text_is_kept_once_and_its_constants_stay_in_it(cast):
    unit = make_unit("荷塘商会", owner=cast.owner)
    found = Prepared(
        lambda: KeyAccount.objects.filter(owner_id=blank("who"), status="prospect").order_by().only("pk")
    )
    assert [found(who=cast.owner.pk), found(who=cast.lead.pk), found(who=None)] == [[unit], [], []]
    (text,) = kept()
    assert text.startswith("PREPARE kept_1 (bigint) AS SELECT")
    assert text.endswith('= ($1) AND "accounts_keyaccount"."status" = \'prospect\')')


def test_a_kept_statement_is_planned_for_all_values_at_once(cast):
    found = Prepared(lambda: KeyAccount.objects.filter(owner__any_of=blank("people")).order_by("pk"))
    # By itself the server would plan the first five, and each after them where that looks cheaper.
    for number in range(12):
        found(people=[cast.owner.pk, cast.lead.pk][: number % 2 + 1])
    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans, custom_plans FROM pg_prepared_statements")
        assert cursor.fetchall() == [(12, 0)]


def test_asked_together_and_alone_are_two_texts(cast):
    found = Prepared(lambda: KeyAccount.objects.filter(owner_id=blank("who")))
    assert ask_together([found.filled(who=cast.owner.pk), found.filled(who=cast.lead.pk)]) == [[], []]
    assert found(who=cast.owner.pk) == []
    assert len(kept()) == 2


def test_one_text_is_compared_with_columns_of_several_types(cast):
    unit = make_unit("荷塘商会", owner=cast.owner)
    Note.objects.create(subject_kind="accounts.unit", subject_id=str(unit.pk), text="one", by=cast.owner)
    counted = Prepared(
        lambda: (
            KeyAccount.objects.filter(pk=blank("unit"))
            .values_list(Value("unit", output_field=TextField()), "pk")
            .union(Note.objects.filter(subject_id=blank("unit")).values_list("text", "by"), all=True)
        )
    )
    assert sorted(counted(unit=str(unit.pk))) == sorted([("unit", unit.pk), ("one", cast.owner.pk)])


def test_days_moments_lists_and_nothing_go_as_values(cast):
    unit = make_unit("荷塘商会", owner=cast.owner)
    KeyAccount.objects.filter(pk=unit.pk).update(last_visit_on=date(2026, 6, 1))
    found = Prepared(
        lambda: KeyAccount.objects.filter(
            last_visit_on__any_of=blank("days"), created_at__lt=blank("now"), is_core=blank("core")
        )
    )
    now = datetime(2100, 1, 1, tzinfo=UTC)
    assert found(days=[], now=now, core=False) == []
    assert found(days=[date(2026, 6, 1)], now=now, core=False) == [unit]
    assert found(days=[date(2026, 6, 1)], now=now, core=True) == []
    assert found(days=[date(2026, 6, 1)], now=None, core=False) == []


def test_no_more_than_so_many_are_kept(cast, monkeypatch):
    monkeypatch.setattr(planned, "MOST", 3)
    unit = make_unit("荷塘商会", owner=cast.owner, area="长沙")
    found = Prepared(lambda field: KeyAccount.objects.filter(**{field: blank("text")}))
    for field in ("name", "area", "phone", "website", "name", "address"):
        assert found(field, text={"name": "荷塘商会", "area": "长沙"}.get(field, "x")) == (
            [unit] if field in {"name", "area"} else []
        )
        assert len(kept()) <= 3


def test_what_could_not_be_kept_is_tried_again(cast):
    found = Prepared(lambda: Attachment.objects.filter(owner_id=blank("whose")))
    with pytest.raises(DatabaseError, match="operator does not exist"), transaction.atomic():
        found(whose=7)  # a number, where the column is a text
    assert kept() == []
    assert found(whose="7") == []
    assert len(kept()) == 1
