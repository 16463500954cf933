"""Daily report and contact sheet: on the screen and on paper, from what was recorded."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import time_machine

from accounts.units.models import KeyAccount
from kam.users.models import Membership
from tests.factories.accounts import make_contact, make_person, make_unit
from tests.factories.visits import make_line, make_plan, make_visit
from visits.followups.models import FollowUp
from visits.followups.services import DayEntry, RowEntry, file_followup
from visits.papers.documents import daily_sheet
from visits.papers.selectors import daily_report

EVENING = datetime(2026, 11, 25, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = date(2026, 11, 25)


def text_of(pdf: bytes) -> str:
    """Return the text of all pages without blanks."""
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    return "".join(text.split())


@pytest.fixture(autouse=True)
def _day(cast):
    with time_machine.travel(EVENING, tick=False):
        unit = make_unit("泉州商会", owner=cast.owner)
        person = make_person(unit, "许志远𠮷", post="会长")
        make_visit(unit, person, user=cast.owner, on=TODAY, purpose="第九套由谁签", problems="没有车")
        make_contact(unit, person, on=TODAY, by=cast.owner, text="谈了付款节点", outcome="有进展，快签了")
        row = RowEntry(unit=unit, done="谈了", next_step="送对照表")
        file_followup(TODAY, DayEntry(tomorrow="去机车厂", summary="跑了一家", rows=[row]), by=cast.owner)
        yield


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/visits/daily/", ["泉州商会", "许志远𠮷", "第九套由谁签", "没有车", "去机车厂", "跑了一家"]),
        ("/visits/contact-sheet/", ["泉州商会", "许志远𠮷", "谈了付款节点", "有进展，快签了", "送对照表"]),
    ],
)
def test_papers_hold_every_value_on_screen_and_in_print(cast, client_of, address, told):
    client = client_of(cast.lead)
    query = f"?user={cast.owner.pk}&day=2026-11-25"
    page = client.get(address + query).content.decode()
    paper = text_of(client.get(f"{address}{query}&print=1").content)
    assert [text for text in told if text not in page] == []
    assert [text for text in told if text not in paper] == []


@pytest.mark.parametrize("address", ["/visits/daily/", "/visits/contact-sheet/"])
def test_papers_of_others_are_absent(cast, client_of, address):
    query = f"?user={cast.owner.pk}&day=2026-11-25"
    assert client_of(cast.same_team).get(address + query).status_code == 404
    assert client_of(cast.other_lead).get(address + query).status_code == 404
    assert client_of(cast.finance).get(address).status_code == 403
    assert client_of(cast.owner).get(f"{address}?day=x").status_code == 404


@pytest.mark.parametrize("address", ["/visits/daily/", "/visits/contact-sheet/"])
def test_whoever_changes_teams_brings_no_rows_of_the_old_team_along(cast, client_of, address):
    week = TODAY + timedelta(days=7)
    make_line(make_plan(cast.owner, week), KeyAccount.objects.get(), day=week, purpose="带上样品")
    later = TODAY + timedelta(days=14)
    make_line(make_plan(cast.owner, later), KeyAccount.objects.get(), day=later, purpose="下下周")
    make_line(make_plan(cast.lead, week), make_unit("别人的", owner=cast.lead), day=week)
    Membership.objects.filter(user=cast.owner).update(ended_on=TODAY - timedelta(days=1))
    Membership.objects.create(user=cast.owner, team=cast.second_team, started_on=TODAY)
    query = f"?user={cast.owner.pk}&day=2026-11-25"
    page = client_of(cast.other_manager).get(address + query)
    names = (
        "泉州商会",
        "许志远𠮷",
        "没有车",
        "第九套由谁签",
        "谈了付款节点",
        "带上样品",
        "送对照表",
        "去机车厂",
        "跑了一家",
    )
    assert (page.status_code, [name for name in names if name in page.content.decode()]) == (200, [])
    own = client_of(cast.owner).get(address + query).content.decode()
    assert [name for name in names[:2] if name not in own] == []
    above = client_of(cast.director).get(address + query).content.decode()
    assert [name for name in ("下下周", "别人的") if name in own or name in above] == []


def test_the_follow_up_form_prints_what_it_says(cast, client_of):
    paper = text_of(client_of(cast.owner).get(f"/followups/{FollowUp.objects.get().pk}/pdf/").content)
    assert [text for text in ("泉州商会", "送对照表", "去机车厂", "跑了一家") if text not in paper] == []


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(2026, 12, 1), "DR-20261201-{}"), (date(2026, 11, 30), "RB-20261130-{}")],
)
def test_a_daily_report_has_a_prefix_of_its_own_and_keeps_a_number_once_given(cast, day, number):
    """RB- is the rebates'; a paper signed before the change is printed again under the number it bears."""
    sheet = daily_sheet(daily_report(cast.owner, day, reader=cast.owner), by=cast.owner)
    assert sheet.number == number.format(cast.owner.staff_number)
