"""The list of receptions."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.receptions.filters import ReceptionFilter
from campaigns.receptions.models import Reception
from campaigns.receptions.terms import STATE_TONES, ReceptionState
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _rows(user: User) -> QuerySet[Reception]:
    return Reception.objects.visible_to(user).select_related("unit", "line", "asked_by")


def _search(rows: QuerySet[Reception], text: str) -> QuerySet[Reception]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(names | Q(purpose__icontains=text) | Q(number__iexact=text))


RECEPTIONS = register_list(
    ListSpec(
        key="campaigns.receptions",
        url="/receptions/",
        title=_("Receptions"),
        rows=_rows,
        columns=(
            Column(
                "unit",
                _("Unit"),
                lambda r: Name(r.unit.name, sub=r.purpose[:60], lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", kind="tag"),
            Column(
                "state",
                _("State"),
                lambda r: (STATE_TONES[ReceptionState(r.state)], str(r.get_state_display())),
                kind="badge",
                phone="left",
            ),
            Column("arrive", _("Arrive on"), "arrives_on", kind="date", sort="arrive", phone="end"),
            Column("leave", _("Leave on"), "leaves_on", kind="date", is_shown=False),
            Column("estimate", _("Estimated cost in yuan"), "estimate_amount", kind="money", phone="right"),
            Column("actual", _("Actual cost in yuan"), "actual_amount", kind="money"),
            Column("line", _("Budget line"), "line.name"),
            Column("asked_by", _("Applicant"), "asked_by.name", phone="foot"),
            Column("purpose", _("Purpose"), "purpose", is_shown=False),
            Column("result", _("Result"), "result", is_shown=False),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("arrive", _("Latest arrival first"), "arrives_on", descending=True),
        ),
        count_words=lambda count, words: (
            ngettext("%(n)s reception", "%(n)s receptions", count) % {"n": words}
        ),
        filterset=ReceptionFilter,
        search=_search,
        search_hint=_("Unit, purpose, number"),
        row_url=lambda row: f"/receptions/{row.pk}/",
        views=(View("report", _("Report to come"), "state=approved"),),
        empty=Empty(
            _("No receptions yet"), _("A reception is asked for on the record of a unit."), icon="users"
        ),
    )
)
