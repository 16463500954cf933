from datetime import date, time, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from accounts.persons.models import PersonRole
from accounts.persons.terms import BuyerRole, Confidence
from accounts.red_flags.models import RedFlag
from accounts.units.models import KeyAccount
from kam.users.models import Membership
from tests.factories.accounts import make_contact, make_person, make_role, make_unit
from tests.factories.visits import MONDAY, make_appointment, make_line, make_plan
from visits.plans.services import finish_line
from visits.preparation import selectors
from visits.preparation.models import PreparationSheet
from visits.preparation.terms import Judgement, SelfQuestion
from visits.visits.selectors import open_lines

pytestmark = pytest.mark.usefixtures("thursday", "routes")


def meeting(cast, **fields):
    unit = make_unit("泉州商会", owner=cast.owner, tier="A")
    person = make_person(unit, "许志远", post="会长", style="tiger")
    make_role(person, BuyerRole.DECISION_MAKER, confidence=Confidence.ASSUMED)
    return make_line(make_plan(cast.owner), unit, persons=[person], **fields)


def test_the_page_says_whom_to_meet_how_and_what_is_dangerous(cast, client_of):
    """S-056, S-058, S-059."""
    line = meeting(cast)

    page = client_of(cast.owner).get(f"/visits/prepare/{line.pk}/").content.decode()

    assert "许志远" in page
    assert "Tiger: the conclusion first" in page
    assert "Decision maker · assumed" in page
    assert "Empty seat: Technical gatekeeper" in page
    assert "Never met: 许志远." in page
    assert "No question is written yet." in page
    assert "Who at your house is the technical gatekeeper?" in page


def test_the_hint_on_deciders_does_not_contradict_the_flag(cast, client_of):
    """The seat names one, the drawn flow of decisions another: nobody is certain."""
    line = meeting(cast)
    PersonRole.objects.update(confidence=Confidence.CONFIRMED)

    def judged():
        found = selectors.groups(selectors.file_of(line.unit), line, None)
        rows = [row for group in found for row in group.rows]
        return next((r.judgement, r.hint) for r in rows if r.question is SelfQuestion.DECIDERS_CERTAIN)

    assert judged() == (Judgement.GOOD, "Decide: 许志远.")
    RedFlag.objects.create(
        unit=line.unit, kind="deciders_unclear", fact_key="x", severity="attention", since_on=MONDAY, evidence={"deciders": 2}, rule_version=1
    )  # fmt: skip
    assert judged() == (Judgement.CARE, "Decide: 许志远. Unclear who decides finally")


def test_what_was_thought_through_is_kept_and_shown_again(cast, client_of):
    line, client = meeting(cast), None
    client = client_of(cast.owner)
    data = {
        "outline": "Who signs?",
        "take": ["What speaks against deciding this month?"],
        "homework": "They meet on Fridays",
        "next_questions": "Did the board agree?",
        "answer_2b": "I meet him on Monday",
        "answer_5": "A letter before the visit",
    }

    answer = client.post(f"/visits/prepare/{line.pk}/", data)

    line.refresh_from_db()
    assert answer.status_code == 302
    assert line.outline == ["Who signs?", "What speaks against deciding this month?"]
    sheet = PreparationSheet.objects.get(line=line)
    assert {a.question: (a.text, a.judgement) for a in sheet.answers.all()} == {
        "2b": ("I meet him on Monday", "danger"),
        "5": ("A letter before the visit", "care"),
    }
    page = client.get(f"/visits/prepare/{line.pk}/").content.decode()
    assert "They meet on Fridays" in page
    assert "1 / 5" in page


def test_questions_for_next_time_are_offered_next_time(cast, client_of):
    line = meeting(cast)
    client = client_of(cast.owner)
    client.post(f"/visits/prepare/{line.pk}/", {"next_questions": "Did the board agree?"})
    later = make_line(line.plan, line.unit, day=date(2026, 7, 2))

    assert 'value="Did the board agree?"' in client.get(f"/visits/prepare/{later.pk}/").content.decode()
    assert 'value="Did the board agree?"' not in client.get(f"/visits/prepare/{line.pk}/").content.decode()


def test_saving_the_same_again_writes_nothing(cast, client_of):
    line, client = meeting(cast), client_of(cast.owner)
    for _again in range(2):
        client.post(f"/visits/prepare/{line.pk}/", {"outline": "Who signs?", "answer_4": "Yes"})

    assert PreparationSheet.objects.get(line=line).version == 2


def test_papers_hold_what_was_written(cast, client_of):
    """S-061: wallet card and poster."""
    line, client = meeting(cast, questions="Who signs for 𠮷?"), client_of(cast.owner)

    def text_of(address):
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "application/pdf"
        reader = PdfReader(BytesIO(answer.content))
        return "".join(p.extract_text() for p in reader.pages), reader

    sheet, _reader = text_of(f"/visits/prepare/{line.pk}/sheet.pdf")
    assert "Who signs for 𠮷?" in sheet
    assert "许志远" in sheet
    for form, millimetres in (("card", (105, 148)), ("poster", (420, 594))):
        text, reader = text_of(f"/visits/questions/{form}.pdf")
        box = reader.pages[0].mediabox
        assert "Is the identity of all buyers clear?" in text
        assert len(reader.pages) == 1
        assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == millimetres


def test_the_day_shows_lines_and_appointments_in_the_order_of_the_clock(cast, client_of):
    line = meeting(cast, start=time(14), end=time(15))
    make_appointment(
        make_unit("芦淞大市场", owner=cast.owner), cast.owner, starts_at=line.starts_at - timedelta(hours=4)
    )

    plan = selectors.day_plans([cast.owner, cast.manager], MONDAY)
    page = client_of(cast.owner).get(f"/visits/day/?day={MONDAY}").content.decode()

    assert list(plan) == [cast.owner.pk]
    assert [item.title for item in plan[cast.owner.pk].items] == ["芦淞大市场", "泉州商会"]
    assert plan[cast.owner.pk].items[1].people[0].called == "许会长"
    assert page.index("芦淞大市场") < page.index("泉州商会")
    assert "not approved yet" in page


def test_the_file_of_a_unit_that_moved_on_is_closed_to_whoever_planned_the_visit(cast, client_of):
    """The line stays in the plan; whom the new owner met, the seats and the flags are the new owner's."""
    line = meeting(cast)
    KeyAccount.objects.update(owner=cast.other_team, team=cast.second_team)
    make_person(KeyAccount.objects.get(), "李新人")
    RedFlag.objects.create(
        unit=KeyAccount.objects.get(),
        kind="single_thread",
        fact_key="single_thread",
        severity="danger",
        since_on=MONDAY,
        rule_version=1,
    )
    client, address = client_of(cast.owner), f"/visits/prepare/{line.pk}/"
    assert client.get(address).status_code == client.get(f"{address}sheet.pdf").status_code == 404
    assert client.post(address, {"outline": "谁签字？"}).status_code == 404
    assert not PreparationSheet.objects.exists()
    words = str(RedFlag.objects.get().words)
    page = client.get(f"/visits/day/?day={MONDAY}").content.decode()
    assert ("泉州商会" in page, words in page, address in page) == (True, False, False)
    page = client_of(cast.director).get(f"/visits/day/?day={MONDAY}&user={cast.owner.pk}").content.decode()
    assert ("泉州商会" in page, words in page, address in page) == (True, True, True)
    assert (
        client_of(cast.other_manager).get(f"/visits/day/?day={MONDAY}&user={cast.owner.pk}").status_code
        == 404
    )


def test_today_offers_no_visit_to_a_unit_that_moved_on(cast, client_of):
    """Neither the file nor the log of the visit would open: what is left is to take the line out of the plan."""
    line, client = meeting(cast), client_of(cast.owner)
    RedFlag.objects.create(
        unit=line.unit, kind="no_insider", fact_key="x", severity="danger", since_on=MONDAY, rule_version=1
    )

    def shown():
        item = selectors.own_days([cast.owner, cast.manager], MONDAY)[cast.owner.pk].items[0]
        page = client.get(f"/visits/day/?day={MONDAY}").content.decode()
        offered = [row.pk for row in open_lines(cast.owner, MONDAY)]
        return item.opens, bool(item.flags), bool(item.people[0].roles), f"?line={line.pk}" in page, offered

    assert shown() == (True, True, True, True, [line.pk])
    KeyAccount.objects.update(owner=cast.same_team)
    assert shown() == (False, False, False, False, [])
    assert f"/visits/week/lines/{line.pk}/" in client.get(f"/visits/day/?day={MONDAY}").content.decode()
    assert client.get(f"/visits/new/?line={line.pk}").status_code == 403


def test_whoever_changed_teams_brings_no_rows_of_the_old_team_into_the_day(cast, client_of):
    line = meeting(cast)
    make_appointment(
        make_unit("芦淞大市场", owner=cast.owner), cast.owner, starts_at=line.starts_at - timedelta(hours=4)
    )
    Membership.objects.filter(user=cast.owner).update(ended_on=date(2026, 6, 24))
    Membership.objects.create(user=cast.owner, team=cast.second_team, started_on=date(2026, 6, 25))

    def shown(user):
        page = client_of(user).get(f"/visits/day/?day={MONDAY}&user={cast.owner.pk}")
        return page.status_code, [
            name for name in ("泉州商会", "芦淞大市场") if name in page.content.decode()
        ]

    assert shown(cast.other_manager) == (200, [])
    assert shown(cast.owner) == shown(cast.director) == (200, ["泉州商会", "芦淞大市场"])


def test_a_visit_without_an_outline_is_a_fact_for_the_red_flags(cast):
    """S-060."""
    line = meeting(cast)

    assert selectors.visits_due([line.unit_id], MONDAY) == {
        line.unit_id: {
            "visits_due": [
                {
                    "key": f"plan_line:{line.pk}",
                    "on": MONDAY,
                    "has_outline": False,
                    "label": "Confirm who signs",
                }
            ]
        }
    }
    assert selectors.visits_due([line.unit_id], MONDAY + timedelta(days=1)) == {}


def test_a_missing_outline_is_said_at_its_own_line_only(cast):
    bare = meeting(cast)
    written = make_line(bare.plan, bare.unit, start=time(14), end=time(15, 30), questions="Who signs?")
    for kind in ("no_outline", "no_insider"):
        RedFlag.objects.create(
            unit=bare.unit, kind=kind, fact_key=kind, severity="danger", since_on=MONDAY, evidence={"visit": "x"}, rule_version=1
        )  # fmt: skip

    items = selectors.day_plans([cast.owner], MONDAY)[cast.owner.pk].items

    assert {item.line.pk: [words for _tone, words, _who in item.flags] for item in items} == {
        bare.pk: ["No insider"],
        written.pk: ["No insider"],
    }


def test_the_days_of_many_people_cost_as_many_queries_as_one(cast):
    def fill(user):
        unit = make_unit(owner=user)
        person = make_person(unit)
        make_role(person)
        make_contact(unit, person, on=date(2026, 6, 1))
        make_line(make_plan(user), unit, persons=[person])
        make_appointment(unit, user, starts_at=make_line(make_plan(user), unit, day=date(2026, 7, 1)).ends_at)

    def queries(people):
        with CaptureQueriesContext(connection) as captured:
            selectors.day_plans(people, MONDAY)
        return len(captured), captured.captured_queries

    fill(cast.owner)
    one, _sql = queries([cast.owner])
    for user in (cast.same_team, cast.other_team, cast.lead):
        fill(user)
    many, sql = queries([cast.owner, cast.same_team, cast.other_team, cast.lead])

    assert many == one, sql


def test_a_visit_that_was_made_is_not_to_be_prepared(cast, client_of):
    line, client = meeting(cast), client_of(cast.owner)
    address = f"/visits/day/?day={line.day.isoformat()}"
    before = client.get(address).content.decode()
    finish_line(line, by=cast.owner)
    after = client.get(address).content.decode()
    assert [f"/visits/prepare/{line.pk}/" in page for page in (before, after)] == [True, False]
    assert line.title in after
