"""How many statements the three most opened pages ask, exactly: one more is a decision, not an accident (docs/bench.md)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kam.core.clock import business_date
from tests.factories.accounts import make_contact, make_person, make_unit

pytestmark = pytest.mark.django_db


def statements(client, path):
    client.get(path)  # what is kept by the process is made now
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    asked = [query["sql"] for query in caught.captured_queries]
    return sum(not sql.startswith(("SAVEPOINT", "RELEASE")) for sql in asked)  # of the test's transaction


@pytest.mark.parametrize(("who", "asked"), [("owner", 6), ("manager", 7), ("director", 6)])
def test_the_list_of_units(cast, client_of, who, asked):
    for _n in range(60):
        make_unit(owner=cast.owner)
    assert statements(client_of(getattr(cast, who)), "/accounts/") == asked


def test_the_record_of_a_unit(cast, client_of):
    unit, unknown = (make_unit(owner=cast.owner) for _n in range(2))
    make_contact(unit, make_person(unit), on=business_date())
    asked = [statements(client_of(cast.owner), f"/accounts/{one.pk}/") for one in (unit, unknown)]
    assert asked == [5, 5]


def test_today_of_a_specialist(cast, client_of):
    assert statements(client_of(cast.owner), "/") == 7
