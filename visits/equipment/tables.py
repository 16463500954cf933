"""The list of equipment on loan."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from visits.equipment.filters import LoanFilter
from visits.equipment.models import Loan

LOANS = register_list(
    ListSpec(
        key="visits.equipment",
        url="/visits/equipment/",
        title=_("Equipment on loan"),
        rows=lambda user: Loan.objects.visible_to(user).select_related("user", "resource"),
        columns=(
            Column(
                "equipment",
                _("Equipment"),
                lambda row: Name(row.resource.name, sub=row.user.name, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", kind="tag"),
            Column(
                "state",
                _("State"),
                lambda row: (row.tone, str(row.get_state_display())),
                kind="badge",
                phone="left",
            ),
            Column("user", pgettext_lazy("equipment", "For whom"), "user.name", is_shown=False),
            Column("starts", _("First day"), "starts_on", kind="date"),
            Column("ends", _("To be given back on"), "ends_on", kind="date", sort="ends", phone="end"),
            Column("out", _("Handed out on"), "out_on", kind="date"),
            Column("back", _("Given back on"), "back_on", kind="date"),
            Column("purpose", pgettext_lazy("equipment", "Purpose"), "purpose", phone="foot"),
            Column("condition", _("Condition"), "condition", is_shown=False),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("ends", _("Due first"), "ends_on"),
        ),
        count_words=lambda count, words: ngettext("%(n)s loan", "%(n)s loans", count) % {"n": words},
        filterset=LoanFilter,
        search=lambda rows, text: rows.filter(
            Q(resource__name__icontains=text) | Q(purpose__icontains=text) | Q(user__name__icontains=text)
        ),
        search_hint=_("Equipment, purpose, name"),
        row_url=lambda row: row.get_absolute_url(),
        views=(
            View("out", _("Handed out"), "state=out&sort=ends"),
            View("overdue", _("Overdue"), "overdue=true"),
        ),
        empty=Empty(
            _("No equipment on loan"), _("Ask for a camera, a recorder, a computer."), icon="package"
        ),
    )
)
