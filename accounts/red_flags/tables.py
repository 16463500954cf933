"""The list of red flags."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from accounts.red_flags.filters import FlagFilter
from accounts.red_flags.models import RedFlag
from accounts.red_flags.telling import title_and_reason
from accounts.red_flags.terms import FlagState, Severity
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User

_STATE_TONES = {FlagState.OPEN: "danger", FlagState.ACKNOWLEDGED: "warn", FlagState.CLEARED: "good"}


def _rows(user: User) -> QuerySet[RedFlag]:
    return RedFlag.objects.visible_to(user).select_related("unit", "unit__owner", "person")


def _name(flag: RedFlag) -> Name:
    return Name(flag.unit.name, sub=title_and_reason(flag)[0], tier=flag.unit.tier, lang="zh-Hans")


def _state(flag: RedFlag) -> tuple[str, Any]:
    tone = "warn" if flag.state == FlagState.OPEN and flag.severity == Severity.ATTENTION else ""
    return tone or _STATE_TONES[FlagState(flag.state)], flag.get_state_display()


def _search(rows: QuerySet[RedFlag], text: str) -> QuerySet[RedFlag]:
    return rows.filter(
        find_by_name(text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__")
    )


FLAGS = register_list(
    ListSpec(
        key="accounts.flags",
        url="/accounts/flags/",
        title=_("Red flags"),
        rows=_rows,
        columns=(
            Column("unit", _("Unit"), _name, kind="name", phone="title"),
            Column("kind", _("Kind"), "words", phone="left"),
            Column("state", _("State"), _state, kind="badge", phone="right"),
            Column("since", _("Since"), "since_on", kind="date", sort="since", phone="end"),
            Column("reason", _("Reason"), lambda f: title_and_reason(f)[1]),
            Column("owner", _("Owner"), "unit.owner.name", phone="foot"),
            Column("comment", _("Comment"), "comment", is_shown=False),
            Column("cleared", _("Cleared"), "cleared_at", kind="datetime", is_shown=False),
        ),
        sorts=(
            Sort("since", _("Newest"), "since_on", descending=True),
            Sort("oldest", _("Oldest"), "since_on"),
        ),
        count_words=lambda count, words: ngettext("%(n)s red flag", "%(n)s red flags", count) % {"n": words},
        filterset=FlagFilter,
        search=_search,
        search_hint=_("Name, pinyin, code of the unit"),
        row_url=lambda f: f"/accounts/{f.unit_id}/#flags",
        views=(
            View("open", pgettext_lazy("red flag", "Open"), "state=open"),
            View("danger", _("Dangers"), "state=open&severity=danger"),
            View("accepted", _("Accepted"), "state=acknowledged"),
            View("cleared", _("Cleared"), "state=cleared"),
        ),
        default_view="open",
        empty=Empty(_("No red flags"), _("KAM looks again every minute, and every night."), icon="flag"),
    )
)
