"""Every URL × everybody, as the table under tests/permissions says; a URL that is not in the table fails (R-29, 13-proof 8).

Asking is what costs, so what is answered is read too: no page, paper or mail says a text that translators were not given (13-proof 7).
"""

import pytest
from django.db import connection, transaction

from tests.permissions.row import Row
from tests.permissions.walk import Walker, modules, patterns, rows_of


def test_every_url_is_in_the_table():
    listed = {row.route for module in modules() for row in rows_of(module)}
    unlisted = sorted(patterns().keys() - listed)
    assert not unlisted, "URLs without a row in tests/permissions:\n" + "\n".join(unlisted)


def test_the_table_speaks_of_no_url_that_is_gone():
    known = patterns()
    gone = sorted(
        f"{module}: {row.route}" for module in modules() for row in rows_of(module) if row.route not in known
    )
    assert not gone, "rows for URLs that do not exist:\n" + "\n".join(gone)


@pytest.mark.parametrize("module", modules())
def test_everybody_gets_what_the_table_says_in_words_for_translators(module, listener):
    complaints = listener.all_complaints(rows_of(module))
    assert not complaints, "\n" + "\n".join(complaints)
    bare = listener.bare(module)
    assert not bare, "\n" + "\n".join(bare)


WAYS_TO_WRITE = {
    "by a service": ("planted/", ""),
    "past the cursor": ("planted/copied/", ""),
    "by a statement that reads as well": (
        "planted/by-hand/",
        "with made as (insert into users_team (name) values ('by hand') returning id) select id from made",
    ),
    "by a function": ("planted/by-hand/", "select plant_a_team()"),
}


@pytest.mark.parametrize("way", WAYS_TO_WRITE)
def test_a_refusal_that_writes_is_found(way, cast, client_of, settings):
    """Negative control: a view that answers 403 after writing is named, whatever it writes by."""
    settings.ROOT_URLCONF = "tests.permissions_planted"
    route, sql = WAYS_TO_WRITE[way]
    row = Row(route, "POST", "-", "403: *", body=lambda _cast, _kwargs: {"sql": sql})
    with connection.cursor() as cursor:
        cursor.execute(
            "create function plant_a_team() returns void language sql"
            " as $$ insert into users_team (name) values ('by a function') $$"
        )
    with transaction.atomic():
        complaints = Walker(cast, client_of).complaints(row)
    assert [line.split(": ", 1)[1] for line in complaints] == ["403, but it changed users_team"] * 14


def test_a_wrong_code_is_named_with_its_person(cast, client_of, settings):
    settings.ROOT_URLCONF = "tests.permissions_planted"
    row = Row("fine/", "GET", "-", "200: *; 403: clerk")
    assert Walker(cast, client_of).complaints(row) == ["GET /fine/ [-] as clerk: 200 instead of 403"]


def test_no_two_addresses_share_a_name():
    """A link by name would lead to whichever came last."""
    by_name: dict[str, set[str]] = {}
    for pattern in patterns().values():
        by_name.setdefault(pattern.name, set()).add(pattern.route)
    by_name.pop("")
    assert {name: routes for name, routes in by_name.items() if len(routes) > 1} == {}
