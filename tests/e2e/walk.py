"""Opens pages at phone and desk width, light and dark, and collects what is wrong with each: for e2e tests and for `make shots`.

    findings = walk(browser, base_url, {"specialist1": [Stop("/"), Stop("/accounts/", follow="#list [data-open]")]}, password="…")
    assert findings == []

Looked for: answers that are not 200, violated security policy, console errors, uncaught exceptions, serious findings of axe,
content wider than the window.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

WIDTHS = (390, 1440)
HEIGHTS = {390: 844, 1440: 900}
PATIENCE_MS = 60_000
_SERIOUS = {"serious", "critical"}
_POLICY = (
    "document.addEventListener('securitypolicyviolation',"
    " e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile))"
)


@dataclass(frozen=True)
class Stop:
    """A page to open: an address, or with `follow` the first link of that selector on it."""

    path: str
    follow: str = ""
    name: str = ""
    status: int = 200

    @property
    def title(self) -> str:
        bare = self.name or self.path.split("?")[0].strip("/").replace("/", "-") or "today"
        return f"{bare}-first" if self.follow and not self.name else bare


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    width: int
    dark: bool

    @property
    def title(self) -> str:
        return f"{self.width}{'-dark' if self.dark else ''}"


LOOKS = tuple(Look(width, dark) for width in WIDTHS for dark in (False, True))

#: The main pages, by who opens them. A page that does not exist yet is left out by `known_stops`.
STOPS: dict[str, list[Stop]] = {
    "": [Stop("/login/", name="sign-in"), Stop("/login/reset/")],
    "specialist1": [
        Stop("/"),
        Stop("/accounts/"),
        Stop("/accounts/", follow="#list [data-open]", name="account"),
        Stop("/accounts/new/"),
        Stop("/accounts/flags/"),
        Stop("/visits/"),
        Stop("/visits/week/"),
        Stop("/visits/week/add/"),
        Stop("/visits/day/"),
        Stop("/visits/appointments/"),
        Stop("/visits/calls/"),
        Stop("/visits/quotas/"),
        Stop("/visits/daily/"),
        Stop("/visits/contact-sheet/"),
        Stop("/visits/new/"),
        Stop("/visits/", follow="#list [data-open]", name="visit"),
        Stop("/followups/"),
        Stop("/followups/new/"),
        Stop("/bulletins/"),
        Stop("/tasks/"),
        Stop("/tasks/new/"),
        Stop("/notices/"),
        Stop("/search/?q=株洲", name="search"),
        Stop("/me/"),
        Stop("/me/absences/"),
        Stop("/me/sessions/"),
        Stop("/digests/"),
        Stop("/no-such-page/", status=404, name="404"),
    ],
    "manager1": [
        Stop("/"),
        Stop("/accounts/"),
        Stop("/accounts/import/"),
        Stop("/visits/week/"),
        Stop("/approvals/"),
        Stop("/approvals/", follow="a[href^='/approvals/']", name="approval"),
    ],
    "director": [
        Stop("/"),
        Stop("/approvals/"),
        Stop("/audit/"),
        Stop("/accounts/duplicates/"),
        Stop("/people/handovers/"),
    ],
    "admin": [
        Stop("/ops/"),
        Stop("/ops/outbox/"),
        Stop("/jobs/"),
        Stop("/ops/mail/"),
        Stop("/ops/digests/"),
        Stop("/admin/"),
    ],
}


def known_stops(stops: Mapping[str, list[Stop]] = STOPS) -> dict[str, list[Stop]]:
    """Return the stops whose address the project knows."""
    from django.urls import Resolver404, resolve

    def is_known(stop: Stop) -> bool:
        try:
            resolve(stop.path.split("?")[0])
        except Resolver404:
            return stop.status == 404
        return True

    return {who: [stop for stop in list_ if is_known(stop)] for who, list_ in stops.items()}


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
    for who, pages in stops.items():
        state = signed_in(browser, base_url, who, password) if who else None
        for look in looks:
            context = context_of(browser, base_url, look, state)
            for stop in pages:
                found += look_at(context, who, stop, look, folder, with_axe=with_axe)
            context.close()
    return found


def context_of(browser: Browser, base_url: str, look: Look, state: Any) -> BrowserContext:
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": look.width, "height": HEIGHTS.get(look.width, 900)},
        color_scheme="dark" if look.dark else "light",
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


def look_at(
    context: BrowserContext, who: str, stop: Stop, look: Look, folder: Path | None, *, with_axe: bool
) -> list[str]:
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(f"console: {m.text}") if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(f"exception: {error}"))
    answer = page.goto(stop.path, timeout=PATIENCE_MS)
    if stop.follow and (link := page.locator(stop.follow).first).count():
        answer = page.goto(link.get_attribute("href") or stop.path)
    page.wait_for_load_state("networkidle", timeout=PATIENCE_MS)
    if answer is None or answer.status != stop.status:
        complaints.append(f"status {answer.status if answer else 'none'}")
    if stop.status != 200:
        complaints = [text for text in complaints if "Failed to load resource" not in text]
    if (wider := page.evaluate("document.documentElement.scrollWidth - window.innerWidth")) > 0:
        complaints.append(f"{wider} px wider than the window")
    if with_axe:
        complaints += _axe_findings(page)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{who or 'nobody'}-{stop.title}-{look.title}.png", full_page=True)
    page.close()
    return [f"{who or 'nobody'} {stop.title} {look.title}: {text}" for text in complaints]


def _axe_findings(page: Page) -> list[str]:
    results = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
    return [
        f"axe {violation['id']}: {node['html'][:140]}"
        for violation in results.response["violations"]
        if violation["impact"] in _SERIOUS
        for node in violation["nodes"][:3]
    ]
