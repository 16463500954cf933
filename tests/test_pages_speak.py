"""Every page in a language of nothing but brackets: what stands outside of them was never given to the translators (13-proof 7).

The pages are those of the permission table: each of its rows is asked for by the first person who may, forms also empty. Papers
(PDF) that a row answers with and mails that it posts are read in the same way; so are the digests of everybody.
"""

import json
import re
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from importlib import import_module
from typing import Any
from zoneinfo import available_timezones

import pypdfium2
import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.translation import trans_real
from django.utils.translation.trans_real import CONTEXT_SEPARATOR, DjangoTranslation

from kam.approvals.routes import load_default_routes
from kam.notes.services import add_task
from kam.notes.terms import SourceKey
from kam.outbox.models import Message
from kam.today.documents import digest_pdf
from kam.today.services import make
from kam.today.terms import Slot
from kam.users.middleware import LANGUAGE_COOKIE
from kam.users.models import User
from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import MONDAY, NOW, make_line, make_plan, make_visit
from tests.permissions.row import Row
from tests.permissions.walk import Walker, modules, rows_of
from visits.plans.services import submit_plan

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
#: A job sheet is written in English too: its first text stands in the field.
BOOK = json.loads((settings.BASE_DIR / "fixtures" / "job_sheets.json").read_text("utf-8"))
WORDS_OF_THE_BOOK = frozenset(
    word
    for sheet in BOOK.values()
    for lines in sheet["en"].values()
    for line in lines
    for word in re.findall(r"[A-Za-z'’]+", line)
)
#: The first checklist of inspections is written in three languages at once: its English stands in the field.
CHECKLIST = import_module("campaigns.migrations.0035_outlets_checklist").CHECKLIST
WORDS_OF_THE_CHECKLIST = frozenset(
    word
    for section, rows in CHECKLIST
    for words in (section, *(texts for _points, texts in rows))
    for word in re.findall(r"[A-Za-z'’]+", words[0])
)
TYPED_IN_OF = {
    "accounts_charts": frozenset(
        {"Dwellings", "dwellings", "Farm", "produce", "Gift", "boxes", "Planted", "planted"}
    ),
    "accounts_complaints": frozenset({"planted"}),
    "accounts_knowledge": frozenset({"planted"}),
    # A questionnaire is written in three languages at once: kinds and English stand in the field.
    "accounts_satisfaction": frozenset(
        {"score", "nps", "text", "How", "satisfied", "are", "you", "with", "the", "product", "our", "service"}
        | {"delivery", "and", "handing", "over", "all", "Would", "recommend", "others", "What", "should"}
        | {"better", "Fine"}
    ),
    "accounts_insight": frozenset({"name", "tier", "channel"}),
    "accounts_relationships": frozenset({"tells", "us", "the", "dates", "tea"}),
    "accounts_service_plans": frozenset({"Planted"}),
    "accounts_units": frozenset({"call", "remember"}),
    "admin": STAFF_NUMBERS | {"oil", "Search"},  # Django itself leaves the picture's text in English
    "approvals": frozenset({"lamp", "item", "because", "Search", "planted"})
    | {"advertises", "financing", "influence", "technology"},  # codes of criteria
    "campaigns_outlets": WORDS_OF_THE_CHECKLIST,
    "campaigns_pilots": frozenset({"told", "visited", "suggestions"}),  # typed so, as sources of measures
    "history": frozenset({"Confirm", "who", "signs"}),
    "job_sheets": WORDS_OF_THE_BOOK,
    "jobs": frozenset({"tests"}),
    "notes": frozenset({"call"}),
    # A writing begins with figures in the language of its author.
    "kpi_writings": frozenset(
        {"Actual", "sales", "Calls", "Payments", "received", "Trip", "days", "Units", "developed", "lost"}
        | {"Valid", "complaints", "Visits", "held"}
    ),
    "outbox": frozenset({"test", "text", "None"}),
    "people": STAFF_NUMBERS,
    "personnel": frozenset({"a", "talk", "quarrelled", "seen"}),
    "today": frozenset({"Nothing", "planned", "for", "today"}),  # a digest frozen in English by its row
    "visits_plans": frozenset({"Confirm", "who", "signs"}),
    "visits_trips": frozenset({"see", "the", "office"}),
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


def shown(response: HttpResponse) -> list[tuple[str, str]]:
    """Return what a page or a paper shows, as HTML."""
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("text/html"):
        return [("page", response.content.decode())]
    if kind == "application/pdf":
        return [("paper", escape(paper_text(response.getvalue())))]
    return []


def paper_text(content: bytes) -> str:
    """Return the text of a PDF."""
    document = pypdfium2.PdfDocument(content)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def letter(mail: Message) -> str:
    """Return subject and both bodies of a mail as HTML; addresses of pages are no words."""
    html = f"<pre>{escape(mail.subject)}\n{escape(mail.text)}</pre>{mail.html}"
    return re.sub(r"https?://[^\s<\"]+", "", html)


def _unread(before: set[int]) -> QuerySet[Message]:
    """Return the new mails to people who read brackets; whoever was only just made reads what the form said."""
    return Message.objects.exclude(pk__in=before).filter(to__language=LANGUAGE)


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
                response, mails = self._ask(self.walker.clients[person], row, address, sent)
                typed = frozenset(WORD.findall(repr([*kwargs.values(), *body.values()])))
                for kind, html in [*shown(response), *(("mail", mail) for mail in mails)]:
                    yield f"{row.method} {address} as {person} ({kind})", html, typed
        finally:
            transaction.savepoint_rollback(point)

    def _ask(
        self, client: Client, row: Row, address: str, body: dict[str, Any]
    ) -> tuple[HttpResponse, list[str]]:
        headers = {name: value for name, value in row.headers.items() if name != "Content-Type"}
        point = transaction.savepoint()
        try:
            before = set(Message.objects.values_list("pk", flat=True))
            response = getattr(client, row.method.lower())(address, body, headers=headers)
            return response, [letter(mail) for mail in _unread(before)]
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


@pytest.mark.parametrize("slot", list(Slot))
def test_no_digest_tells_a_text_that_was_not_given_to_translators(slot, cast, reader):
    """Everybody's digest of a day with something in it, as a mail and on paper."""
    del reader  # makes everybody read brackets
    load_default_routes()
    with time_machine.travel(NOW, tick=False):
        unit = make_unit("泉州商会", owner=cast.owner, tier="A")
        person = make_person(unit, "许志远", post="会长")
        plan = make_plan(cast.owner)
        make_line(plan, unit, purpose="样板房", questions="谁签字？")
        submit_plan(plan, by=cast.owner)
        subject = SourceKey.of("accounts.unit", unit.pk, unit.name)
        add_task("寄照片", assignee=cast.owner, by=cast.owner, subject=subject, due_on=NOW.date())
    with time_machine.travel(NOW.replace(day=29, hour=9 + 8 * (slot is Slot.FOLLOWUP)), tick=False):
        make_visit(unit, person, user=cast.owner, on=MONDAY, summary="第九套")
        made = make(slot, MONDAY, timezone.now())
        papers = [paper_text(digest_pdf(str(pk))) for pk in made.ids]
    letters = [letter(mail) for mail in Message.objects.all()]
    known = SAME_EVERYWHERE | TYPED_IN | STAFF_NUMBERS
    bare = {text for html in letters for text in bare_texts(html, known)}
    bare |= {text for paper in papers for text in bare_texts(escape(paper), known)}
    assert (len(made.ids), len(papers) > 0, bare) == (13, True, set())
    assert any("泉州商会" in mail for mail in letters)


def test_the_brackets_are_on_the_page(reader):
    """Positive control: the walk reads the bracketed language, not English."""
    [(_page, html, _typed)] = reader.pages(Row("tasks/", "GET", "-", "200: *"))
    assert "⟦My tasks⟧" in html or "⟦Tasks⟧" in html


def test_a_bare_text_is_found():
    """Negative control: text and label outside of brackets are both named."""
    html = '<p title="Nobody told">⟦All⟧ ⟦of ⟦it⟧⟧</p><p>Owner</p><code>manage.py</code><b>Bare words</b>'
    assert bare_texts(html, SAME_EVERYWHERE | TYPED_IN) == ["Bare words", "Nobody told"]
    assert settings.LANGUAGES[1][0] == LANGUAGE
