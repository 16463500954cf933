"""What pages say, in a language of nothing but brackets: what stands outside of them was never given to the translators (13-proof 7).

The pages are those of the permission table, as the first person sees them who may; papers (PDF) and mails are read in the same way.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from html.parser import HTMLParser
from importlib import import_module
from typing import Any
from zoneinfo import available_timezones

import pypdfium2
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client
from django.utils.translation.trans_real import CONTEXT_SEPARATOR, DjangoTranslation

from kam.outbox.models import Message
from kam.users.middleware import LANGUAGE_COOKIE
from kam.users.models import User
from tests.conftest import Cast
from tests.permissions.row import Row
from tests.permissions.walk import Walker

LANGUAGE = "zh-hans"
BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"(?<![\w@/.-])[A-Za-z][a-z]{2,}(?:[’'][a-z]+)?(?![\w@]|[.-]\w)")
SHOWN_ATTRIBUTES = frozenset({"title", "placeholder", "alt", "aria-label", "label", "aria-description"})
SILENT = frozenset({"script", "style", "code", "template", "svg"})
#: The names of languages are written in themselves, keys as they stand on the keyboard, Django says so of its own ticks.
SAME_EVERYWHERE = frozenset({"English", "Esc", "Ctrl", "Enter", "Shift", "True", "False", "Excel"})
#: What the cast is called, and what the rows of the table type in by way of the factories.
TYPED_IN = frozenset(
    {
        *("Owner", "Same", "Team", "Lead", "Manager", "Other", "Director", "Marketing", "Finance", "Clerk"),
        *("Admin", "Gone", "Group", "Unit", "Person", "Wish", "Guild", "Factory", "Secretary", "Oil"),
    }
)
#: Asking for them reads the whole folder of zones each time.
ZONES = available_timezones()
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
    return sorted({line for line in lines if set(WORD.findall(line)) - known and line not in ZONES})


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


class Listener(Walker):
    """Walks over the table and reads what its first reader is told: the page, its paper and the mails it posts, forms also empty."""

    def __init__(self, cast: Cast, client_of: Callable[[User], Client]) -> None:
        super().__init__(cast, client_of, cookies={LANGUAGE_COOKIE: LANGUAGE})
        self.mails_before: set[int] = set()
        self.told: list[tuple[str, str, frozenset[str]]] = []

    def bare(self, module: str) -> list[str]:
        """Return what was said outside of brackets so far, by page."""
        known = SAME_EVERYWHERE | TYPED_IN | TYPED_IN_OF.get(module, frozenset())
        return [
            f"{page}: {text}" for page, html, typed in self.told for text in bare_texts(html, known | typed)
        ]

    def _walk_over(self, row: Row, kwargs: dict[str, Any]) -> Iterator[str]:
        self.mails_before = set(Message.objects.values_list("pk", flat=True))
        yield from super()._walk_over(row, kwargs)
        if row.method != "GET" and row.first_reader():
            yield from self._send_nothing(row, kwargs)

    def _send_nothing(self, row: Row, kwargs: dict[str, Any]) -> Iterator[str]:
        point = transaction.savepoint()
        try:
            address = self.known[row.route].address(kwargs)
            response = self.ask(row, row.first_reader(), address, {})
            self.hear(row, row.first_reader(), address, kwargs, response)
            if response.status_code >= 500:
                yield f"{row.method} {address} as {row.first_reader()} with nothing: {response.status_code}"
        finally:
            transaction.savepoint_rollback(point)

    def hear(
        self, row: Row, person: str, address: str, told: Mapping[str, Any], response: HttpResponse
    ) -> None:
        if person != row.first_reader():
            return
        typed = frozenset(WORD.findall(repr(list(told.values()))))
        for kind, html in [
            *shown(response),
            *(("mail", letter(mail)) for mail in _unread(self.mails_before)),
        ]:
            self.told.append((f"{row.method} {address} as {person} ({kind})", html, typed))
