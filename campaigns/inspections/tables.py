"""The list of inspections."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.inspections.filters import InspectionFilter
from campaigns.inspections.models import Inspection, SeenRow
from campaigns.inspections.selectors import badge_of
from campaigns.inspections.terms import Verdict
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _rows(user: User) -> QuerySet[Inspection]:
    return Inspection.objects.visible_to(user).select_related("outlet__unit", "by")


def _search(rows: QuerySet[Inspection], text: str) -> QuerySet[Inspection]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="outlet__unit__"
    )
    return rows.filter(names | Q(outlet__name__icontains=text) | Q(number__iexact=text))


def _beside(ids: list[int], _user: Any, _keys: tuple[str, ...]) -> Mapping[str, Mapping[int, Any]]:
    """Return how many findings each has, and how many are not mended yet; one statement."""
    rows = SeenRow.objects.filter(inspection__in=ids, verdict=Verdict.FAILED).order_by()
    told = rows.values_list("inspection").annotate(
        n=Count("pk"), open=Count("pk", filter=Q(task__done_at=None))
    )
    found = {pk: (number, waiting) for pk, number, waiting in told}
    none = (0, 0)
    return {
        "findings": {pk: found.get(pk, none)[0] for pk in ids},
        "open": {pk: found.get(pk, none)[1] for pk in ids},
    }


INSPECTIONS = register_list(
    ListSpec(
        key="campaigns.inspections",
        url="/inspections/",
        title=_("Inspections"),
        rows=_rows,
        columns=(
            Column(
                "outlet",
                _("Outlet"),
                lambda r: Name(r.outlet.name, sub=r.outlet.unit.name, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", kind="tag"),
            Column("on", _("Day"), "on", kind="date", sort="on", phone="end"),
            Column("score", _("Score"), "score", kind="number", phone="right"),
            Column("grade", _("Result"), lambda r: badge_of(r.score), kind="badge", phone="left"),
            Column("findings", _("Items that failed"), lambda r: r.beside["findings"], kind="number"),
            Column("open", _("Not mended yet"), lambda r: r.beside["open"], kind="number"),
            Column("by", _("Inspected by"), "by.name", phone="foot"),
            Column("accompanied", _("Accompanied by"), "accompanied", is_shown=False),
            Column("note", _("Remark"), "note", is_shown=False),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("on", _("Latest day first"), "on", descending=True),
        ),
        count_words=lambda count, words: (
            ngettext("%(n)s inspection", "%(n)s inspections", count) % {"n": words}
        ),
        filterset=InspectionFilter,
        search=_search,
        search_hint=_("Outlet, unit, number"),
        row_url=lambda row: f"/inspections/{row.pk}/",
        views=(View("open", _("Still to be mended"), "open=true"),),
        beside=_beside,
        empty=Empty(
            _("No inspections yet"),
            _("An inspection is made on the page of an outlet."),
            icon="clipboard-check",
        ),
    )
)
