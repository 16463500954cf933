"""The application's role merges through the database's functions and changes neither the journal nor an append-only row by itself."""

import psycopg2
import pytest

from accounts.merge import services
from accounts.units.services import observe
from tests.factories.accounts import make_person, make_unit
from tests.factories.kam import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_application_only_merges(as_application):
    owner = make_user("merging")
    unit = make_unit(owner=owner)
    one, two = make_person(unit), make_person(unit)
    services.merge_persons(one, two, choices={}, reason="同一人", by=owner)
    observe(unit, {"headcount": 120}, learned_on=unit.file_opened_on, by=owner)
    for sql in (
        "update accounts_observation set unit_id = unit_id",
        (
            "insert into accounts_mergelink (merge_id, table_name, column_name, row_id, old, new, moved_in)"
            " select id, 'accounts_observation', 'unit_id', 1, '1', '2', txid_current() from accounts_merge"
        ),
        "update accounts_mergelink set state = 'gone'",
        "delete from accounts_mergelink",
        "delete from accounts_merge",
        "select accounts_move_row(id, 'accounts_observation', 'unit_id', 1, '1', '2') from accounts_merge",
        "select accounts_move_links(id, 'accounts_ownership', 'owner_id', false) from accounts_merge",
        "select accounts_return_links(id) from accounts_merge",
        "select accounts_drop_values(id) from accounts_merge",
        "delete from accounts_observation",
    ):
        with pytest.raises(psycopg2.Error) as refusal:
            as_application(sql)
        assert refusal.value.pgcode == "42501", sql
    moving = "select moved from accounts_move_links((select id from accounts_merge), 'accounts_personrole', 'person_id', false)"
    assert as_application(moving) == [(0,)]
