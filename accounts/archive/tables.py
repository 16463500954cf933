"""The to-do list of the archive: files that are not complete, and what each lacks."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.archive.labels import PART_LABELS
from accounts.archive.parts import has_part, points
from accounts.archive.selectors import incomplete, missing_of
from accounts.units import labels
from accounts.units.models import KeyAccount
from accounts.units.terms import Tier
from kam.core.clock import business_date
from kam.lists.filters import OneOf, OneOfRows
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User
from kam.users.offers import sellers_offered, teams_offered


class IncompleteFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    lacks = django_filters.ChoiceFilter(
        label=_("Lacks"), choices=list(PART_LABELS.items()), method="filter_lacks"
    )
    below = django_filters.NumberFilter(
        label=_("Points below"), field_name="points", lookup_expr="lt", min_value=1, max_value=100
    )
    tier = OneOf(label=_("Tier"), choices=[(t, t.value) for t in Tier])
    status = OneOf(label=_("Status"), choices=list(labels.STATUS_LABELS.items()))
    owner = OneOfRows(label=_("Owner"), queryset=sellers_offered)
    team = OneOfRows(label=_("Team"), queryset=teams_offered)

    class Meta:
        model = KeyAccount
        fields = ()

    def filter_lacks(self, rows: QuerySet[KeyAccount], _name: str, part: str) -> QuerySet[KeyAccount]:
        return rows.exclude(has_part(part, business_date()))


def _rows(user: User) -> QuerySet[KeyAccount]:
    day = business_date()
    rows: QuerySet[KeyAccount] = incomplete(day).visible_to(user).annotate(points=points(day))  # type: ignore[attr-defined]
    return rows.select_related("owner")


def _beside(ids: list[int], _user: Any, columns: tuple[str, ...]) -> Mapping[str, Mapping[int, Any]]:
    if "missing" not in columns:
        return {}
    told = missing_of(ids, business_date())
    return {"missing": {pk: " · ".join(str(part.label) for part in parts) for pk, parts in told.items()}}


INCOMPLETE_FILES = register_list(
    ListSpec(
        key="accounts.incomplete",
        url="/accounts/incomplete/",
        title=_("Incomplete files"),
        rows=_rows,
        columns=(
            Column(
                "name",
                _("Unit"),
                lambda row: Name(row.name, sub=row.area, tier=row.tier, lang="zh-Hans"),
                kind="name",
                sort="name",
                phone="title",
            ),
            Column("points", _("Points of 100"), "points", kind="number", sort="points", phone="right"),
            Column("missing", _("Missing"), lambda row: row.beside.get("missing", ""), phone="left"),
            Column(
                "status",
                _("Status"),
                lambda row: (row.status_tone, row.get_status_display()),
                kind="badge",
                phone="top",
            ),
            Column("owner", _("Owner"), "owner.name", phone="foot", tone=lambda _row: "nw"),
            Column("opened", _("File opened on"), "file_opened_on", kind="date", is_shown=False),
        ),
        sorts=(
            Sort("name", _("Name"), "sort_key"),
            Sort("points", _("Least complete first"), "points"),
        ),
        count_words=lambda count, words: ngettext("%(n)s file", "%(n)s files", count) % {"n": words},
        filterset=IncompleteFilter,
        search=lambda rows, text: rows.filter(find_by_name(text)),
        search_hint=_("Name, pinyin, initials"),
        row_url=lambda row: f"/accounts/{row.pk}/#file",
        views=(
            View("all", _("All"), ""),
            View("a", _("Tier A"), "tier=A"),
            View("bare", _("Less than half"), "below=50"),
        ),
        beside=_beside,
        empty=Empty(
            _("Every file is complete"),
            _("Nothing that a complete file must have is missing."),
            icon="archive",
        ),
    )
)
