"""The lists: the pool, units on their way into it, transfers."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.pool.models import Transfer
from accounts.pool.permissions import can_see_pool
from accounts.pool.selectors import endangered, limits, pool_units
from accounts.pool.terms import WARNING
from accounts.units.models import KeyAccount
from kam.core.clock import business_date
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _pool(user: User) -> QuerySet[KeyAccount]:
    rows: QuerySet[KeyAccount] = pool_units()
    return rows if can_see_pool(user) else rows.none()


def _falling(user: User) -> QuerySet[KeyAccount]:
    """Units of one's own scope that were warned about, or will be within the time of one more warning."""
    days = limits()
    soon = business_date() + timedelta(days=2 * days[WARNING])
    rows: QuerySet[KeyAccount] = endangered(days).visible_to(user).filter(falls_on__lte=soon)
    return rows.select_related("owner")


def _search(rows: QuerySet[KeyAccount], text: str) -> QuerySet[KeyAccount]:
    return rows.filter(find_by_name(text))


def _search_transfers(rows: QuerySet[Transfer], text: str) -> QuerySet[Transfer]:
    return rows.filter(find_by_name(text, path="unit__"))


def _name(row: KeyAccount) -> Name:
    return Name(row.name, sub=row.area, tier=row.tier, lang="zh-Hans")


def _falls_tone(row: Any) -> str:
    return "c-danger" if row.falls_on <= business_date() else ""


def _state(row: Transfer) -> tuple[str, Any]:
    return row.tone, row.get_state_display()


def _count_units(count: int, words: str) -> str:
    return ngettext("%(n)s unit", "%(n)s units", count) % {"n": words}


POOL = register_list(
    ListSpec(
        key="accounts.pool",
        url="/pool/",
        title=_("Pool of units"),
        rows=_pool,
        columns=(
            Column("name", _("Unit"), _name, kind="name", phone="title"),
            Column("channel", _("Channel"), lambda row: row.get_channel_display(), phone="left"),
            Column(
                "status", _("Status"), lambda row: (row.status_tone, row.get_status_display()), kind="badge"
            ),
            Column("since", _("Without owner since"), "since_on", kind="date", phone="end"),
            Column("contact", _("Last contact"), "last_contact_on", kind="date", phone="foot"),
        ),
        sorts=(
            Sort("tier", _("Tier"), "tier"),
            Sort("contact", _("Longest without contact"), "last_contact_on", nullable=True),
        ),
        count_words=_count_units,
        search=_search,
        search_hint=_("Name, pinyin, initials"),
        row_url=lambda row: f"/pool/{row.pk}/",
        can_export=lambda user: False,
        empty=Empty(_("The pool is empty"), _("Every unit has an owner."), icon="pool"),
    )
)
FALLING = register_list(
    ListSpec(
        key="accounts.falling",
        url="/pool/warnings/",
        title=_("On their way into the pool"),
        rows=_falling,
        columns=(
            Column("name", _("Unit"), _name, kind="name", phone="title"),
            Column("owner", _("Owner"), "owner.name", phone="left"),
            Column("contact", _("Last contact"), "last_contact_on", kind="date"),
            Column(
                "falls",
                _("Falls into the pool on"),
                "falls_on",
                kind="date",
                sort="falls",
                phone="end",
                tone=_falls_tone,
            ),
            Column("warned", _("Warned on"), "warned_on", kind="date", phone="foot"),
        ),
        sorts=(Sort("falls", _("Soonest first"), "falls_on"),),
        count_words=_count_units,
        search=_search,
        search_hint=_("Name, pinyin, initials"),
        row_url=lambda row: row.get_absolute_url(),
        empty=Empty(_("No unit of yours can fall into the pool"), icon="pool"),
    )
)
TRANSFERS = register_list(
    ListSpec(
        key="accounts.transfers",
        url="/transfers/",
        title=_("Transfers of units"),
        rows=lambda user: Transfer.objects.visible_to(user).select_related("unit", "owner", "to", "asked_by"),
        columns=(
            Column("unit", _("Unit"), lambda row: _name(row.unit), kind="name", phone="title"),
            Column("owner", _("Owner before"), "owner.name", phone="left"),
            Column(
                "to", _("Owner after"), lambda row: row.to.name if row.to else str(_("the pool")), phone="end"
            ),
            Column("state", _("State"), _state, kind="badge", phone="right"),
            Column("asked", _("Asked on"), "created_at", kind="datetime", phone="foot"),
            Column("by", _("Asked by"), "asked_by.name"),
            Column("reason", _("Reason"), "reason"),
        ),
        sorts=(Sort("new", _("Newest first"), "id", descending=True),),
        count_words=lambda count, words: ngettext("%(n)s transfer", "%(n)s transfers", count) % {"n": words},
        search=_search_transfers,
        search_hint=_("Unit"),
        row_url=lambda row: row.get_absolute_url(),
        empty=Empty(_("No transfers"), icon="user-share"),
    )
)
