"""What became of promises, the ledger's rows and figures, the pack on two pages."""

from datetime import date, timedelta
from decimal import Decimal

import pypdfium2
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kam.core.clock import business_date
from kam.notes.models import Task
from kam.notes.services import add_task, complete_task
from kam.notes.terms import SourceKey, TaskKind
from tests.factories.accounts import make_person, make_role, make_unit
from tests.factories.visits import make_line, make_plan, make_visit
from visits.packs.rules import kept_percent, standing_of
from visits.packs.selectors import in_standing, promises_seen, standing, tallies
from visits.packs.terms import Standing

TODAY = date(2026, 6, 25)


def day_of(text):
    return None if text == "–" else date.fromisoformat(f"2026-{text}")


def test_the_worked_examples_are_true():
    text = (settings.BASE_DIR / "docs/domain/promises.md").read_text(encoding="utf-8")
    rows = [
        [c.strip() for c in line.strip("|").split("|")] for line in text.splitlines() if line[:2] == "| "
    ][1:]
    assert len(rows) == 6
    for due, done, today, became in rows:
        assert standing_of(day_of(due), day_of(done), today=day_of(today)) == became


@given(st.lists(st.sampled_from(Standing), max_size=30))
def test_the_share_kept_lies_between_nothing_and_all(standings):
    share = kept_percent(standings)
    due = [one for one in standings if one is not Standing.OPEN]
    assert (share is None) == (not due)
    assert share is None or 0 <= share <= 100
    assert share != 100 or due.count(Standing.KEPT) / len(due) >= 0.995


def promise(unit, by, text="send the offer", kind=TaskKind.PROMISE, **fields):
    subject = SourceKey.of("accounts.unit", unit.pk, unit.name)
    return add_task(text, assignee=by, by=by, subject=subject, kind=kind, **fields)


@pytest.mark.usefixtures("thursday")
def test_the_ledger_shows_both_directions_of_the_units_one_may_open(cast, client_of):
    unit = make_unit("泉州商会", owner=cast.owner)
    kept = promise(unit, cast.owner, due_on=TODAY)
    complete_task(kept, by=cast.owner)
    late = promise(unit, cast.owner, "late one", due_on=TODAY - timedelta(days=1))
    complete_task(late, by=cast.owner)
    promise(unit, cast.owner, "broken one", due_on=TODAY - timedelta(days=2))
    promise(unit, cast.owner, "names of the board", kind=TaskKind.THEIR_PROMISE, due_on=TODAY)
    promise(make_unit(owner=cast.other_team), cast.other_team, "nobody's business")
    page = client_of(cast.owner).get("/promises/").content.decode()
    for text in ("send the offer", "late one", "broken one", "names of the board", "33 %"):
        assert text in page
    assert "nobody&#x27;s business" not in page
    assert [tally.percent for tally in tallies(cast.owner)] == [Decimal(33), None]
    assert [tally.percent for tally in tallies(cast.manager)] == [Decimal(33), None]
    assert not promises_seen(cast.same_team).exists()
    for one in Standing:
        told = {task.pk for task in in_standing(promises_seen(cast.owner), one, TODAY)}
        assert told == {task.pk for task in promises_seen(cast.owner) if standing(task, TODAY) is one}
    only = client_of(cast.manager).get("/promises/?standing=broken").content.decode()
    assert ("broken one" in only, "late one" in only) == (True, False)


@pytest.mark.usefixtures("thursday", "routes")
def test_the_pack_holds_everything_on_two_pages(cast, client_of):
    unit = make_unit("泉州商会", owner=cast.owner, tier="A")
    person = make_person(unit, "许志远𠮷", post="会长", mobile="13873300001")
    make_role(person)
    for number in range(12):
        make_person(unit, f"Person of the house {number}")
    make_line(make_plan(cast.owner), unit, persons=[person], questions="Who signs?\nWhen?")
    for number in range(4):
        on = TODAY - timedelta(days=number + 1)
        make_visit(unit, person, user=cast.owner, on=on, summary=f"summary {number} " + "long text " * 60)
    for number in range(8):
        promise(unit, cast.owner, f"ours {number}", due_on=TODAY)
        promise(unit, cast.owner, f"theirs {number}", kind=TaskKind.THEIR_PROMISE)
    answer = client_of(cast.owner).get(f"/accounts/{unit.pk}/pack.pdf")
    paper = pypdfium2.PdfDocument(answer.content)
    text = "".join(page.get_textpage().get_text_range() for page in paper)
    text = "".join(text.split())
    assert len(paper) <= 2
    for told in ("泉州商会", "许志远", "𠮷", "Who signs?", "summary 0", "summary 2", "ours 5", "theirs 5"):
        assert told.replace(" ", "") in text
    for left_out in ("summary 3", "ours 6", "13873300001"):
        assert left_out.replace(" ", "") not in text
    record = client_of(cast.owner).get(f"/accounts/{unit.pk}/").content.decode()
    assert f"/accounts/{unit.pk}/pack.pdf" in record


def test_an_empty_file_still_makes_a_pack(cast, client_of):
    unit = make_unit("南昌商会", owner=cast.owner)
    assert client_of(cast.owner).get(f"/accounts/{unit.pk}/pack.pdf").content.startswith(b"%PDF")


def test_the_ledger_asks_a_fixed_number_of_statements(cast, client_of):
    unit, client = make_unit(owner=cast.owner), client_of(cast.owner)
    promise(unit, cast.owner)
    client.get("/promises/")

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/promises/").status_code == 200
        return len(asked)

    few = count()
    for number in range(8):
        promise(unit, cast.owner, f"more {number}", due_on=business_date())
    assert (count(), Task.objects.count()) == (few, 9)
