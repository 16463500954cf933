"""Every page in Chromium: no violated policy, no console error, no serious finding of axe, nothing wider than the window (13-proof, 18).

The pages are those of the permission table that answer somebody without an argument, and the first record of each list. A page is
loaded once, by the first of four people who may see it, and turned to every look: narrow and wide, light and dark.
"""

import re

import pytest
from playwright.sync_api import Page

from tests.e2e.axe import Axe
from tests.e2e.browsing import PASSWORD, get
from tests.e2e.stops import Stop
from tests.e2e.walk import LOOKS, context_of, look_at, signed_in
from tests.permissions.walk import modules, rows_of

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("stack")]
#: Who of the demo stands for whom of the permission table, and reads in which language.
WHO = {
    "specialist2": ("owner", "zh-hans"),
    "director": ("director", "en"),
    "clerk": ("clerk", "zh-hant"),
    "admin": ("admin", "zh-hans"),
}
LISTS = {
    "/accounts/": (r"/accounts/\d+/", ("", "edit/", "timeline/", "flags/", "persons/new/", "contacts/new/")),
    "/visits/": (r"/visits/\d+/", ("", "report/", "edit/")),
    "/followups/": (r"/followups/\d+/", ("",)),
    "/visits/appointments/": (r"/visits/appointments/\d+/", ("",)),
    "/approvals/": (r"/approvals/\d+/", ("",)),
    "/people/handovers/": (r"/people/handovers/\d+/", ("",)),
    "/visits/week/": (r"/visits/week/lines/\d+/", ("",)),
    "/visits/day/": (r"/visits/prepare/\d+/", ("",)),
    "/accounts/flags/": (r"/accounts/flags/\d+/accept/", ("",)),
    "/digests/": (r"/digests/[\d-]+/\w+/", ("",)),
    "/campaigns/": (r"/campaigns/\d+/", ("",)),
    "/quotes/": (r"/quotes/\d+/", ("", "special/", "deal/")),
    "/deals/": (r"/deals/\d+/", ("",)),
    "/jobs/": (r"/jobs/\d+/", ("",)),
}


def pages_without_argument(person: str) -> list[str]:
    """Return the addresses that the permission table opens to that person."""
    rows = [row for module in modules() for row in rows_of(module) if row.method == "GET"]
    open_to = {row.route for row in rows if row.expected()[person] == 200}
    return sorted(f"/{route}" for route in open_to if not re.search(r"[<^(]", route))


def records(page: Page) -> list[str]:
    """Return the first record of each list, with its forms."""
    found = []
    for path, (pattern, parts) in LISTS.items():
        answer = get(page, path)
        if answer.status == 200 and (hit := re.search(pattern, answer.text())):
            found += [hit[0] + part for part in parts]
    return found


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """Return the patterns of pages that somebody has already looked at."""
    return set()


@pytest.mark.parametrize("who", WHO)
def test_every_page_is_clean(stack, browser, seen, who):
    person, language = WHO[who]
    context = context_of(browser, stack.url, signed_in(browser, stack.url, who, PASSWORD))
    page = context.new_page()
    before = speak(page, language)
    new = [path for path in pages_without_argument(person) + records(page) if pattern_of(path) not in seen]
    paths: set[str] = set()
    stops = [Stop(path, if_page=True) for path in new]
    found = look_at(context, f"{language} {who}", stops, LOOKS, None, axe=Axe(), seen=paths)
    seen.update(map(pattern_of, paths))
    assert paths != set()
    speak(page, before)
    context.close()
    assert found == []


FINE = "<html lang=en><title>x</title><body style='background: #fff'><p style='color: #333'>a word</p>"
PALE = {
    "a paler text": "<p style='color: #ccc'>a word</p>",
    "the same text on another ground": "<div style='background: #555'><p style='color: #333'>a word</p></div>",
    "the same text, half seen through": "<div style='opacity: .4'><p style='color: #333'>a word</p></div>",
    "the same text below something": "<div style='position: absolute; background: #444' class=above><p style='color: #333'>a word</p></div>",
    "a pale field": "<label>name <input style='color: #ddd; background: #fff' value=word></label>",
}


@pytest.mark.parametrize("page_of", PALE)
def test_text_that_looks_new_is_measured(browser, page_of):
    """Negative control of what is not measured twice."""
    axe, page = Axe(), browser.new_page()
    found = []
    for html in (FINE, FINE, FINE + PALE[page_of]):
        page.set_content(html)
        axe.load(page)
        axe.start(page, dark=False, is_loaded=False)
        found.append([line.split(":")[0] for line in axe.told(page)])
    page.close()
    assert found == [[], [], ["axe color-contrast"]]


def pattern_of(path: str) -> str:
    """Return the address with its numbers left open: one record stands for all."""
    return re.sub(r"\d[\d-]*", "0", path)


def speak(page: Page, language: str) -> str:
    """Choose the language in the head of the page; returns the one before."""
    page.goto("/")
    before = spoken(page)
    with page.expect_navigation():
        page.locator(f"button[name=language][value={language}]").first.evaluate("button => button.click()")
    assert spoken(page) == language
    return before


def spoken(page: Page) -> str:
    return (page.locator("html").get_attribute("lang") or "").lower()
