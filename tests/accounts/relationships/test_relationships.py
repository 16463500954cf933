"""Insiders and strengthening sheets: rules with their worked examples, acts, pages, list, paper."""

from datetime import date, timedelta

import pypdfium2
import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.persons.models import Person
from accounts.persons.terms import Insider
from accounts.red_flags.services import recompute
from accounts.relationships.models import (
    InsiderPlan,
    RelationshipLevel,
    StrengtheningAction,
    StrengtheningSheet,
)
from accounts.relationships.rules import Cultivated, Level, has_enough, lacks_of, level_on, outcome_problem
from accounts.relationships.selectors import insiders_of
from accounts.relationships.services import (
    Aim,
    InsiderTold,
    Reviewed,
    add_action,
    cultivate,
    finish_action,
    open_sheet,
    review_sheet,
)
from accounts.relationships.terms import EasyTask, Outcome, Strength
from accounts.units.services import change_owner
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.notes.models import Task
from tests.factories.accounts import make_contact, make_person, make_unit

TEXT = (settings.BASE_DIR / "docs/domain/relationships.md").read_text(encoding="utf-8")
DAY = date(2026, 6, 1)


def table(title):
    part = TEXT.split(f"## {title}")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_what_an_insider_lacks():
    rows = table("Insiders")
    assert len(rows) == 4
    for kind, learn, cult, tasks, planned, last, lacks in rows:
        texts = ["x" if told == "yes" else "" for told in (learn, cult, tasks)]
        person = Cultivated(Insider(kind), *texts, int(planned), 0, int(last))
        found = lacks_of(person, began_before_last_month=True)
        assert (" ".join(found) or "–") == lacks
        assert "rare" not in lacks_of(person, began_before_last_month=False)


def test_how_a_sheet_may_end():
    rows = table("The strengthening sheet")
    assert len(rows) == 7
    for outcome, now, goal, allowed in rows:
        told = outcome_problem(Outcome(outcome), now=Strength(int(now)), target=Strength(int(goal)))
        assert (told == "") == (allowed == "yes")


def test_only_insiders_are_counted():
    people = [Cultivated(kind, "", "", (), 4, 0, 0) for kind in (Insider.INSIDER, Insider.CANDIDATE)]
    assert has_enough(people, needed=1)
    assert not has_enough(people, needed=2)


def test_the_last_level_of_a_day_holds():
    levels = [
        Level(DAY, Strength.ALLIED),
        Level(DAY, Strength.TRUSTING),
        Level(date(2026, 5, 1), Strength.STRANGER),
    ]
    days = (date(2026, 4, 30), date(2026, 5, 31), DAY)
    assert [level_on(levels, day) for day in days] == [None, Strength.STRANGER, Strength.TRUSTING]


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


@pytest.fixture
def person(unit):
    return make_person(unit, "许志远𠮷", attitude="supports")


@pytest.fixture
def sheet(person, cast):
    aim = Aim(Strength.ACQUAINTED, Strength.TRUSTING, "tells us the dates", business_date())
    return open_sheet(person, aim, by=cast.owner)


def test_an_insider_is_cultivated_by_a_dated_plan(person, unit, cast):
    told = InsiderTold(Insider.INSIDER, "who decides", "tea", (EasyTask.NEWS,), 3)
    cultivate(person, told, by=cast.owner)
    cultivate(person, told, by=cast.owner)
    person.refresh_from_db()
    assert (person.insider, person.insider_learn) == ("insider", "who decides")
    assert InsiderPlan.objects.get().per_month == 3
    assert person.facts.filter(field="insider").count() == 1
    (shown,) = insiders_of(unit, today=business_date()).people
    assert (shown.told.asked, shown.lacks) == (3, [])
    cultivate(person, InsiderTold(Insider.NONE), by=cast.owner)
    assert InsiderPlan.objects.count() == 1
    with pytest.raises(ConflictError):
        cultivate(person, told, by=cast.owner, version=1)


def test_contacts_are_counted_by_month_and_supporters_are_offered(person, unit, cast):
    other = make_person(unit, "黄秀梅", insider="candidate")
    for day in ((2026, 5, 31), (2026, 6, 1), (2026, 6, 2), (2026, 6, 9)):
        make_contact(unit, other, on=date(*day))
    shown = insiders_of(unit, today=date(2026, 6, 5))
    assert shown.possible == [person]
    assert not shown.is_enough
    (row,) = shown.people
    assert (row.told.this_month, row.told.last_month, row.told.asked) == (2, 1, 4)


def test_a_sheet_makes_tasks_and_ends_with_its_goal(sheet, person, cast):
    action = add_action(sheet, "tea", due_on=business_date(), by=cast.manager)
    assert [task.assignee for task in Task.objects.open()] == [cast.owner, cast.owner]
    finish_action(action, "warm", by=cast.owner)
    finish_action(action, "twice", by=cast.owner)
    action.refresh_from_db()
    assert (action.result, action.done_on) == ("warm", business_date())
    later = business_date() + timedelta(days=20)
    review_sheet(sheet, Reviewed(Strength.ACQUAINTED, "friendly", later), by=cast.owner, version=1)
    assert Task.objects.open().get().due_on == later
    add_action(sheet, "a walk", due_on=later, by=cast.owner)
    with pytest.raises(ConflictError):
        review_sheet(sheet, Reviewed(Strength.TRUSTING, "x", later), by=cast.owner, version=1)
    told = Reviewed(Strength.TRUSTING, "called us first", outcome=Outcome.REACHED)
    closed = review_sheet(sheet, told, by=cast.owner)
    assert (closed.outcome, closed.closed_on) == ("reached", business_date())
    assert not Task.objects.open().exists()
    assert list(person.relationship_levels.order_by("pk").values_list("strength", flat=True)) == [2, 3]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (Reviewed(Strength.TRUSTING, " ", DAY), "result"),
        (Reviewed(Strength.TRUSTING, "x"), "next_review_on"),
        (Reviewed(Strength.TRUSTING, "x", DAY), "next_review_on"),
        (Reviewed(Strength.ACQUAINTED, "x", outcome=Outcome.REACHED), "outcome"),
        (Reviewed(Strength.TRUSTING, "x", outcome=Outcome.KEPT), "outcome"),
    ],
)
def test_a_review_that_cannot_be_changes_nothing(sheet, cast, told, field):
    with pytest.raises(BusinessError) as refused:
        review_sheet(sheet, told, by=cast.owner)
    assert refused.value.field == field
    sheet.refresh_from_db()
    assert (sheet.version, sheet.strength, sheet.closed_on) == (1, 2, None)
    assert RelationshipLevel.objects.count() == 1


def test_one_sheet_at_a_time_and_none_downwards(sheet, person, unit, cast):
    up = Aim(Strength.TRUSTING, Strength.ALLIED, "x", business_date())
    with pytest.raises(BusinessError, match="open already"):
        open_sheet(person, up, by=cast.owner)
    other = make_person(unit)
    for aim in (
        Aim(Strength.ALLIED, Strength.TRUSTING, "x", business_date()),
        Aim(Strength.TRUSTING, Strength.ALLIED, "x", DAY),
    ):
        with pytest.raises(BusinessError):
            open_sheet(other, aim, by=cast.owner)
    assert StrengtheningSheet.objects.get() == sheet
    Person.objects.filter(pk=other.pk).update(left_on=DAY)
    with pytest.raises(BusinessError, match="left"):
        open_sheet(other, up, by=cast.owner)
    values = {
        "unit": unit,
        "person": person,
        "opened_on": DAY,
        "strength": 2,
        "goal": "x",
        "next_review_on": DAY,
    }
    for changes in ({"present": 2, "target": 3}, {"present": 3, "target": 2, "person": other}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StrengtheningSheet.objects.create(**(values | changes))


def test_a_closed_sheet_takes_no_action(sheet, cast):
    review_sheet(sheet, Reviewed(Strength.ACQUAINTED, "no time", outcome=Outcome.GIVEN_UP), by=cast.owner)
    with pytest.raises(BusinessError, match="closed"):
        add_action(sheet, "tea", due_on=business_date(), by=cast.owner)
    assert not StrengtheningAction.objects.exists()


def test_a_person_is_strengthened_in_the_browser(person, unit, cast, client_of):
    recompute([unit.pk], today=business_date())
    client = client_of(cast.owner)
    tab = client.get(f"/accounts/{unit.pk}/tabs/insiders/").content.decode()
    for text in ("Nobody inside tells us", "Who may become one?", "许志远𠮷"):
        assert text in tab
    body = {"version": 1, "kind": "insider", "learn": "who decides", "tasks": ["news"], "per_month": 3}
    assert client.post(f"/persons/{person.pk}/insider/", body).status_code == 302
    later = (business_date() + timedelta(days=9)).isoformat()
    body = {"present": 2, "target": 3, "goal": "tells us the dates", "next_review_on": later}
    address = client.post(f"/persons/{person.pk}/strengthen/", body).headers["Location"]
    body = {"text": "tea", "due_on": later, "cost": "120.50"}
    assert client.post(f"{address}actions/new/", body).status_code == 302
    action = StrengtheningAction.objects.get()
    assert client.post(f"{address}actions/{action.pk}/", {"result": "warm"}).status_code == 302
    body = {"version": 1, "strength": 3, "result": "called us", "outcome": "reached", "next_review_on": ""}
    assert client.post(f"{address}review/", body).status_code == 302
    page = client.get(address).content.decode()
    for text in ("120.50", "warm", "called us", "Goal reached", "Trusts us"):
        assert text in page
    paper = client.get(f"{address}sheet.pdf?language=en").content
    pages = "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(paper))
    for text in ("许志远𠮷", "泉州商会", "tea", "120.50", "warm", "called us", "tells us the dates"):
        assert text in pages
    insiders = client.get(f"/accounts/{unit.pk}/insiders/").content.decode()
    for text in ("1 insider: enough", "Contacts this month 0 of 3", "tells what is new in the house"):
        assert text in insiders
    assert "called us" in client.get(f"/accounts/{unit.pk}/timeline/").content.decode()


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("actions/new/", {"text": "", "due_on": "2199-01-01", "cost": "1"}, 422),
        ("actions/new/", {"text": "tea", "due_on": "2026-06-01", "cost": "1"}, 422),
        ("actions/new/", {"text": "tea", "due_on": "2026-12-31", "cost": "-1"}, 422),
        ("review/", {"version": 9, "strength": 3, "result": "x", "next_review_on": "2026-12-31"}, 409),
        ("review/", {"version": 1, "strength": 9, "result": "x", "next_review_on": "2026-12-31"}, 422),
    ],
)
def test_bad_input_is_told_and_writes_nothing(sheet, cast, client_of, path, body, status):
    assert client_of(cast.owner).post(f"{sheet.get_absolute_url()}{path}", body).status_code == status
    sheet.refresh_from_db()
    assert sheet.version == 1
    assert not StrengtheningAction.objects.exists()


def test_the_list_follows_the_unit_and_its_filters(sheet, unit, cast, client_of):
    def names(user, query=""):
        return "许志远𠮷" in client_of(user).get(f"/strengthening/{query}").content.decode()

    assert names(cast.owner)
    assert names(cast.owner, "?state=due")
    assert not names(cast.owner, "?state=closed")
    assert not names(cast.owner, "?target=5")
    assert not names(cast.other_team)
    assert "许志远𠮷" in b"".join(client_of(cast.owner).get("/strengthening/?export=csv")).decode()
    change_owner(unit, owner=cast.same_team, by=cast.manager, reason="more time")
    assert not names(cast.owner)
    assert names(cast.same_team)


def test_the_page_costs_the_same_for_many_insiders(sheet, person, unit, cast, client_of):
    client = client_of(cast.owner)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/accounts/{unit.pk}/insiders/")
            client.get("/strengthening/")
        return len(queries)

    cultivate(person, InsiderTold(Insider.INSIDER), by=cast.owner)
    ask()
    few = ask()
    for _n in range(8):
        more = make_person(unit, insider="candidate")
        cultivate(more, InsiderTold(Insider.INSIDER, "x"), by=cast.owner)
        open_sheet(more, Aim(Strength.STRANGER, Strength.ALLIED, "x", business_date()), by=cast.owner)
    assert ask() == few
