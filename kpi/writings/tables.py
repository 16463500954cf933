"""The list of writings: who wrote what about which period, on time or late."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kam.lists.spec import Column, Empty, ListSpec, Sort, register_list
from kam.users.models import User
from kpi.writings.filters import WritingFilter
from kpi.writings.models import Writing
from kpi.writings.permissions import kinds_of


def _rows(user: User) -> QuerySet[Writing]:
    return Writing.objects.visible_to(user).select_related("author", "read_by")


WRITINGS = register_list(
    ListSpec(
        key="kpi.writings",
        url="/kpi/writings/",
        title=_("Reports and summaries"),
        rows=_rows,
        columns=(
            Column("what", _("What"), lambda row: row.get_kind_display(), phone="title"),
            Column("period", _("Period"), "period_name", sort="period", phone="left"),
            Column("author", _("Author"), lambda row: row.author.name, phone="foot"),
            Column(
                "state",
                _("State"),
                lambda row: (row.tone, row.get_state_display()),
                kind="badge",
                phone="top",
            ),
            Column("due", _("Due on"), "due_on", kind="date"),
            Column(
                "handed_in", _("Handed in"), "handed_in_at", kind="datetime", sort="handed_in", phone="end"
            ),
            Column("late", _("Late"), lambda row: _("late") if row.is_late else "", phone="right"),
            Column(
                "read_by", _("Read by"), lambda row: row.read_by.name if row.read_by else "", is_shown=False
            ),
        ),
        sorts=(
            Sort("period", _("Newest period"), "first_day", descending=True),
            Sort("handed_in", _("Handed in last"), "handed_in_at", descending=True),
        ),
        count_words=lambda count, words: ngettext("%(n)s writing", "%(n)s writings", count) % {"n": words},
        filterset=WritingFilter,
        row_url=lambda row: row.get_absolute_url(),
        empty=Empty(
            _("Nothing is written yet"),
            _("The market report of a month is due by the 5th of the next; it begins with your figures."),
            action_label=_("Begin to write"),
            action_url="/kpi/writings/new/",
            icon="writing",
            can=lambda user: bool(kinds_of(user)),
        ),
    )
)
