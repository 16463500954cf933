"""What hands do: a card and a unit of the board put elsewhere by keys, refused and undone; a new face typed without a connection; a survey."""

import os
from datetime import time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.development.models import PhaseChange
from accounts.persons.models import Person
from accounts.satisfaction.links import address_of
from accounts.satisfaction.models import QuestionnaireVersion, Response
from accounts.satisfaction.services import ask_person, open_round
from accounts.units.services import observe
from accounts.units.terms import Field
from kam.core.clock import business_date
from tests.e2e.browsing import CHROMIUM, PATIENCE_MS
from tests.factories.accounts import make_person, make_unit
from tests.factories.kam import PASSWORD
from tests.factories.visits import make_line, make_plan

pytestmark = pytest.mark.e2e
# Playwright's loop runs in this thread; the tests ask the database beside it, never inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def page(playwright, live_server):
    browser = playwright.chromium.launch(**CHROMIUM)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1200, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    made = context.new_page()
    made.goto("/login/")
    made.fill("[name=login]", "owner")
    made.fill("[name=password]", PASSWORD)
    made.locator("form:has([name=password]) button[type=submit]").first.click()
    made.wait_for_url(lambda url: "/login/" not in url)
    yield made
    browser.close()


def cell_of(page: Page, line) -> str:
    card = page.locator(f"#line-{line.pk}")
    return card.evaluate(
        "card => card.closest('.cell').dataset.day + ' ' + card.closest('.cell').dataset.half"
    )


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_card_is_put_elsewhere_by_keys_refused_where_it_clashes_and_undone(cast, page):
    today = business_date()
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7)
    plan = make_plan(cast.owner, monday)
    card = make_line(plan, start=time(9), end=time(10))
    make_line(plan, day=monday + timedelta(days=1), start=time(9), end=time(10))
    at_home = f"{monday} morning"
    page.goto(f"/visits/week/?week={plan.year}-W{plan.week:02d}")

    page.focus(f"#line-{card.pk}")
    press(page, "m", "ArrowRight", "Enter")
    expect(page.locator(".why")).to_contain_text("is taken")
    assert cell_of(page, card) == at_home
    expect(page.locator(".why button").first).to_be_focused()

    page.focus(f"#line-{card.pk}")
    press(page, "m", "ArrowRight", "ArrowRight", "Escape")
    expect(page.locator("#planner-live")).to_have_text("Let go.")
    assert cell_of(page, card) == at_home

    press(page, "m", "ArrowRight", "ArrowRight", "ArrowDown", "Enter")
    expect(page.locator("#toasts")).to_contain_text("Wed 13:30")
    expect(page.locator(f"#line-{card.pk}")).to_be_focused()
    assert cell_of(page, card) == f"{monday + timedelta(days=2)} afternoon"

    page.keyboard.press("z")
    expect(page.locator("#toasts")).to_contain_text("Mon 09:00")
    assert cell_of(page, card) == at_home


def test_a_unit_goes_through_the_board_of_phases_by_keys(cast, page):
    unit = make_unit("泉州商会", owner=cast.owner)
    page.goto("/accounts/phases/")
    card, live = page.locator(f"#u{unit.pk}"), page.locator("#phases-live")

    card.focus()
    press(page, "m")
    expect(live).to_contain_text("Held.")
    press(page, "ArrowRight", "Escape")
    expect(live).to_have_text("Let go.")

    card.focus()
    press(page, "m", "ArrowRight", "Enter")
    expect(page.locator("#why")).to_contain_text("2 of 3 conditions")
    expect(page.locator(f"#p1 #u{unit.pk}")).to_contain_text("back here, nothing changed")
    assert phase_of(unit) == (1, 0)

    facts = {Field.STRATEGY: "九套成团", Field.LARGEST_DEAL: "80000"}
    observe(unit, facts, learned_on=business_date(), by=cast.owner)
    card.focus()
    press(page, "m", "ArrowRight", "Enter")
    expect(page.locator(f"#p2 #u{unit.pk}")).to_be_visible()
    assert phase_of(unit) == (2, 1)


def phase_of(unit) -> tuple[int, int]:
    """Return the phase that stands in the database, and how often it was changed."""
    unit.refresh_from_db()
    return unit.phase, PhaseChange.objects.filter(unit=unit).count()


def test_a_new_face_typed_without_a_connection_is_kept_and_comes_into_the_file_once(cast, page):
    unit = make_unit("泉州商会", owner=cast.owner)
    make_person(unit, "许志远")
    page.set_viewport_size({"width": 390, "height": 844})
    address = f"/visits/new/?unit={unit.pk}"
    page.goto(address)
    page.wait_for_selector("html[data-kept='1']")
    page.context.set_offline(True)
    page.locator(".vl-faces > summary").click()
    page.keyboard.insert_text("陈雅婷")
    page.fill("[name=face_post]", "秘书")
    page.wait_for_selector("[data-draft-mark]:not([hidden])")

    page.goto(address)  # the telephone was put away and taken out again
    page.wait_for_selector("html[data-drafts='ready']")
    expect(page.locator("[name=face_name]")).to_have_value("陈雅婷")
    expect(page.locator("[name=face_post]")).to_be_visible()
    page.get_by_text("Progress", exact=True).click()
    page.locator(".vl-send .btn-primary").click()
    expect(page.locator("[data-waiting-count]")).to_have_text("1")
    assert Person.objects.filter(unit=unit).count() == 1

    page.context.set_offline(False)
    expect(page.locator("[data-waiting-count]")).to_have_text("0")
    told = Person.objects.filter(unit=unit).order_by("pk").values_list("name", "post")
    assert list(told) == [("许志远", "Secretary"), ("陈雅婷", "秘书")]


def test_a_customer_answers_a_survey_without_signing_in(cast, page, live_server):
    """A browser tells where a form comes from by rules of its own; what it tells is checked here only."""
    unit = make_unit("泉州商会", owner=cast.owner)
    version = QuestionnaireVersion.objects.get(questionnaire__code="satisfaction")
    survey = open_round(version, "Q3", ends_at=timezone.now() + timedelta(days=7), by=cast.director)
    invitation = ask_person(survey, unit, make_person(unit, "许志远"), by=cast.owner)
    customer = page.context.browser.new_page(base_url=live_server.url)
    customer.goto("/s/" + address_of(invitation).rsplit("/s/")[1])
    for name, value in {"q1": "5", "q2": "4", "q3": "5", "q4": "5", "q5": "9"}.items():
        customer.check(f"[name={name}][value='{value}']", force=True)
    customer.fill("[name=q6]", "很好")
    customer.click("form button[type=submit]")
    expect(customer.locator("h1")).to_have_text("Thank you")
    assert [str(kept.score) for kept in Response.objects.all()] == ["4.75"]
