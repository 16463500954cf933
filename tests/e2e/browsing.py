"""People at their browsers: signing in, noting what the browser complains about, reading printed papers."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
from playwright.sync_api import Browser, BrowserContext, Page

PASSWORD = "kam-demo"
#: Patience of a busy machine; a quiet one needs a tenth of it.
PATIENCE_MS = 60_000
#: The same engine twice: without the window of a browser around it, it draws a page for three quarters of the processor's time.
_BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
CHROMIUM = {
    "executable_path": next((path for path in _BROWSERS if Path(path).exists()), _BROWSERS[-1]),
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
    ],
}
_POLICY = (
    "document.addEventListener('securitypolicyviolation',"
    " e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))"
)


@dataclass
class Visitor:
    """One person's browser: a page, and everything it complained about."""

    page: Page
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)


def sign_in(browser: Browser, url: str, who: str, *, width: int = 1440, dark: bool = False) -> Visitor:
    """Open a browser of one's own and sign in."""
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        has_touch=width < 500,
    )
    context.set_default_timeout(PATIENCE_MS)
    visitor = Visitor(context.new_page(), context)
    watch(visitor)
    page = visitor.page
    page.goto("/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", PASSWORD)
    page.click("form:has([name=login]) [type=submit]")
    page.wait_for_url(f"{url}/")
    return visitor


def watch(visitor: Visitor) -> None:
    """Collect console errors, uncaught exceptions, violated policies and server errors."""
    note = visitor.complaints.append
    page = visitor.page
    page.on(
        "console", lambda told: note(f"console: {told.text} {page.url}") if told.type == "error" else None
    )
    page.on("pageerror", lambda error: note(f"exception: {error} {page.url}"))
    page.on(
        "response", lambda answer: note(f"{answer.status} {answer.url}") if answer.status >= 500 else None
    )
    page.add_init_script(_POLICY)


class Office:
    """Everybody's browsers of one session; each person signs in once a width."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.visitors: dict[tuple[str, int], Visitor] = {}

    def page(self, who: str, width: int = 1440) -> Page:
        """Return the page of a person who is signed in."""
        if (who, width) not in self.visitors:
            self.visitors[who, width] = sign_in(self.browser, self.url, who, width=width)
        return self.visitors[who, width].page

    def complaints(self) -> list[str]:
        """Return what the browsers complained about since the last question."""
        found = [text for visitor in self.visitors.values() for text in visitor.complaints]
        for visitor in self.visitors.values():
            visitor.complaints.clear()
        return found

    def close(self) -> None:
        for visitor in self.visitors.values():
            visitor.context.close()


def get(page: Page, path: str) -> Any:
    """Ask for an address with the person's cookies, beside the page."""
    return page.request.get(path, timeout=PATIENCE_MS)


def pdf_text(page: Page, path: str) -> str:
    """Return the text of a printed paper, without its line breaks."""
    answer = get(page, path)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf"), path
    document = pypdfium2.PdfDocument(answer.body())
    texts = [sheet.get_textpage().get_text_range() for sheet in document]
    document.close()
    return "".join("".join(text.split()) for text in texts)


def eventually(told: Callable[[], bool], page: Page, seconds: int = 90) -> bool:
    """Ask again and again, loading nothing in between; say whether it came true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if told():
            return True
        page.wait_for_timeout(500)
    return False


def answer_of(done: Any) -> dict[str, Any]:
    """Return what a command printed with --json; fail with its complaint."""
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told
