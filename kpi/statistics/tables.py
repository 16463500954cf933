"""The list of statistics that were handed in: which month, on time or late, read by whom."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from kam.lists.spec import Column, Empty, ListSpec, Sort, register_list
from kam.users.models import User
from kpi.statistics.filters import StatementFilter
from kpi.statistics.models import Statement


def _rows(user: User) -> QuerySet[Statement]:
    return Statement.objects.visible_to(user).select_related("author", "read_by")


STATEMENTS = register_list(
    ListSpec(
        key="kpi.statistics",
        url="/reports/statistics/handed-in/",
        title=_("Statistics that were handed in"),
        rows=_rows,
        columns=(
            Column("month", _("Month"), "month_name", sort="month", phone="title"),
            Column("revision", _("Revision"), "revision", kind="number", phone="right"),
            Column("state", _("State"), lambda row: row.state, kind="badge", phone="top"),
            Column("due", _("Due on"), "due_on", kind="date"),
            Column(
                "handed_in",
                pgettext_lazy("statistics", "Handed in"),
                "handed_in_at",
                kind="datetime",
                sort="handed_in",
                phone="end",
            ),
            Column("late", _("Late"), lambda row: _("late") if row.is_late else "", phone="left"),
            Column("author", _("Author"), lambda row: row.author.name, phone="foot"),
            Column("read_by", _("Read by"), lambda row: row.read_by.name if row.read_by else ""),
        ),
        sorts=(
            Sort("month", _("Newest month"), "first_day", descending=True),
            Sort("handed_in", pgettext_lazy("statistics", "Handed in last"), "handed_in_at", descending=True),
        ),
        count_words=lambda count, words: (
            ngettext("%(n)s statement", "%(n)s statements", count) % {"n": words}
        ),
        filterset=StatementFilter,
        row_url=lambda row: row.get_absolute_url(),
        empty=Empty(
            _("No statistics were handed in yet"),
            _("The clerk hands in each month once it is over; its figures then stay as they stood."),
            icon="chart-bar",
        ),
    )
)
