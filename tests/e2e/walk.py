"""Opens pages at phone and desk width, light and dark, and collects what is wrong with each: for e2e tests and for `make shots`.

    findings = walk(browser, base_url, {"specialist1": [Stop("/"), Stop("/accounts/", follow="#list [data-open]")]}, password="…")
    assert findings == []

Looked for: answers that are not 200, violated security policy, console errors, uncaught exceptions, serious findings of axe,
content wider than the window; on a phone also targets too small for a finger and tables that must be pushed sideways.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Response
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.e2e.axe import Axe
from tests.e2e.stops import Stop

WIDTHS = (390, 1440)
HEIGHTS = {390: 844, 1440: 900}
PATIENCE_MS = 60_000
#: So many pages are open at once: two cores stay busy, and none waits long for its turn.
TOGETHER = 4
#: On a phone: what a finger taps and is smaller than 44 px or than its words, and tables that must be pushed sideways; calendars and comparisons are.
_PHONE = """() => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.closest(".visually-hidden, .k-sr");
  const tapped = ".k-body main :is(a.btn, button, select, summary, textarea), .k-room a, main .k-tabs a, "
    + ".k-body main input:not([type=hidden], [type=checkbox], [type=radio], .fsearch input)";
  const small = [...document.querySelectorAll(tapped)]
    .filter(shown)
    .map((e) => [e, e.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && box.height > 1 && (box.height < 43.5 || box.width < 43.5))
    .map(([e, box]) => `only ${Math.round(box.width)} × ${Math.round(box.height)} px: ${e.outerHTML.slice(0, 120)}`);
  const wide = [...document.querySelectorAll(":is(.table-responsive, .k-scroll) > table:not(.compare, .bk, .across)")]
    .filter((e) => e.parentElement.scrollWidth > e.parentElement.clientWidth + 1)
    .map((e) => `table is pushed sideways: ${e.outerHTML.slice(0, 120)}`);
  const tight = [...document.querySelectorAll(".k-room a, .k-tabs a, .k-body main .btn")]
    .filter((e) => shown(e) && e.scrollWidth > e.clientWidth + 1)
    .map((e) => `words stick out: ${e.outerHTML.slice(0, 120)}`);
  return [...small.slice(0, 3), ...tight.slice(0, 3), ...wide];
}"""
_POLICY = (
    "document.addEventListener('securitypolicyviolation',"
    " e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile))"
)


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    width: int
    dark: bool

    @property
    def title(self) -> str:
        return f"{self.width}{'-dark' if self.dark else ''}"


LOOKS = tuple(Look(width, dark) for width in WIDTHS for dark in (False, True))


def walk(
    browser: Browser,
    base_url: str,
    stops: Mapping[str, Iterable[Stop]],
    *,
    password: str,
    looks: Iterable[Look] = LOOKS,
    folder: Path | None = None,
    with_axe: bool = True,
) -> list[str]:
    """Open every stop in every look; return what was wrong, one line each. `folder` takes the pictures."""
    found: list[str] = []
    axe = Axe() if with_axe else None
    for who, pages in stops.items():
        state = signed_in(browser, base_url, who, password) if who else None
        context = context_of(browser, base_url, state)
        found += look_at(context, who, pages, tuple(looks), folder, axe=axe)
        context.close()
    return found


def context_of(browser: Browser, base_url: str, state: Any) -> BrowserContext:
    context = browser.new_context(
        base_url=base_url,
        storage_state=state,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    context.add_init_script(_POLICY)
    return context


def signed_in(browser: Browser, base_url: str, who: str, password: str) -> Any:
    """Sign in once a person; the cookies serve every look."""
    context = browser.new_context(base_url=base_url, locale="zh-CN")
    page = context.new_page()
    page.goto("/login/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", password)
    page.click("form:has([name=login]) [type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)
    state = context.storage_state()
    context.close()
    return state


class Tab:
    """A tab that is used for one page after another: opening a new one starts a process of the browser each time."""

    def __init__(self, context: BrowserContext) -> None:
        self.page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"exception: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text}")


@dataclass
class Opened:
    """A page that is on its way, and what it complained about so far."""

    page: Page
    stop: Stop
    status: int
    complaints: list[str]
    #: The first is the look in which the page is loaded.
    looks: tuple[Look, ...]
    is_left_out: bool = False


def look_at(
    context: BrowserContext,
    who: str,
    stops: Iterable[Stop],
    looks: tuple[Look, ...],
    folder: Path | None,
    *,
    axe: Axe | None,
    seen: set[str] | None = None,
) -> list[str]:
    """Load every stop once and turn it to every look; the look it is loaded in goes round.

    Some are loaded at a time: while one is examined, others are answered and drawn. `seen` takes the addresses of pages.
    """
    found, left = [], [(stop, _turned(looks, number)) for number, stop in enumerate(stops)]
    tabs = [Tab(context) for _ in left[:TOGETHER]]
    while left:
        batch, left = left[:TOGETHER], left[TOGETHER:]
        opened = [_open(tab, stop, order) for tab, (stop, order) in zip(tabs, batch, strict=False)]
        opened = [one for one in opened if not one.is_left_out]
        for one in opened:
            _settle(one, axe)
        for one in opened:
            if seen is not None:
                seen.add(one.stop.path)
            found += _of_every_look(one, who, folder, axe)
    for tab in tabs:
        tab.page.close()
    return found


def _of_every_look(one: Opened, who: str, folder: Path | None, axe: Axe | None) -> list[str]:
    found = []
    one.page.bring_to_front()  # behind another, a page is drawn once a second
    for look in one.looks:
        told = _findings(one, look, axe)
        found += [f"{who or 'nobody'} {one.stop.title} {look.title}: {text}" for text in told]
        _picture(one, look, who, folder)
    return found


def _turned(looks: tuple[Look, ...], number: int) -> tuple[Look, ...]:
    first = number % len(looks)
    return looks[first:] + looks[:first]


def _picture(one: Opened, look: Look, who: str, folder: Path | None) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{who or 'nobody'}-{one.stop.title}-{look.title}.png"
        one.page.screenshot(path=folder / name, full_page=True)


def _turn(page: Page, look: Look) -> None:
    page.set_viewport_size({"width": look.width, "height": HEIGHTS.get(look.width, 900)})
    page.emulate_media(color_scheme="dark" if look.dark else "light")


def _drawn(page: Page) -> None:
    """Wait for two frames: what scripts do about another width they do when the next one is drawn.

    Nothing here waits for a promise of the page without an end: a browser that draws nothing would be waited for to the last day.
    After ten seconds the page is looked at as it stands.
    """
    page.evaluate(
        "() => { window.kamDrawn = false;"
        " requestAnimationFrame(() => requestAnimationFrame(() => { window.kamDrawn = true; })); }"
    )
    with suppress(PlaywrightTimeout):
        page.wait_for_function("() => window.kamDrawn", timeout=10_000, polling=20)


def _open(tab: Tab, stop: Stop, looks: tuple[Look, ...]) -> Opened:
    page = tab.page
    page.bring_to_front()
    tab.complaints = complaints = []
    _turn(page, looks[0])
    address = stop.path
    if stop.follow:
        page.goto(stop.path, timeout=PATIENCE_MS)
        if (link := page.locator(stop.follow).first).count():
            address = link.get_attribute("href") or stop.path
    try:
        answer = page.goto(address, timeout=PATIENCE_MS, wait_until="commit")
    except Error as error:  # an answer without a body; the other pages are looked at all the same
        complaints.append(f"did not open: {error.message.splitlines()[0]}")
        return Opened(
            page, stop, 0, complaints, looks, is_left_out=stop.if_page and "Download" in error.message
        )
    return Opened(
        page,
        stop,
        answer.status if answer else 0,
        complaints,
        looks,
        stop.if_page and not _is_page(page, answer),
    )


def _is_page(page: Page, answer: Response | None) -> bool:
    """Say whether a whole page came. What broke is one: it is to be complained about."""
    if answer is None or answer.status >= 500:
        return True
    if answer.status != 200 or not answer.headers.get("content-type", "").startswith("text/html"):
        return False
    page.wait_for_load_state("domcontentloaded", timeout=PATIENCE_MS)
    return bool(page.evaluate("document.doctype !== null"))


def _settle(one: Opened, axe: Axe | None) -> None:
    """Wait until nothing is loaded any more, then let axe begin."""
    one.page.wait_for_load_state("networkidle", timeout=PATIENCE_MS)
    if axe:
        axe.load(one.page)
        axe.start(one.page, dark=one.looks[0].dark, is_loaded=True)


def _findings(one: Opened, look: Look, axe: Axe | None) -> list[str]:
    """Return what is wrong in this look; in the first one also what was wrong while loading, and as to its status."""
    complaints = []
    is_first = look == one.looks[0]
    if is_first and one.status != one.stop.status:
        complaints.append(f"status {one.status}")
    if not is_first:
        _turn(one.page, look)
        _drawn(one.page)
    if axe and look == next(other for other in one.looks if other.dark == look.dark):
        if not is_first:
            axe.start(one.page, dark=look.dark, is_loaded=False)
        complaints += axe.told(one.page)
    complaints += one.complaints
    one.complaints.clear()
    if one.stop.status != 200:
        complaints = [text for text in complaints if "Failed to load resource" not in text]
    if (wider := one.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")) > 0:
        complaints.append(f"{wider} px wider than the window")
    if look.width == min(WIDTHS):
        complaints += one.page.evaluate(_PHONE)
    return complaints
