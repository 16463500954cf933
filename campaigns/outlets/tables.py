"""The list of outlets."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from campaigns.outlets.filters import OutletFilter
from campaigns.outlets.models import Outlet
from campaigns.outlets.permissions import can_see_outlets
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def state_badge(outlet: Outlet) -> tuple[str, str]:
    """Return the tone and the word of where an outlet stands."""
    if outlet.closed_on is not None:
        return "draft", pgettext("outlet", "Closed")
    if outlet.image_on is not None:
        return "good", pgettext("outlet", "Image store")
    return "good", pgettext("outlet", "Open")


def _rows(user: User) -> QuerySet[Outlet]:
    return Outlet.objects.visible_to(user).select_related("unit__owner")


def _search(rows: QuerySet[Outlet], text: str) -> QuerySet[Outlet]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(names | Q(name__icontains=text) | Q(area__icontains=text) | Q(number__iexact=text))


def _owner(outlet: Outlet) -> Any:
    return outlet.unit.owner.name if outlet.unit.owner else None


OUTLETS = register_list(
    ListSpec(
        key="campaigns.outlets",
        url="/outlets/",
        title=_("Outlets"),
        rows=_rows,
        columns=(
            Column(
                "name",
                _("Outlet"),
                lambda r: Name(r.name, sub=r.unit.name, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", kind="tag"),
            Column("state", _("State"), state_badge, kind="badge", phone="left"),
            Column("kind", _("Kind"), lambda r: str(r.get_kind_display())),
            Column("area", _("Region"), "area", phone="foot"),
            Column("opened", _("Opening day"), "opened_on", kind="date", sort="opened", phone="end"),
            Column("image", _("Image store since"), "image_on", kind="date", is_shown=False),
            Column("closed", pgettext_lazy("outlet", "Closed on"), "closed_on", kind="date", is_shown=False),
            Column("inspected", _("Last inspected on"), "inspected_on", kind="date", sort="inspected"),
            Column("score", _("Last score"), "score", kind="number", phone="right"),
            Column("keeper", _("Who keeps it"), "keeper", is_shown=False),
            Column("address", _("Address"), "address", is_shown=False),
            Column("owner", _("Owner"), _owner),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("opened", _("Latest opening first"), "opened_on", descending=True),
            Sort("inspected", _("Longest not inspected first"), "inspected_on", nullable=True),
        ),
        count_words=lambda count, words: ngettext("%(n)s outlet", "%(n)s outlets", count) % {"n": words},
        filterset=OutletFilter,
        search=_search,
        search_hint=_("Outlet, unit, region, number"),
        row_url=lambda row: f"/outlets/{row.pk}/",
        views=(
            View("open", pgettext_lazy("outlet", "Open"), "state=open"),
            View("image", _("Image stores"), "state=open&image=true"),
        ),
        empty=Empty(
            _("No outlets yet"), _("An outlet is entered on the record of its unit."), icon="building-store"
        ),
        can_export=can_see_outlets,
    )
)
