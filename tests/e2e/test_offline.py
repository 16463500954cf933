"""A lost connection loses nothing and doubles nothing; another person on the same device sees nothing of it (13-proof, 11)."""

import os
import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.units.services import change_owner
from tests.e2e.browsing import CHROMIUM, PATIENCE_MS
from tests.factories.accounts import make_person, make_unit
from tests.factories.kam import PASSWORD
from visits.visits.models import Visit

pytestmark = pytest.mark.e2e
# Playwright's loop runs in this thread; the tests ask the database beside it, never inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


class Line:
    """The line between browser and server: up, or cut."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self.target = (parts.hostname, parts.port)
        self.port = 0
        self.listener: socket.socket | None = None
        self.wires: list[socket.socket] = []

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def connect(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def cut(self) -> None:
        if self.listener:
            with suppress(OSError):
                self.listener.shutdown(socket.SHUT_RDWR)
            self.listener.close()
        for wire in self.wires:
            with suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)
            wire.close()
        self.wires.clear()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _address = listener.accept()
                far = socket.create_connection(self.target)
            except OSError:
                return
            self.wires += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    @staticmethod
    def _pump(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while chunk := source.recv(65536):
                sink.sendall(chunk)
            sink.shutdown(socket.SHUT_WR)


@pytest.fixture
def line(live_server):
    made = Line(live_server.url)
    made.connect()
    yield made
    made.cut()


@pytest.fixture
def device(playwright, tmp_path):
    """Return a function that starts the browser of one and the same telephone again."""
    running = []

    def start():
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path / "device"), viewport={"width": 390, "height": 844}, **CHROMIUM
        )
        context.set_default_timeout(PATIENCE_MS)
        running.append(context)
        return context, context.pages[0] if context.pages else context.new_page()

    yield start
    for context in running:
        with suppress(Exception):
            context.close()


def sign_in(page, line, staff_number):
    page.goto(f"{line.url}/login/")
    page.fill("[name=login]", staff_number)
    page.fill("[name=password]", PASSWORD)
    page.locator("form:has([name=password]) button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/login/" not in url)


def waiting(page):
    return page.locator("[data-waiting-count]")


def test_three_visits_typed_without_connection_arrive_once_each(cast, line, device):
    units = [make_unit(f"单位{number}", owner=cast.owner) for number in (1, 2, 3)]
    for unit in units:
        make_person(unit, "许志远")
    context, page = device()
    sign_in(page, line, "owner")
    page.goto(f"{line.url}/visits/new/")
    page.wait_for_selector("html[data-kept='1']")

    line.cut()
    for number, unit in enumerate(units, start=1):
        page.goto(f"{line.url}/visits/new/?unit={unit.pk}")
        page.wait_for_selector("html[data-drafts='ready']")
        page.get_by_text("许志远").click()
        page.get_by_text("Progress", exact=True).click()
        page.fill("[name=summary]", f"Typed without connection {number}")
        page.get_by_role("button", name="Record visit").click()
        expect(waiting(page)).to_have_text(str(number))
    assert Visit.objects.count() == 0
    context.close()

    context, page = device()
    page.goto(f"{line.url}/visits/new/")
    expect(waiting(page)).to_have_text("3")
    context.close()

    line.connect()
    context, page = device()
    sign_in(page, line, "owner")
    page.goto(f"{line.url}/visits/new/")
    expect(waiting(page)).to_have_text("0")
    page.reload()
    expect(waiting(page)).to_have_text("0")
    told = sorted(Visit.objects.values_list("unit__name", "summary", "user__staff_number", "on"))
    assert told == [
        (f"单位{n}", f"Typed without connection {n}", "owner", timezone.localdate()) for n in (1, 2, 3)
    ]


def test_an_entry_about_a_unit_that_moved_on_keeps_its_text_and_holds_nothing_up(cast, line, device):
    """The unit was given away while the entry waited: the next one arrives, and what was written is there to be copied."""
    gone, kept = (make_unit(name, owner=cast.lead) for name in ("泉州商会", "温州商会"))
    for unit in (gone, kept):
        make_person(unit, "许志远")
    context, page = device()
    sign_in(page, line, "lead")
    page.goto(f"{line.url}/visits/new/")
    page.wait_for_selector("html[data-kept='1']")
    line.cut()
    for number, unit in enumerate((gone, kept), start=1):
        page.goto(f"{line.url}/visits/new/?unit={unit.pk}")
        page.wait_for_selector("html[data-drafts='ready']")
        page.get_by_text("许志远").click()
        page.get_by_text("Progress", exact=True).click()
        page.fill("[name=summary]", f"Typed without connection {number}")
        page.get_by_role("button", name="Record visit").click()
        expect(waiting(page)).to_have_text(str(number))
    context.close()
    change_owner(gone, owner=cast.same_team, by=cast.manager, reason="transfer")

    line.connect()
    _context, page = device()
    sign_in(page, line, "lead")
    page.goto(f"{line.url}/visits/new/")
    expect(waiting(page)).to_have_text("1")
    expect(page.locator("[data-waiting-list]")).to_contain_text("Typed without connection 1")
    assert list(Visit.objects.values_list("unit__name", flat=True)) == ["温州商会"]
    page.get_by_role("button", name="Throw away").click()
    expect(page.locator("[data-waiting-box]")).to_be_hidden()


def test_sign_out_clears_the_device(cast, line, device):
    unit = make_unit("泉州商会", owner=cast.owner)
    make_person(unit, "许志远")
    _context, page = device()
    sign_in(page, line, "owner")
    page.goto(f"{line.url}/visits/new/?unit={unit.pk}")
    page.wait_for_selector("html[data-kept='1']")
    page.fill("[name=summary]", "half a sentence")
    page.wait_for_selector("[data-draft-mark]:not([hidden])")
    kept = "async () => [(await indexedDB.databases()).map((d) => d.name), await caches.keys()]"
    assert f"kam-user-{cast.owner.pk}" in page.evaluate(kept)[0]
    page.evaluate("document.querySelector(\"form[action='/login/out/']\").requestSubmit()")
    page.wait_for_url("**/login/**")
    databases, caches = page.evaluate(kept)
    assert (databases, set(caches) - {"kam-static"}) == ([], set())  # our own scripts and styles are nobody's
    sign_in(page, line, "same-team")
    page.goto(f"{line.url}/visits/new/")
    page.wait_for_selector("html[data-kept='1']")
    databases, caches = page.evaluate(kept)
    assert databases == [f"kam-user-{cast.same_team.pk}"]
    assert sorted(caches) == [f"kam-pages-{cast.same_team.pk}", "kam-static"]


def test_a_draft_survives_a_closed_tab(cast, line, device):
    unit = make_unit("泉州商会", owner=cast.owner)
    _context, page = device()
    sign_in(page, line, "owner")
    address = f"{line.url}/visits/new/?unit={unit.pk}"
    page.goto(address)
    page.wait_for_selector("html[data-drafts='ready']")
    page.fill("[name=summary]", "half a sentence")
    number = page.input_value("[name=public_id]")
    page.wait_for_selector("[data-draft-mark]:not([hidden])")
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator("[name=summary]")).to_have_value("half a sentence")
    assert page.input_value("[name=public_id]") == number


RAW = """async (name) => {
  const open = indexedDB.open(name);
  const told = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = request.onblocked = () => fail(request.error ?? "blocked");
  });
  const database = await told(open);
  const rows = await told(database.transaction("drafts").objectStore("drafts").getAll());
  database.close();
  const text = (value) => (value instanceof ArrayBuffer ? new TextDecoder().decode(value) : JSON.stringify(value));
  return rows.map((row) => Object.values(row).map(text).join(" "));
}"""


def test_another_person_on_the_device_cannot_read_what_waits(cast, line, device):
    """The owner never signed out: the box stays, sealed, and opens again for the owner only."""
    unit = make_unit("泉州商会", owner=cast.owner)
    context, page = device()
    sign_in(page, line, "owner")
    address = f"{line.url}/visits/new/?unit={unit.pk}"
    page.goto(address)
    page.wait_for_selector("html[data-kept='1']")
    page.fill("[name=summary]", "half a sentence")
    page.wait_for_selector("[data-draft-mark]:not([hidden])")
    context.clear_cookies()

    sign_in(page, line, "same-team")
    page.goto(f"{line.url}/visits/new/")
    page.wait_for_selector("html[data-kept='1']")
    rows = page.evaluate(RAW, f"kam-user-{cast.owner.pk}")
    assert (len(rows), [row for row in rows if "half a sentence" in row]) == (1, [])
    names = page.evaluate("caches.keys()")
    assert f"kam-pages-{cast.owner.pk}" not in names

    context.clear_cookies()
    sign_in(page, line, "owner")
    page.goto(address)
    expect(page.locator("[name=summary]")).to_have_value("half a sentence")
