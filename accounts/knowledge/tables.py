"""The lists of customers' suggestions, of support requests, and of knowledge."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from accounts.knowledge.filters import ArticleFilter, SuggestionFilter, SupportFilter
from accounts.knowledge.labels import SUGGESTION_TONES, SUPPORT_TONES
from accounts.knowledge.models import Article, Suggestion, SupportRequest
from accounts.knowledge.permissions import can_ask_for_support, can_write_articles
from accounts.knowledge.rules import Promise, is_overdue
from accounts.knowledge.terms import SuggestionState, SupportState
from kam.core.clock import business_date
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _late(due: object, kept: object) -> str:
    return "c-danger" if is_overdue(Promise(due, kept), business_date()) else ""  # type: ignore[arg-type]  # two dates


def _suggestions(user: User) -> QuerySet[Suggestion]:
    return Suggestion.objects.visible_to(user).select_related("unit", "owner", "person")


def _find_suggestions(rows: QuerySet[Suggestion], text: str) -> QuerySet[Suggestion]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(names | Q(text__icontains=text))


SUGGESTIONS = register_list(
    ListSpec(
        key="accounts.suggestions",
        url="/suggestions/",
        title=_("Customers’ suggestions"),
        rows=_suggestions,
        columns=(
            Column(
                "unit",
                _("Unit"),
                lambda row: Name(row.unit.name, sub=row.text[:60], tier=row.unit.tier, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column(
                "state",
                _("State"),
                lambda row: (SUGGESTION_TONES[SuggestionState(row.state)], row.get_state_display()),
                kind="badge",
                phone="top",
            ),
            Column("received", _("Received on"), "received_on", kind="date", sort="received", phone="left"),
            Column(
                "due",
                _("To be answered by"),
                "due_on",
                kind="date",
                sort="due",
                phone="end",
                tone=lambda row: _late(row.due_on, row.answered_on),
            ),
            Column("answered", _("Answered on"), "answered_on", kind="date", phone="right"),
            Column("department", _("Passed on to"), lambda row: row.get_department_display()),
            Column("owner", _("Who answers"), "owner.name", phone="foot"),
            Column("person", _("Who said it"), "person.name", is_shown=False),
            Column("text", _("Suggestion"), "text", is_shown=False),
            Column("answer", _("Our answer"), "answer", is_shown=False),
            Column("outcome", _("What came of it"), "outcome", is_shown=False),
        ),
        sorts=(
            Sort("received", _("Newest"), "received_on", descending=True),
            Sort("due", _("Due first"), "due_on"),
        ),
        count_words=lambda count, words: (
            ngettext("%(n)s suggestion", "%(n)s suggestions", count) % {"n": words}
        ),
        filterset=SuggestionFilter,
        search=_find_suggestions,
        search_hint=_("Name of the unit, words of the suggestion"),
        row_url=lambda row: row.get_absolute_url(),
        views=(View("unanswered", _("Not answered yet"), "unanswered=true&sort=due"),),
        empty=Empty(_("No suggestion"), _("Record one on the unit’s page, tab “Suggestions”."), icon="bulb"),
    )
)


def _support(user: User) -> QuerySet[SupportRequest]:
    return SupportRequest.objects.visible_to(user).select_related("asked_by", "helper")


SUPPORT = register_list(
    ListSpec(
        key="accounts.support",
        url="/support/",
        title=_("Support by other departments"),
        rows=_support,
        columns=(
            Column("text", _("What is needed"), lambda row: Name(row.text[:90]), kind="name", phone="title"),
            Column(
                "state",
                _("State"),
                lambda row: (SUPPORT_TONES[SupportState(row.state)], row.get_state_display()),
                kind="badge",
                phone="top",
            ),
            Column("department", _("Department"), lambda row: row.get_department_display(), phone="left"),
            Column("helper", _("Who helps"), "helper.name", phone="right"),
            Column("asked", _("Asked by"), "asked_by.name", phone="foot"),
            Column(
                "due",
                _("Due"),
                "due_on",
                kind="date",
                sort="due",
                phone="end",
                tone=lambda row: _late(row.due_on, row.settled_on),
            ),
            Column("settled", _("Done or refused on"), "settled_on", kind="date"),
            Column("rating", _("Rating"), "rating", kind="number"),
            Column("outcome", _("What came of it"), "outcome", is_shown=False),
        ),
        sorts=(
            Sort("newest", _("Newest"), "created_at", descending=True),
            Sort("due", _("Due first"), "due_on"),
        ),
        count_words=lambda count, words: ngettext("%(n)s request", "%(n)s requests", count) % {"n": words},
        filterset=SupportFilter,
        search=lambda rows, text: rows.filter(text__icontains=text),
        search_hint=_("Words of the request"),
        row_url=lambda row: row.get_absolute_url(),
        views=(
            View(
                "open", pgettext_lazy("support requests", "Open"), "state=requested&state=accepted&sort=due"
            ),
        ),
        empty=Empty(
            _("Nobody was asked for support yet"),
            _("Ask a colleague of another department, with a day."),
            action_label=_("Ask for support"),
            action_url="/support/new/",
            icon="heart-handshake",
            can=can_ask_for_support,
        ),
    )
)

KNOWLEDGE = register_list(
    ListSpec(
        key="accounts.knowledge",
        url="/knowledge/",
        title=_("Knowledge and cases"),
        rows=lambda user: Article.objects.visible_to(user).current().select_related("author"),
        columns=(
            Column(
                "title",
                _("Title"),
                lambda row: Name(row.title, sub=row.get_category_display()),
                kind="name",
                phone="title",
            ),
            Column("kind", _("Kind"), lambda row: row.get_kind_display(), kind="tag", phone="top"),
            Column("category", _("Category"), lambda row: row.get_category_display()),
            Column("author", _("Author"), "author.name", phone="foot"),
            Column("revision", _("Revision"), "revision", kind="number", phone="right"),
            Column("revised", _("Revised on"), "revised_on", kind="date", sort="revised", phone="end"),
        ),
        sorts=(Sort("revised", _("Newest"), "revised_on", descending=True),),
        count_words=lambda count, words: ngettext("%(n)s article", "%(n)s articles", count) % {"n": words},
        filterset=ArticleFilter,
        search=lambda rows, text: rows.filter(find_by_name(text, names=("title",)) | Q(text__icontains=text)),
        search_hint=_("Title, pinyin, words of the text"),
        row_url=lambda row: row.get_absolute_url(),
        views=(
            View("articles", _("Articles"), "kind=article"),
            View("cases", _("Cases"), "kind=case"),
        ),
        empty=Empty(
            _("Nothing written yet"),
            _("Write down what others should know."),
            action_label=_("Write an article"),
            action_url="/knowledge/new/",
            icon="book",
            can=can_write_articles,
        ),
    )
)
