"""Two who write, one who adds up and one who reads at once: what is read is always what was committed (ADR 0021)."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from kam.core.periods import month_of
from kpi.measures.rules import DEPARTMENT
from kpi.measures.selectors import figures_of
from kpi.rollup import services
from kpi.rollup.models import Kept
from kpi.rollup.selectors import sums_of
from kpi.rollup.terms import KEPT
from kpi.rollup.verify import compare
from tests.factories.accounts import make_contact, make_unit
from tests.factories.kpi import at
from tests.racing import at_once, busy_with, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
DAY = date(2026, 6, 8)
JUNE = month_of(DAY)
CALLS = 30


def call(unit, user):
    make_contact(unit, on=DAY, called=True, outcome="回电", by=user)


def told():
    return sums_of({JUNE: ["calls.made"]}, DEPARTMENT)["calls.made", JUNE.first]


def test_two_who_write_and_one_who_reads_see_nothing_but_the_rows(cast):
    units = [make_unit(owner=user) for user in (cast.owner, cast.other_team)]
    with at(date(2026, 6, 15)):
        services.freshen([JUNE])
        seen, wrong = [], []

        def write(unit):
            for _n in range(CALLS):
                with transaction.atomic():
                    call(unit, unit.owner)

        def read():
            while not seen or seen[-1] < 2 * CALLS:
                services.freshen([JUNE])
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("set transaction isolation level repeatable read")
                    both = told(), figures_of(["calls.made"], JUNE)["calls.made"].of(DEPARTMENT)
                seen.append(both[0])
                wrong.extend([both] if both[0] != both[1] else [])

        answers = at_once(lambda: write(units[0]), lambda: write(units[1]), read)
        assert (answers, wrong, seen == sorted(seen)) == ([None] * 3, [], True)
        assert compare().first is None


def test_what_is_not_committed_while_sums_are_added_up_is_not_overlooked(cast):
    """The sums are added up without it, and its mark comes with it."""
    unit, written, added_up = make_unit(owner=cast.owner), threading.Event(), threading.Event()
    with at(date(2026, 6, 15)):
        call(unit, cast.owner)
        services.freshen([JUNE])
        call(unit, cast.owner)  # a mark of the same month and person is there already

        def write():
            with transaction.atomic():
                call(unit, cast.owner)
                written.set()
                assert added_up.wait(5)

        def add_up():
            assert written.wait(5)
            services.refresh([JUNE.first])
            count = told()
            added_up.set()
            return count

        assert at_once(write, add_up) == [None, 2]
        assert told() == 3
        services.freshen([JUNE])
        assert (told(), compare().first) == (3, None)


def test_what_is_committed_after_the_rows_were_read_leaves_its_mark(cast, monkeypatch):
    """Who writes waits for nobody who adds up, and what was read too early is not taken for true."""
    unit = make_unit(owner=cast.owner)
    add_up, in_time = services._redo, threading.Event()

    def add_up_and_wait(work):
        count = add_up(work)
        rows_were_read.set()
        assert in_time.wait(5), "the writer waited for the one who adds up"
        return count

    rows_were_read = threading.Event()
    monkeypatch.setattr(services, "_redo", add_up_and_wait)

    def write():
        assert rows_were_read.wait(5)
        call(unit, cast.owner)
        in_time.set()

    with at(date(2026, 6, 15)):
        assert at_once(lambda: services.refresh([JUNE.first]), write) == [len(KEPT), None]
        assert told() == 1
        assert compare().first is None


def test_two_who_add_up_at_once_do_it_one_after_the_other(cast, monkeypatch):
    """Without the name they hold, both add up the same month, and the second cannot write it."""
    services.refresh()  # no marks are left for which one would wait
    monkeypatch.setattr(services, "kept_months", meeting(services.kept_months))
    with at(date(2026, 6, 15)):
        answers = at_once(*[lambda: services.refresh([JUNE.first])] * 2)
        assert sorted(map(str, answers)) == ["0", str(len(KEPT))]
        assert compare().first is None


def test_a_page_does_not_wait_for_who_adds_up(cast, client_of):
    """It reads the rows of what is not true yet, and is not refused."""
    call(make_unit(owner=cast.owner), cast.owner)
    client = client_of(cast.director)
    with (
        at(date(2026, 6, 15)),
        busy_with("select pg_advisory_xact_lock(hashtextextended('kpi.rollup', 0))", []),
    ):
        page = client.get("/kpi/", {"month": "2026-06"})
        assert (page.status_code, Kept.objects.exists()) == (200, False)
        tiles = {tile.measure.key: tile.amount for tile in page.context["tiles"]}
        assert tiles["calls.made"] == 1
        client.get("/kpi/", {"month": "2026-06"})
    with at(date(2026, 6, 15)):
        assert client.get("/kpi/", {"month": "2026-06"}).status_code == 200
        assert (Kept.objects.exists(), compare().first) == (True, None)
