"""The list of strengthening sheets."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.relationships.filters import SheetFilter
from accounts.relationships.models import StrengtheningSheet
from kam.core.clock import business_date
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _rows(user: User) -> QuerySet[StrengtheningSheet]:
    rows = StrengtheningSheet.objects.visible_to(user).select_related("unit", "unit__owner", "person")
    return rows.annotate(
        action_count=Count("actions"), done_count=Count("actions", filter=Q(actions__done_on__isnull=False))
    )


def _search(rows: QuerySet[StrengtheningSheet], text: str) -> QuerySet[StrengtheningSheet]:
    units = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(units | find_by_name(text, path="person__"))


def _state(row: StrengtheningSheet) -> tuple[str, Any]:
    if row.closed_on is not None:
        return "good" if row.outcome == "reached" else "draft", row.get_outcome_display()
    if row.next_review_on <= business_date():
        return "warn", _("Review due")
    return "pending", _("Running")


SHEETS = register_list(
    ListSpec(
        key="accounts.strengthening",
        url="/strengthening/",
        title=_("Relationships to strengthen"),
        rows=_rows,
        columns=(
            Column(
                "unit",
                _("Unit"),
                lambda row: Name(row.unit.name, tier=row.unit.tier, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("person", _("Person"), "person.name", phone="left"),
            Column("strength", _("Strength now"), lambda row: row.get_strength_display()),
            Column("target", _("Goal"), lambda row: row.get_target_display(), phone="top"),
            Column("state", _("State"), _state, kind="badge", phone="right"),
            Column("review", _("Next review"), "next_review_on", kind="date", sort="review", phone="end"),
            Column("actions", _("Actions done"), lambda row: f"{row.done_count} / {row.action_count}"),
            Column("goal", _("What shall be different"), "goal"),
            Column("result", _("Result"), "result", is_shown=False),
            Column("owner", _("Owner"), "unit.owner.name", phone="foot"),
        ),
        sorts=(
            Sort("newest", _("Newest"), "opened_on", descending=True),
            Sort("review", _("Next review"), "next_review_on"),
        ),
        count_words=lambda count, words: ngettext("%(n)s sheet", "%(n)s sheets", count) % {"n": words},
        filterset=SheetFilter,
        search=_search,
        search_hint=_("Name, pinyin, code of the unit"),
        row_url=lambda row: row.get_absolute_url(),
        views=(
            View("open", _("Running"), "state=open"),
            View("due", _("Review due"), "state=due"),
            View("closed", _("Closed"), "state=closed"),
        ),
        default_view="open",
        empty=Empty(
            _("No relationship is being strengthened"),
            _("Open a sheet on a unit’s tab “Insiders” or on a person."),
            icon="heart-handshake",
        ),
    )
)
