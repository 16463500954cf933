"""Money in the browser, from the wish to the paper: a gift at a visit, a rebate that is paid once, a briefing as far as the return visits."""

import os
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from campaigns.briefings.models import Briefing
from campaigns.integrity.models import Benefit
from campaigns.rebates.models import RebatePayment
from kam.approvals import services as approvals
from kam.approvals.models import Decision
from kam.approvals.routes import load_default_routes
from kam.core.clock import business_date
from tests.e2e.browsing import CHROMIUM, PATIENCE_MS, pdf_text
from tests.factories.accounts import make_person, make_unit
from tests.factories.approvals import make_route, make_wish
from tests.factories.briefings import on_its_day
from tests.factories.budgets import line_of, make_budget
from tests.factories.campaigns import make_campaign
from tests.factories.gifts import make_item
from tests.factories.kam import PASSWORD
from tests.factories.rebates import make_checked, make_closed, make_place
from tests.factories.visits import make_visit
from visits.bookings.services import add_resource
from visits.bookings.terms import ResourceKind

pytestmark = pytest.mark.e2e
# Playwright's loop runs in this thread; the tests ask the database beside it, never inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
PHONE = 390


@pytest.fixture
def page_of(playwright, live_server):
    """Return a function that opens somebody's browser at a width, signed in."""
    browser = playwright.chromium.launch(**CHROMIUM)

    def open_browser(who: str, width: int = 1200) -> Page:
        context = browser.new_context(base_url=live_server.url, viewport={"width": width, "height": 844})
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto("/login/")
        page.fill("[name=login]", who)
        page.fill("[name=password]", PASSWORD)
        page.locator("form:has([name=password]) button[type=submit]").first.click()
        page.wait_for_url(lambda url: "/login/" not in url)
        return page

    yield open_browser
    browser.close()


def send(page: Page) -> None:
    """Send the form of the page and wait for the next one."""
    with page.expect_navigation():
        page.locator("form.k-form [type=submit]").click()


def press(page: Page, words: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=words).first.click()


def approve(page: Page, title: str) -> None:
    """Choose the request in the inbox by its title and approve it."""
    page.goto("/approvals/")
    row = page.locator(".alist li a", has_text=title)
    row.click()
    expect(page.locator("article.dcard")).to_contain_text(title)
    page.locator("[formaction$='/approve/']").click()
    expect(row).to_have_count(0)


def test_a_gift_approved_on_the_telephone_is_handed_over_at_a_visit(cast, page_of):
    load_default_routes()
    unit = make_unit("泉州商会", owner=cast.owner)
    person = make_person(unit, "蔡文斌", official="no")
    item, line = make_item(), line_of(make_budget(cast.manager), "精品礼品")
    visit = make_visit(unit, person, user=cast.owner, on=business_date())
    owner = page_of("owner", PHONE)
    owner.goto(f"/accounts/{unit.pk}/gifts/new/")
    for name, value in {"person": person.pk, "item": item.pk, "line": line.pk, "occasion": "visit"}.items():
        owner.select_option(f"[name={name}]", str(value))
    owner.fill("[name=reason]", "年终拜访")
    send(owner)
    gift = owner.url
    approve(page_of("manager"), "品牌打火机")
    director = page_of("director", PHONE)
    approve(director, "品牌打火机")
    approve(page_of("finance"), "品牌打火机")
    clerk = page_of("clerk")
    clerk.goto(gift)
    press(clerk, "Take from stock")

    owner.goto(f"/visits/{visit.pk}/")
    owner.get_by_role("link", name="Hand over").click()
    expect(owner.locator("[name=visit]")).to_have_value(str(visit.pk))
    send(owner)
    owner.get_by_role("link", name="Acknowledged").click()
    owner.fill("[name=how]", "微信回复")
    send(owner)
    expect(owner.locator(".k-head .k-badge")).to_have_text("Acknowledged")
    director.goto("/integrity/?q=蔡文斌")
    expect(director.locator("#list")).to_contain_text("198.00")
    assert [kept.state for kept in Benefit.objects.all()] == ["given"]
    assert "品牌打火机" in pdf_text(owner, f"{gift}request.pdf?language=zh-hans")


def test_a_rebate_is_paid_once_and_the_second_attempt_is_told_by_whom(cast, page_of):
    unit, campaign, _person = make_place(cast)
    rebate = make_checked(make_closed(unit, campaign, cast), cast)
    first = page_of("finance")
    first.goto(f"{rebate.get_absolute_url()}pay/")
    second = first.context.new_page()
    second.goto(f"{rebate.get_absolute_url()}pay/")
    send(first)
    expect(first.locator(".k-head .k-badge")).to_have_text("Paid")
    send(second)
    expect(second.locator("[data-error-summary]")).to_contain_text("It is not paid twice")
    assert RebatePayment.objects.count() == 1
    assert "1,000.00" in pdf_text(first, f"{rebate.get_absolute_url()}pdf/")


def ask_briefing(page: Page, unit, campaign) -> str:
    page.goto(f"/accounts/{unit.pk}/briefings/new/")
    page.select_option("[name=campaign]", str(campaign.pk))
    told = {
        "day": str(business_date() + timedelta(1)),
        "start": "18:00",
        "end": "20:00",
        "place": "三楼会议室",
    }
    for name, value in (
        told | {"expected_count": "3", "why": "会长请我们讲一次", "estimate_amount": "0"}
    ).items():
        page.fill(f"[name={name}]", value)
    send(page)
    expect(page.locator(".k-head .k-badge")).to_be_visible()
    return page.url


def take_down(page: Page, name: str, intention: str, return_on: str = "") -> None:
    """Type and send in one breath, as somebody does who has the next one waiting."""
    expect(page.locator("html[data-drafts='ready']")).to_be_attached()
    expect(page.locator("[name=name]")).to_have_value("")
    page.locator(f"label:has([name=intention][value={intention}])").click()
    page.fill("[name=return_on]", return_on)
    page.fill("[name=name]", name)
    with page.expect_navigation():
        page.locator(".vl-send [type=submit]").click()


def test_a_briefing_from_the_request_to_the_return_visits(cast, page_of):
    load_default_routes()
    campaign = make_campaign(window_from=None, window_to=None)
    beamer = add_resource(ResourceKind.EQUIPMENT, "便携投影仪", by=cast.clerk)
    units = [make_unit("泉州商会", owner=cast.owner), make_unit("温州商会", owner=cast.same_team)]
    owner, other = page_of("owner", PHONE), page_of("same-team")
    addresses = [ask_briefing(page, unit, campaign) for page, unit in zip((owner, other), units, strict=True)]
    for who in ("manager", "director"):
        decider = page_of(who)
        for unit in units:
            approve(decider, unit.name)

    for page, address in zip((owner, other), addresses, strict=True):
        page.goto(f"{address}prepare/")
        page.select_option("[name=from_projector]", str(beamer.pk))
        send(page)
    expect(other.locator("[data-error-summary]")).to_contain_text("便携投影仪 is taken")
    other.select_option("[name=from_projector]", "")
    send(other)

    row = Briefing.objects.get(unit=units[0])
    with on_its_day(row):
        hold_briefing(page_of("owner", PHONE), addresses[0])
    row.refresh_from_db()
    assert (row.state, row.attendees.count()) == ("closed", 3)


def hold_briefing(page: Page, address: str) -> None:
    """Take the steps, take down who came, count, plan the return visits, print."""
    page.goto(address)
    for _step in range(4):
        press(page, "Done")
    day = str(business_date() + timedelta(3))
    page.get_by_role("link", name="Take down who came").first.click()
    for name, intention, back in (
        ("罗永强", "strong", day),
        ("谢小兰", "none", ""),
        ("何文", "interested", day),
    ):
        take_down(page, name, intention, back)
    page.goto(address)
    press(page, "Done")
    page.goto(f"{address}count/")
    page.fill("[name=analysis]", "多数关心交房时间")
    send(page)
    press(page, "Done")
    for words in ("3 of 3 expected", "多数关心交房时间"):
        expect(page.locator("main")).to_contain_text(words)
    for paper in ("plan.pdf", "attendance.pdf"):
        assert "罗永强" in pdf_text(page, f"{address}attendance.pdf")
        assert "三楼会议室" in pdf_text(page, f"{address}{paper}")


def test_enter_in_the_field_for_a_remark_answers_nothing(cast, page_of):
    """A remark meant for Approve and sent by Enter would return the request: nothing happens until a button is pressed."""
    make_route({"by": ["manager"]}, {"by": ["director"]})
    request = approvals.submit("wish", make_wish(cast.owner, "198.00", title="A tea set"), by=cast.owner)
    page = page_of("manager")
    for address in ("/approvals/", f"/approvals/{request.pk}/"):
        page.goto(address)
        page.fill("[name=reason]:not(#why)", "Fine, but cheaper next time")
        page.press("[name=reason]:not(#why)", "Enter")
        page.wait_for_timeout(500)
        assert Decision.objects.count() == 0
        expect(page.locator("[name=reason]:not(#why)")).to_have_value("Fine, but cheaper next time")
    page.locator("[formaction$='/approve/']").click()
    expect(page.locator("#toasts")).to_contain_text("Approved")
    expect(page.locator("[data-error-summary]")).to_have_count(0)
    assert [(row.action, row.reason) for row in Decision.objects.all()] == [
        ("approve", "Fine, but cheaper next time")
    ]
