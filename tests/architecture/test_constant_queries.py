"""Statements do not grow with rows: 10, 100 and 10,000 in the result of the person who looks (13-proof, 3)."""

import io
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from accounts.contacts.models import Contact
from accounts.units.models import KeyAccount, Observation
from accounts.units.tables import UNITS
from accounts.units.terms import Field
from kam.core.bulk import copy_rows, next_numbers
from kam.lists.exports import _CHUNK, write_rows
from kam.lists.state import read_state
from kam.notes.models import Task
from kam.search.services import search_keys
from kam.today.models import Digest
from kam.today.services import make
from kam.today.terms import Slot
from kam.users.scopes import team_of
from tests.factories.accounts import make_unit

MONDAY = date(2026, 6, 22)
NOON = datetime(2026, 6, 22, 4, 0, tzinfo=UTC)
SIZES = (10, 100, 10_000)
_CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
_KEYS = search_keys("长沙商会")


def fill(cast, size: int) -> KeyAccount:
    """Give the owner `size` units and tasks, and one of the units as many contacts and observations."""
    owner, team = cast.owner, team_of(cast.owner)
    pks = next_numbers(KeyAccount, size)
    copy_rows(
        [
            KeyAccount(
                pk=pk, name=f"长沙商会{pk}", name_key=f"长沙商会{pk}", sort_key="changsha", pinyin=_KEYS.pinyin,
                initials=_KEYS.initials, bigrams=_KEYS.bigrams, channel="chamber", owner=owner, team=team,
                file_opened_on=MONDAY, last_visit_on=MONDAY,
            )
            for pk in pks
        ]
    )  # fmt: skip
    unit = make_unit(f"泉州商会 {size}", owner=owner)
    copy_rows(
        [
            Contact(unit=unit, on=MONDAY - timedelta(days=n % 90), channel="call", by=owner)
            for n in range(size)
        ]
    )
    told = [(Field.HEADCOUNT, n, MONDAY - timedelta(days=n % 90)) for n in range(size)]
    copy_rows([Observation(unit=unit, field=f, value=v, learned_on=day, by=owner) for f, v, day in told])
    copy_rows(
        [
            Task(
                text=f"Task {n}", assignee=owner, due_on=MONDAY, subject_kind="accounts.unit",
                subject_id=str(unit.pk), subject_label=unit.name,
            )
            for n in range(size)
        ]
    )  # fmt: skip
    _settle()
    return unit


def _settle() -> None:
    """Let the server know how much there is now, as it learns by itself within a minute, and check so many rows here, not at the end.

    Plans that it keeps for checks and for statements kept (ADR 0015) are from tables that were empty: with these each row reads all.
    """
    tables = ", ".join(model._meta.db_table for model in (KeyAccount, Contact, Observation, Task))
    with connection.cursor() as cursor:
        cursor.execute(f"set local statement_timeout = 0; analyze {tables}")
        cursor.execute("set constraints all immediate; set constraints all deferred")


def export(cast) -> None:
    """Write the list of the owner's units as a file."""
    count = write_rows(read_state(UNITS, cast.owner, QueryDict(), []), "csv", io.BytesIO())
    assert count == KeyAccount.objects.filter(owner=cast.owner).count()


def digest(cast) -> None:
    """Make the morning's digests of everybody."""
    assert make(Slot.PLAN, MONDAY, datetime.combine(MONDAY, time(0, 5), UTC), by_hand=True).ids


def acts(cast, client, unit: KeyAccount) -> dict[str, Callable[[], object]]:
    """Return what is asked: name → act; each page is looked at once before, so that what is computed once is there."""

    def get(path: str, **headers: str) -> Callable[[], object]:
        def act() -> None:
            response = client.get(path, headers=headers)
            assert response.status_code == 200, path

        return act

    return {
        "list": get("/accounts/"),
        "list, fragment": get("/accounts/?sort=visit", **{"HX-Request": "true"}),
        "filtered": get("/accounts/?tier=D&status=prospect"),
        "search": get("/accounts/?q=长沙"),
        "record": get(f"/accounts/{unit.pk}/"),
        "timeline": get(f"/accounts/{unit.pk}/timeline/", **{"HX-Request": "true"}),
        "tab": get(f"/accounts/{unit.pk}/tabs/persons/", **{"HX-Request": "true"}),
        "today": get("/"),
        "palette": get("/search/palette/?q=长沙"),
        "export": lambda: export(cast),
        "digest": lambda: digest(cast),
    }


def statements(act: Callable[[], object]) -> list[str]:
    """Return what `act` asks the database."""
    with CaptureQueriesContext(connection) as seen:
        act()
    return [q["sql"] for q in seen.captured_queries if not q["sql"].startswith(_CONTROL)]


def asked(cast, client_of, size: int) -> dict[str, list[str]]:
    unit = fill(cast, size)
    client = client_of(cast.owner)
    found = {}
    for name, act in acts(cast, client, unit).items():
        if name != "digest":
            act()
        found[name] = statements(act)
    return found


@pytest.fixture
def few(cast, client_of):
    """What ten rows ask for; the rows stay, they are among the many."""
    with time_machine.travel(NOON, tick=True):
        found = asked(cast, client_of, SIZES[0])
    Digest.objects.all().delete()
    return found


@pytest.mark.parametrize("size", SIZES[1:])
def test_the_same_statements_for_ten_rows_and_for_many(cast, client_of, few, size):
    with time_machine.travel(NOON, tick=True):
        many = asked(cast, client_of, size)
    assert many.keys() == few.keys() != set()
    for name, said in many.items():
        allowed = len(few[name]) + _more_allowed(name, size)
        more = Counter(text[:60] for text in said) - Counter(text[:60] for text in few[name])
        assert len(said) <= allowed, (
            f"{name}: {len(few[name])} → {len(said)}\n" + "\n".join(said) + f"\n{more}"
        )


def _more_allowed(name: str, size: int) -> int:
    """Return how many statements more are no fault.

    A list that fits on one page needs no count; that one comes with the second page. A file is written in chunks, so that it takes
    no more memory for more rows: what stands beside the rows, coverage and flags, is asked once a chunk.
    """
    if name == "export":
        return 2 * (size // _CHUNK)
    return 1 if name in {"list", "list, fragment", "filtered", "search"} else 0
