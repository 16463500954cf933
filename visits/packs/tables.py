"""The ledger of promises."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from kam.core.clock import business_date
from kam.lists.spec import Column, Empty, ListSpec, Sort, View, register_list
from kam.notes.models import Task
from kam.notes.registry import link_of
from kam.notes.terms import TaskKind
from kam.users.models import User
from visits.packs.filters import PromiseFilter
from visits.packs.labels import SIDES, STANDING_LABELS, STANDING_TONES
from visits.packs.selectors import promises_seen, standing


def _rows(user: User) -> QuerySet[Task]:
    return promises_seen(user).select_related("assignee")


def _standing(row: Task) -> tuple[str, Any]:
    found = standing(row, business_date())
    return STANDING_TONES[found], STANDING_LABELS[found]


def _search(rows: QuerySet[Task], text: str) -> QuerySet[Task]:
    return rows.filter(Q(text__icontains=text) | Q(subject_label__icontains=text))


PROMISES = register_list(
    ListSpec(
        key="visits.promises",
        url="/promises/",
        title=_("Promises"),
        rows=_rows,
        columns=(
            Column("unit", _("Unit"), "subject_label", phone="title"),
            Column("what", _("What was promised"), "text", phone="left"),
            Column("side", _("Who promised"), lambda row: str(SIDES[TaskKind(row.kind)]), phone="foot"),
            Column("due", _("Due on"), "due_on", kind="date", sort="due", phone="end"),
            Column("standing", _("What became of it"), _standing, kind="badge", phone="right"),
            Column("done", _("Done on"), "done_on", kind="date"),
            Column("who", _("Whose task"), "assignee.name"),
            Column("source", _("Promised at"), "source_label", is_shown=False),
        ),
        sorts=(
            Sort("due", _("Due first"), "due_on", nullable=True),
            Sort("new", _("Newest first"), "id", descending=True),
        ),
        count_words=lambda count, words: ngettext("%(n)s promise", "%(n)s promises", count) % {"n": words},
        filterset=PromiseFilter,
        search=_search,
        search_hint=_("Unit, promise"),
        row_url=lambda row: link_of(row.source) or link_of(row.subject),
        views=(
            View("broken", pgettext_lazy("of a promise", "Broken"), "standing=broken"),
            View("ours", _("We promised"), "kind=promise&standing=open"),
            View("theirs", _("They promised"), "kind=their_promise&standing=open"),
        ),
        empty=Empty(
            _("No promises yet"), _("What is promised on a visit stands here."), icon="heart-handshake"
        ),
    )
)
