"""What a rep and her deciders do in a day, click by click, and what is left to be looked up afterwards."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.e2e.browsing import Office

REP, PHONE = "specialist2", 390
#: Nobody else writes these words; the last character lies outside the Basic Multilingual Plane.
SUMMARY = "会长同意在年会上介绍团购，名单由办公室𠮷主任发来"
PROMISE = "周五前寄出样板房照片三张"
BUSINESS = "有色金属冶炼与铸造"
HEADCOUNT = "8731"
PURPOSE = "确认年会的日期和人数"
NEW_FACE = "欧阳新晖"
QUESTIONS = "年会哪天开？\n请多少人？"


@dataclass(frozen=True)
class Logged:
    """A visit that was logged, and its report."""

    unit: int
    name: str
    visit: int
    person: str


@dataclass(frozen=True)
class Planned:
    """A week that was planned."""

    plan: int
    week: str
    units: list[str]


def number_in(address: str | None) -> int:
    """Return the first number of an address that is a path segment of its own."""
    found = re.search(r"/(\d+)/", address or "")
    assert found, address
    return int(found[1])


def own_units(page: Page) -> list[tuple[int, str]]:
    """Return the rep's units that were visited before, with their names: those whose persons are known."""
    page.goto("/visits/")
    found: dict[int, str] = {}
    for address in page.locator("#list [data-open]").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )[:8]:
        page.goto(address)
        link = page.locator("main h1 a[href^='/accounts/']")
        found[number_in(link.get_attribute("href"))] = link.inner_text().strip()
        if len(found) == 2:
            break
    return list(found.items())


def choose_unit(page: Page, name: str) -> None:
    """Type a part of the name where a visit is logged, and tap the unit."""
    page.goto("/visits/new/")
    page.locator("#unit-q").press_sequentially(name)
    hit = page.locator("#units-found a", has_text=name).first
    expect(hit).to_be_visible()
    hit.click()


def pick(page: Page, field: str, words: str) -> None:
    """Type into a field that is chosen by typing, and take the first offer."""
    box = page.locator(f"[data-pick]:has([name={field}])").first
    box.locator("[data-pick-text]").press_sequentially(words)
    offer = box.locator("[role=option]").first
    expect(offer).to_contain_text(words)
    offer.click()


def log_visit(page: Page, *, summary: str = SUMMARY, promise: str = "") -> tuple[int, str]:
    """Fill the log of a visit that is open and send it; returns its number and the person met."""
    expect(page.locator("html[data-drafts='ready']")).to_be_attached()
    box = page.locator("label.k-chip:has([name=persons])").first
    who = box.inner_text().strip()
    if not box.locator("input").is_checked():
        box.click()
    page.locator("label:has([name=outcome][value=progress])").click()
    page.fill("[name=summary]", summary)
    page.fill("[name=next_step]", "约财务负责人")
    page.fill("[name=next_step_on]", str(date.today() + timedelta(days=7)))  # noqa: DTZ011 -- the browser's day
    if promise:
        page.locator("[name=promise_text]").first.fill(promise)
        page.locator("[name=promise_due]").first.fill(str(date.today() + timedelta(days=5)))  # noqa: DTZ011
    page.click(".vl-send [type=submit]")
    page.wait_for_url(re.compile(r"/visits/\d+/$"))
    return number_in(page.url), who


def step_through_report(page: Page, visit: int) -> None:
    """Fill the report of a visit on the telephone, one step a screen."""
    page.locator(f"a[href='/visits/{visit}/report/']").click()
    onwards = page.locator(".vr-bar [data-step='1']")
    expect(page.locator("#s1")).to_be_hidden()  # it starts where there is something to fill in
    page.fill("[name=v_headcount]", HEADCOUNT)
    page.fill("[name=v_main_business]", BUSINESS)
    onwards.click()
    page.locator("label:has([name=v_purchasing_power][value=strong])").click()
    page.fill("[name=v_accepted_price]", "3000")
    page.fill("[name=v_accepted_price_to]", "3600")
    onwards.click()
    page.fill("[name=v_recent_activities]", "九月运动会")
    onwards.click()
    answer_market(page)
    onwards.click()
    page.click(".vr-bar [type=submit]")
    page.wait_for_url(re.compile(rf"/visits/{visit}/$"))


def enter_person(page: Page, unit: int, name: str) -> None:
    """Enter a person of a unit, without a word about how they stand to us."""
    page.goto(f"/accounts/{unit}/persons/new/")
    page.fill("[name=name]", name)
    page.fill("[name=post]", "副总经理")
    page.locator("form.k-form [type=submit]").click()
    page.wait_for_url(lambda url: "/new/" not in url)


def answer_market(page: Page) -> None:
    """Answer the four questions that every report asks."""
    for name in ("quality_reaction", "satisfaction", "competitor_use", "industry_news"):
        page.fill(f"[name={name}]", f"未谈到（{name[:4]}）")


def file_followup(page: Page) -> int:
    """Fill the evening form and hand it in; returns its number."""
    page.goto("/followups/new/")
    page.fill("[name=summary]", "今天跑了两家，年会一事有眉目")
    page.fill("[name=tomorrow]", "上午寄照片，下午约财务")
    page.locator("[name=rows-0-result]").fill("会长点头")
    page.click(".vl-send [type=submit]")
    page.wait_for_url(re.compile(r"/followups/\d+/$"))
    return number_in(page.url)


def open_free_week(page: Page) -> str:
    """Go on to the first coming week that is not handed in and has enough working days; returns its name."""
    page.goto("/visits/week/")
    for _week in range(8):
        page.locator(".k-head [data-key=']']").click()
        page.wait_for_load_state()
        days = page.locator(".wcol:not(.off):not(.halves)").count()
        if days >= 3 and page.locator("form[action$='/week/pick/']").count() > 1:
            return page.locator("#planner").get_attribute("data-week") or ""
    raise AssertionError("no week can be planned")


def plan_week(page: Page) -> Planned:
    """Plan a week from a proposal and by the form, and submit it."""
    _unit, name = own_units(page)[0]
    week = open_free_week(page)
    cards = page.locator("article.pc")
    before = cards.count()
    page.locator("form[action$='/week/pick/']:has([name=unit]) button").first.click()
    expect(cards).to_have_count(before + 1)
    add_line(page, page.locator(".wcol:not(.off):not(.halves)").nth(1).get_attribute("id") or "", name)
    expect(cards).to_have_count(before + 2)
    expect(page.locator("#planner")).to_contain_text(PURPOSE)
    units = page.locator("article.pc .pc-title").all_inner_texts()
    plan = number_in(page.locator("a[href$='/plan.pdf']").get_attribute("href"))
    page.locator("form[action$='/submit/'] .btn-primary").click()
    expect(page.locator(".k-head .k-badge.pending")).to_be_visible()
    return Planned(plan, week, [name.strip() for name in units])


def add_line(page: Page, day: str, unit: str) -> None:
    """Add a line with everything the form asks; the unit is found by typing, its persons follow."""
    page.locator(".k-head [data-key='n']").click()
    page.wait_for_url("**/visits/week/add/**")
    page.locator("#id_unit").press_sequentially(unit)
    page.locator("#pick-list [role=option]", has_text=unit).first.click()
    page.locator("#persons [type=checkbox]").first.check()
    page.select_option("[name=day]", day.removeprefix("d"))
    page.select_option("[name=half_day]", index=1)
    page.fill("[name=purpose]", PURPOSE)
    page.fill("[name=questions]", QUESTIONS)
    page.locator("form.line-form .btn-primary").click()
    page.wait_for_url(lambda url: "/add/" not in url)


def approve(office: Office, who: str, title: str | re.Pattern[str]) -> None:
    """Open the inbox, choose the request by its title and approve it."""
    page = office.page(who)
    page.goto("/approvals/")
    row = page.locator(".alist li a", has_text=title)
    row.click()
    expect(page.locator("article.dcard")).to_contain_text(title)
    page.locator("[formaction$='/approve/']").click()
    expect(row).to_have_count(0)
