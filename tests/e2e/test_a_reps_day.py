"""A day of a department, in the browser, against the processes that `make run` starts: from the spreadsheet to the evening mail."""

import io
import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from kam.calendar.rules import WorkCalendar
from tests.e2e import acts
from tests.e2e.browsing import answer_of, eventually, get, pdf_text
from tests.e2e.sheets import units_sheet

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("stack")]
#: Everybody of the demo who gets digests; the second manager is on leave from the day before on.
PEOPLE, ON_LEAVE = 16, 1
OTHER_TEAM = "specialist6"


@pytest.fixture(scope="session")
def logged(whole_office):
    """A visit to an own unit, logged and reported on the telephone; somebody new works there, and nobody assessed her yet."""
    page = whole_office.page(acts.REP, acts.PHONE)
    unit, name = acts.own_units(page)[0]
    acts.choose_unit(page, name)
    visit, person = acts.log_visit(page, promise=acts.PROMISE)
    acts.enter_person(whole_office.page(acts.REP), unit, acts.NEW_FACE)
    acts.step_through_report(page, visit)
    return acts.Logged(unit, name, visit, person)


@pytest.fixture(scope="session")
def logged_from_plan(whole_office):
    """A second visit, from today's plan where there is one; its report is the one for produce and gifts."""
    page = whole_office.page(acts.REP, acts.PHONE)
    unit, name = acts.own_units(page)[-1]
    page.goto("/visits/new/")
    lines = page.locator("a[href*='?line=']")
    if lines.count():
        lines.first.click()
    else:
        acts.choose_unit(page, name)
    visit, person = acts.log_visit(page, summary="另谈了中秋礼盒")
    link = page.locator("main h1 a[href^='/accounts/']")
    unit, name = acts.number_in(link.get_attribute("href")), link.text_content().strip()
    wide = whole_office.page(acts.REP)
    wide.goto(f"/visits/{visit}/report/")
    wide.locator("a[href='?form=produce']").click()
    wide.fill("[name=v_gift_demand]", "中秋礼盒二百份")
    acts.answer_market(wide)
    wide.locator(".k-acts [type=submit][form=report]").click()
    wide.wait_for_url(re.compile(rf"/visits/{visit}/$"))
    return acts.Logged(unit, name, visit, person)


@pytest.fixture(scope="session")
def followup(whole_office, logged, logged_from_plan):
    return acts.file_followup(whole_office.page(acts.REP, acts.PHONE))


@pytest.fixture(scope="session")
def new_face(logged):
    """The person who was entered with `logged`; conftest puts what waits for the tick behind everything else."""
    return acts.NEW_FACE


@pytest.fixture(scope="session")
def planned(whole_office):
    """A coming week, planned, submitted and approved by manager and director."""
    made = acts.plan_week(whole_office.page(acts.REP))
    for who in ("manager1", "director"):
        acts.approve(whole_office, who, re.compile(rf"李晓梅 · \D*{int(made.week[-2:])}(?!\d)"))
    return made


def test_the_director_imports_a_spreadsheet(office, tmp_path):
    sheet = units_sheet(tmp_path)
    page = office.page("director")
    page.goto("/accounts/import/")
    page.set_input_files("[name=file]", sheet.path)
    page.locator("form[enctype] [type=submit]").click()
    page.wait_for_url("**/columns/")
    page.locator(".iw-bar [type=submit]").click()
    page.wait_for_url(re.compile(r"/accounts/import/\d+/$"))
    told = page.locator("#iw-sum .v")
    before = told.all_inner_texts()
    assert (before[0], before[2], before[3]) == tuple(
        map(str, (sheet.created, sheet.duplicates, sheet.errors))
    )
    with page.expect_download() as download:
        page.locator("a[href$='/errors.xlsx']").click()
    from openpyxl import load_workbook

    rows = list(
        load_workbook(io.BytesIO(download.value.path().read_bytes())).active.iter_rows(values_only=True)
    )
    assert len(rows) == 1 + sheet.errors

    page.locator("form[action$='/write/'] [type=submit]").click()
    done = page.locator("#iw-job progress")
    expect(done).to_be_attached()
    seen = set()
    assert eventually(
        lambda: seen.add(done.get_attribute("value")) or page.locator(".iw-bar a[href='/accounts/']").count() > 0, page
    )  # fmt: skip
    seen.add(done.get_attribute("value"))
    assert str(sheet.rows) in seen
    assert len(seen) > 1, "nothing was shown while the worker wrote"
    assert page.locator("#iw-sum .v").all_inner_texts() == before


def test_a_week_is_planned_submitted_and_approved(office, planned):
    page = office.page(acts.REP)
    page.goto(f"/visits/week/?week={planned.week}")
    expect(page.locator(".k-head .k-badge.good")).to_be_visible()
    assert page.locator("form[action$='/submit/']").count() == 0
    expect(page.locator("#planner")).to_contain_text(acts.PURPOSE)


def test_a_visit_on_the_telephone_becomes_report_task_and_evening_form(office, logged, followup):
    page = office.page(acts.REP, acts.PHONE)
    page.goto(f"/visits/{logged.visit}/")
    for text in (acts.SUMMARY, acts.PROMISE, logged.person):
        expect(page.locator("main")).to_contain_text(text)
    page.goto("/tasks/")
    expect(page.locator("main")).to_contain_text(acts.PROMISE)
    page.goto(f"/followups/{followup}/")
    for text in (logged.name, acts.SUMMARY, "会长点头", "上午寄照片"):
        expect(page.locator("main")).to_contain_text(text)


def test_the_file_of_the_unit_has_learned(office, logged):
    page = office.page(acts.REP)
    page.goto(f"/accounts/{logged.unit}/")
    shown = page.locator("#value-headcount dd a > span").first.inner_text()
    assert re.sub(r"\D", "", shown) == acts.HEADCOUNT
    expect(page.locator("#value-main_business")).to_contain_text(acts.BUSINESS)
    expect(page.locator("#timeline")).to_contain_text(acts.SUMMARY[:12])
    link = page.locator(f"#value-main_business a[href*='/visits/{logged.visit}/']")
    assert link.count() == 1, "the source of the value leads to the visit"


def test_a_new_face_raises_a_red_flag_within_a_minute_and_assessing_clears_it(office, logged, new_face):
    page = office.page(acts.REP)

    def state():
        """Return the colour of the flag's state in the list, which recomputes nothing."""
        rest = get(page, f"/accounts/flags/?q={logged.name}").text().partition(new_face)[2]
        return (re.search(r"k-badge (\w+)", rest) or ["", ""])[1]

    assert eventually(lambda: state() not in {"", "good"}, page), "the tick raised no flag"
    page.goto(f"/accounts/{logged.unit}/")
    flags = page.locator("#flags .k-flag", has_text=new_face)
    expect(flags).to_have_count(1)
    flags.locator("a[href^='/persons/']").click()
    page.wait_for_url(re.compile(r"/persons/\d+/$"))
    page.goto(f"/persons/{acts.number_in(page.url)}/assess/")
    page.select_option("[name=attitude]", index=2)
    page.select_option("[name=influence]", index=2)
    page.locator("form.k-form [type=submit]").click()
    page.wait_for_url(lambda url: "/assess/" not in url)
    page.goto(f"/accounts/{logged.unit}/")
    expect(flags).to_have_count(0)
    assert state() == "good"


def test_every_paper_prints_what_was_typed(office, logged, logged_from_plan, followup, planned):
    page = office.page(acts.REP)
    name = "".join(logged.name.split())
    flat = "".join(acts.SUMMARY.split())
    wanted = {
        f"/visits/{logged.visit}/report/pdf/": [name, acts.BUSINESS, "未谈到（qual）"],
        f"/visits/{logged.visit}/record/pdf/": [name, flat, acts.PROMISE],
        f"/visits/{logged_from_plan.visit}/report/pdf/": ["".join(logged_from_plan.name.split()), "中秋礼盒二百份"],
        f"/visits/week/{planned.plan}/plan.pdf": [acts.PURPOSE, *("".join(n.split()) for n in planned.units)],
        "/visits/daily/?print=1": [name, "年会一事有眉目"],
        "/visits/contact-sheet/?print=1": [name, "".join(logged.person.split())],
        f"/accounts/{logged.unit}/file.pdf": [name, acts.BUSINESS],
        f"/followups/{followup}/pdf/": [name, "会长点头", "上午寄照片"],
        "/visits/questions/card.pdf": ["5"],
        "/visits/questions/poster.pdf": ["5"],
    }  # fmt: skip
    missing = {}
    for path, words in wanted.items():
        text = pdf_text(page, path)
        if lost := [word for word in words if word not in text]:
            missing[path] = (lost, text[:1500])
    assert missing == {}


def test_the_handover_sheet_lists_what_somebody_holds(office):
    page = office.page("director")
    page.goto("/people/handovers/")
    acts.pick(page, "person", "许雅婷")
    page.locator("form[action$='/new/'] [type=submit]").click()
    page.wait_for_url(re.compile(r"/people/handovers/\d+/$"))
    acts.pick(page, "all", "specialist7")
    page.fill("[name=reason]", "调往总部")
    page.locator("main form button[type=submit]:not(.btn-primary)").first.click()
    expect(page.locator("[name=reason]")).to_have_value("调往总部")
    assert "许雅婷" in pdf_text(page, f"/people/handovers/{acts.number_in(page.url)}/sheet/")


@pytest.fixture(scope="session")
def last_working_day(stack):
    """Return the last working day of which the demo tells no digests (it tells three): those are nobody's but ours."""
    return WorkCalendar().add(stack.day, -4)


@pytest.mark.parametrize("slot", ["plan", "followup"])
def test_digests_reach_everybody_exactly_once(stack, office, last_working_day, slot):
    day = last_working_day.isoformat()
    people = PEOPLE - (ON_LEAVE if last_working_day == stack.day - timedelta(days=1) else 0)
    before = len(stack.mails())
    first = answer_of(stack.manage("digest", slot, "--date", day, "--json"))
    assert first == {
        "slot": slot, "date": day, "made": people, "already": 0, "sent": people, "unsure": 0, "skipped": None
    }  # fmt: skip
    again = answer_of(stack.manage("digest", slot, "--date", day, "--json"))
    assert (again["made"], again["already"], again["sent"]) == (0, people, 0)
    path = f"/digests/{day}/{slot}/"
    mails = [mail for mail in stack.mails()[before:] if path in mail.get_body(("plain",)).get_content()]
    assert len({mail["To"] for mail in mails}) == len(mails) == people
    assert len({mail["Message-ID"] for mail in mails}) == people
    assert_it_tells_the_day(office, last_working_day, slot, mails)


def assert_it_tells_the_day(office, day, slot, mails):
    """Compare the rep's mail and page with what her week board shows of that day."""
    page = office.page(acts.REP)
    year, week, _weekday = day.isocalendar()
    page.goto(f"/visits/week/?week={year}-W{week:02}")
    titles = page.locator(f"#d{day} article.pc.visit .pc-title").all_text_contents() if slot == "plan" else []
    (mine,) = [mail for mail in mails if acts.REP in mail["To"]]
    text = mine.get_body(("plain",)).get_content()
    page.goto("/digests/")
    page.locator(f"a[href='/digests/{day}/{slot}/']").click()
    for title in titles:
        assert title.strip() in text
        expect(page.locator("main")).to_contain_text(title.strip())
    assert page.locator("main section h2").count() > 0


def test_another_team_finds_nothing_of_it(office, logged):
    own, other = office.page(acts.REP), office.page(OTHER_TEAM)
    pages = {
        f"/accounts/{logged.unit}/": 404,
        f"/accounts/{logged.unit}/timeline/": 404,
        f"/accounts/{logged.unit}/tabs/visits/": 404,
        f"/accounts/{logged.unit}/file.pdf": 404,
        f"/visits/{logged.visit}/": 404,
        f"/visits/{logged.visit}/report/": 404,
        f"/visits/{logged.visit}/report/pdf/": 404,
        f"/visits/{logged.visit}/record/pdf/": 404,
    }
    assert {path: get(other, path).status for path in pages} == pages
    assert {path: get(own, path).status for path in pages} == dict.fromkeys(pages, 200)
    link = f"/accounts/{logged.unit}/"
    for path in (
        f"/search/?q={logged.name}",
        f"/search/palette/?part=results&q={logged.name}",
        f"/accounts/?q={logged.name}",
    ):
        assert link in get(own, path).text(), path
        assert link not in get(other, path).text(), path
    export = f"/accounts/?q={logged.name}&export=csv"
    assert logged.name in get(own, export).body().decode("utf-8-sig")
    assert logged.name not in get(other, export).body().decode("utf-8-sig")
