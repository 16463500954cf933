"""Every page in a language of nothing but brackets: what stands outside of them was never given to the translators (13-proof 7).

The pages are those of the permission table: each of its rows is asked for by the first person who may, forms also empty.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from zoneinfo import available_timezones

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import trans_real
from django.utils.translation.trans_real import CONTEXT_SEPARATOR, DjangoTranslation

from kam.users.middleware import LANGUAGE_COOKIE
from kam.users.models import User
from tests.permissions.row import Row
from tests.permissions.walk import Walker, modules, rows_of

LANGUAGE = "zh-hans"
BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"(?<![\w@/.-])[A-Za-z][a-z]{2,}(?:[’'][a-z]+)?(?![\w@]|[.-]\w)")
SHOWN_ATTRIBUTES = frozenset({"title", "placeholder", "alt", "aria-label", "label", "aria-description"})
SILENT = frozenset({"script", "style", "code", "template", "svg"})
#: In this order the first person who may see a page reads it.
READERS = ("owner", "manager", "director", "admin", "clerk", "finance", "hr", "gm", "marketing", "anonymous")
#: The names of languages are written in themselves, keys as they stand on the keyboard, Django says so of its own ticks.
SAME_EVERYWHERE = frozenset({"English", "Esc", "Ctrl", "Enter", "Shift", "True", "False", "Excel"})
#: What the cast is called, and what the rows of the table type in by way of the factories.
TYPED_IN = frozenset(
    {
        *("Owner", "Same", "Team", "Lead", "Manager", "Other", "Director", "Marketing", "Finance", "Clerk"),
        *("Admin", "Gone", "Group", "Unit", "Person", "Wish", "Guild", "Factory", "Secretary", "Oil"),
    }
)
STAFF_NUMBERS = frozenset(
    {"owner", "manager", "director", "marketing", "finance", "clerk", "admin", "lead", "gone"}
)
TYPED_IN_OF = {
    "accounts_insight": frozenset({"name", "tier", "channel"}),
    "accounts_units": frozenset({"call"}),
    "admin": STAFF_NUMBERS | {"oil", "Search"},  # Django itself leaves the picture's text in English
    "approvals": frozenset({"lamp", "item", "because", "Search"}),
    "history": frozenset({"Confirm", "who", "signs"}),
    "jobs": frozenset({"tests"}),
    "notes": frozenset({"call"}),
    "outbox": frozenset({"test", "text", "None"}),
    "people": STAFF_NUMBERS,
    "visits_plans": frozenset({"Confirm", "who", "signs"}),
    "visits_reports": frozenset({"Talked", "about", "the", "ninth", "set", "work", "more"}),
}


class Bracketed(DjangoTranslation):
    """Puts every text that asks to be translated between brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message.rpartition(CONTEXT_SEPARATOR)[2]}⟧" if message else ""

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.gettext(singular if number == 1 else plural)


class Visible(HTMLParser):
    """Collects what a reader sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.silence: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in SILENT:
            self.silence.append(tag)
        self.texts += [value for name, value in attrs if value and name in SHOWN_ATTRIBUTES]
        if tag == "input" and told.get("type") in {"submit", "button", "reset"}:
            self.texts.append(told.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if self.silence and self.silence[-1] == tag:
            self.silence.pop()

    def handle_data(self, data: str) -> None:
        if not self.silence:
            self.texts.append(data)


def bare_texts(html: str, known: frozenset[str]) -> list[str]:
    """Return the visible lines that hold words outside of brackets which nobody typed in."""
    reader = Visible()
    reader.feed(html)
    joined = "\n".join(reader.texts)
    while BRACKETED.search(joined):
        joined = BRACKETED.sub(" ", joined)
    lines = (line.strip() for line in joined.splitlines())
    return sorted(
        {line for line in lines if set(WORD.findall(line)) - known and line not in available_timezones()}
    )


class Reader:
    """Asks for the pages of a row as somebody who may see them."""

    def __init__(self, walker: Walker) -> None:
        self.walker = walker
        for client in walker.clients.values():
            client.cookies[LANGUAGE_COOKIE] = LANGUAGE

    def pages(self, row: Row) -> Iterator[tuple[str, str, frozenset[str]]]:
        """Yield (name of the page, its HTML, words typed in) for the body of the row and for an empty one."""
        told = row.expected()
        person = next((who for who in READERS if told[who] < 400), None)
        if person is None:
            return
        point = transaction.savepoint()
        try:
            kwargs = row.make(self.walker.cast)
            address = self.walker.known[row.route].address(kwargs)
            body = row.body(self.walker.cast, kwargs)
            for sent in [body] if row.method == "GET" else [body, {}]:
                response = self._ask(self.walker.clients[person], row, address, sent)
                if response.headers.get("Content-Type", "").startswith("text/html"):
                    typed = frozenset(WORD.findall(repr([*kwargs.values(), *body.values()])))
                    yield f"{row.method} {address} as {person}", response.content.decode(), typed
        finally:
            transaction.savepoint_rollback(point)

    def _ask(self, client: Client, row: Row, address: str, body: dict[str, Any]) -> HttpResponse:
        headers = {name: value for name, value in row.headers.items() if name != "Content-Type"}
        point = transaction.savepoint()
        try:
            return getattr(client, row.method.lower())(address, body, headers=headers)
        finally:
            transaction.savepoint_rollback(point)


@pytest.fixture
def reader(cast, client_of, monkeypatch) -> Reader:
    """Everybody reads a language that brackets all it is given."""
    monkeypatch.setitem(trans_real._translations, LANGUAGE, Bracketed(LANGUAGE))
    User.objects.update(language=LANGUAGE)
    return Reader(Walker(cast, client_of))


@pytest.mark.parametrize("module", modules())
def test_no_page_shows_a_text_that_was_not_given_to_translators(module, reader):
    bare = [
        f"{page}: {text}"
        for row in rows_of(module)
        for page, html, typed in reader.pages(row)
        for text in bare_texts(
            html, SAME_EVERYWHERE | TYPED_IN | TYPED_IN_OF.get(module, frozenset()) | typed
        )
    ]
    assert not bare, "\n" + "\n".join(bare)


def test_the_brackets_are_on_the_page(reader):
    """Positive control: the walk reads the bracketed language, not English."""
    [(_page, html, _typed)] = reader.pages(Row("tasks/", "GET", "-", "200: *"))
    assert "⟦My tasks⟧" in html or "⟦Tasks⟧" in html


def test_a_bare_text_is_found():
    """Negative control: text and label outside of brackets are both named."""
    html = '<p title="Nobody told">⟦All⟧ ⟦of ⟦it⟧⟧</p><p>Owner</p><code>manage.py</code><b>Bare words</b>'
    assert bare_texts(html, SAME_EVERYWHERE | TYPED_IN) == ["Bare words", "Nobody told"]
    assert settings.LANGUAGES[1][0] == LANGUAGE
