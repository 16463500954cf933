"""The list of units."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.units import labels
from accounts.units.filters import UnitFilter
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_add_unit, can_change_owners, can_edit_unit
from accounts.units.registry import beside, legend_of, read_beside
from accounts.units.terms import STATUS_TONES, Phase
from kam.core.clock import business_date
from kam.lists.spec import BulkAction, Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name, find_by_phone
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import SELLERS, Position

_CHANNELS: dict[str, Any] = {str(key): label for key, label in labels.CHANNEL_LABELS.items()}
_CLASSES: dict[str, Any] = {str(key): label for key, label in labels.CLASS_LABELS.items()}
#: What no list or file ever shows, and what would cost each row its part to read.
_NEVER_SHOWN = (
    *("bigrams", "pinyin", "initials", "name_key", "phone_key", "website", "internal_website", "source"),
    *("current_status", "file_opened_on", "created_at", "version", "parent", "industry"),
)
_STATUSES: dict[str, tuple[str, Any]] = {
    str(status): (STATUS_TONES[status], label) for status, label in labels.STATUS_LABELS.items()
}
#: Fewer points than this of a hundred are told in red.
WEAK_COVERAGE = 40


def _rows(user: User) -> QuerySet[KeyAccount]:
    # No join: where rows are only counted it would stay, and keep the server from answering by an index alone.
    name = Subquery(User.objects.filter(pk=OuterRef("owner")).values("name")[:1])
    return KeyAccount.objects.visible_to(user).annotate(owner_name=name).defer(*_NEVER_SHOWN)


def search_units(rows: QuerySet[KeyAccount], text: str) -> QuerySet[KeyAccount]:
    """Any part of a name, pinyin, initials, the whole credit code or the whole telephone number."""
    found = find_by_name(
        text, names=("name", "short_name", "english_name", "former_names"), code="credit_code"
    )
    return rows.filter(found | find_by_phone(text, "phone_key"))


def _name(unit: KeyAccount) -> Name:
    return Name(unit.name, sub=unit.english_name or unit.short_name, tier=unit.tier, lang="zh-Hans")


def _status(unit: KeyAccount) -> tuple[str, Any]:
    return _STATUSES[unit.status]


def _phase(unit: KeyAccount) -> str:
    return f"{unit.phase} {labels.PHASE_LABELS[Phase(unit.phase)]}"


def _step(unit: KeyAccount) -> str:
    return f"{unit.step} {labels.STEP_LABELS[unit.step]}"


def _visit_tone(unit: KeyAccount) -> str:
    return "c-danger" if unit.last_visit_on is None else ""


def _step_tone(unit: KeyAccount) -> str:
    due = unit.next_step_due_on
    return "c-danger" if due is not None and due < business_date() else ""


def _coverage_tone(unit: KeyAccount) -> str:
    return "c-danger" if beside(unit, "coverage").score < WEAK_COVERAGE else ""


def _flags_tone(unit: KeyAccount) -> str:
    return "c-danger b6" if beside(unit, "flags") else ""


def _next_visit_tone(unit: KeyAccount) -> str:
    day = beside(unit, "next_visit")
    return "b6" if day is not None and day == business_date() else ""


def _edit_url(unit: KeyAccount, user: User) -> str:
    return f"/accounts/{unit.pk}/edit/" if can_edit_unit(user, unit) else ""


def can_export_units(user: User) -> bool:
    return user.position in SELLERS or user.position == Position.CLERK


def _sees_more_than_own(user: User) -> bool:
    return scope_of(user).reach in {Reach.TEAM, Reach.DEPARTMENT}


UNITS = register_list(
    ListSpec(
        key="accounts.units",
        url="/accounts/",
        title=_("Accounts"),
        rows=_rows,
        columns=(
            Column("name", _("Unit"), _name, kind="name", sort="name", phone="title"),
            Column(
                "channel",
                _("Channel"),
                lambda u: _CHANNELS.get(u.channel, u.channel),
            ),
            Column("status", _("Status"), _status, kind="badge", phone="left"),
            Column("owner", _("Owner"), "owner_name", phone="foot", tone=lambda _unit: "nw"),
            Column("phase", _("Phase"), _phase, sort="phase", is_shown=False),
            Column("phase_since", _("In this phase since"), "phase_since_on", kind="date", is_shown=False),
            Column("step", _("Step"), _step, is_shown=False),
            Column(
                "seats",
                _("Seats"),
                lambda u: beside(u, "seats").marks,
                kind="html",
                phone="right",
                export=lambda u: beside(u, "seats").words,
            ),
            Column(
                "coverage",
                _("Role coverage"),
                lambda u: beside(u, "coverage").score,
                kind="number",
                tone=_coverage_tone,
            ),
            Column(
                "flags",
                _("Red flags"),
                lambda u: beside(u, "flags"),
                kind="number",
                phone="top",
                tone=_flags_tone,
            ),
            Column(
                "last_visit",
                _("Last visit"),
                "last_visit_on",
                kind="date",
                sort="visit",
                phone="end",
                tone=_visit_tone,
            ),
            Column(
                "next_visit",
                _("Next visit"),
                lambda u: beside(u, "next_visit"),
                kind="date",
                tone=_next_visit_tone,
            ),
            Column("last_contact", _("Last contact"), "last_contact_on", kind="date", is_shown=False),
            Column("next_step", _("Next step"), "next_step"),
            Column("due", _("Due"), "next_step_due_on", kind="date", sort="due", tone=_step_tone),
            Column(
                "unit_class",
                _("Class"),
                lambda u: _CLASSES.get(u.unit_class, u.unit_class),
                is_shown=False,
            ),
            Column("area", _("Area"), "area", is_shown=False),
            Column("round", _("Expansion round"), "expansion_round", kind="number", is_shown=False),
            Column("core", _("Core"), "is_core", kind="yes", is_shown=False),
            Column("focus", _("Focus"), "is_focus", kind="yes", is_shown=False),
            Column("credit_code", _("Credit code"), "credit_code", is_shown=False),
            Column("phone", _("Telephone"), "phone", is_shown=False),
            Column("address", _("Address"), "address", is_shown=False),
            Column("file", _("File number"), "file_number", is_shown=False),
        ),
        sorts=(
            Sort("name", _("Name"), "sort_key"),
            Sort("visit", _("Last visit"), "last_visit_on", descending=True, nullable=True),
            Sort("phase", _("Longest in its phase"), "phase_since_on"),
            Sort("due", _("Next step due"), "next_step_due_on", nullable=True),
        ),
        count_words=lambda count, words: ngettext("%(n)s unit", "%(n)s units", count) % {"n": words},
        filterset=UnitFilter,
        search=search_units,
        search_hint=_("Name, pinyin, telephone, code"),
        row_url=lambda u: f"/accounts/{u.pk}/",
        views=(
            View("ab", _("A and B"), "tier=A&tier=B", visible=_sees_more_than_own),
            View("silent", _("Quiet for 14 days"), "silent=14"),
            View("late", _("Next step overdue"), "step=late"),
            View("none", _("No next step"), "step=none"),
            View("nobody", _("Nobody's"), "nobody=yes", visible=_sees_more_than_own),
        ),
        empty=Empty(
            _("No units yet"),
            _("Import the list you have, or add the first one by hand."),
            _("Add a unit"),
            "/accounts/new/",
            "building",
            can=can_add_unit,
        ),
        can_export=can_export_units,
        is_kept=True,
        row_edit_url=_edit_url,
        beside=read_beside,
        legend=legend_of,
        bulk=(
            BulkAction(
                "owner", _("Change owner"), "user-share", "/accounts/selected/owner/", can=can_change_owners
            ),
            BulkAction("export", _("Export"), "download", "/accounts/selected/export/", can=can_export_units),
        ),
    )
)
