"""The list of merges."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.merge.models import Merge
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, register_list
from kam.search.services import find_by_name


def _search(rows: QuerySet[Merge], text: str) -> QuerySet[Merge]:
    found = find_by_name(text, path="loser_unit__") | find_by_name(text, path="survivor_unit__")
    return rows.filter(
        found | find_by_name(text, path="loser_person__") | find_by_name(text, path="survivor_person__")
    )


def _name(row: Merge) -> Name:
    return Name(str(row.loser), sub=f"→ {row.survivor}", lang="zh-Hans")


def _state(row: Merge) -> tuple[str, Any]:
    return row.tone, row.get_state_display()


MERGES = register_list(
    ListSpec(
        key="accounts.merges",
        url="/merges/",
        title=_("Merges"),
        rows=lambda user: Merge.objects.visible_to(user).select_related(
            "survivor_unit", "loser_unit", "survivor_person", "loser_person", "asked_by"
        ),
        columns=(
            Column("merge", _("Merged file"), _name, kind="name", phone="title"),
            Column("kind", _("Kind"), lambda row: row.get_kind_display(), phone="left"),
            Column("state", _("State"), _state, kind="badge", phone="right"),
            Column("merged", _("Merged on"), "merged_at", kind="datetime", phone="foot"),
            Column("by", _("Asked by"), "asked_by.name"),
            Column("reason", _("Reason"), "reason"),
        ),
        sorts=(Sort("new", _("Newest first"), "id", descending=True),),
        count_words=lambda count, words: ngettext("%(n)s merge", "%(n)s merges", count) % {"n": words},
        search=_search,
        search_hint=_("Name, pinyin, initials"),
        row_url=lambda row: row.get_absolute_url(),
        empty=Empty(
            _("Nothing was merged yet"),
            _("What was merged is listed here and can be taken back from here."),
            icon="git-merge",
        ),
    )
)
