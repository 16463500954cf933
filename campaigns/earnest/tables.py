"""The list of earnest money."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.earnest.filters import EarnestFilter
from campaigns.earnest.models import Earnest
from campaigns.earnest.permissions import can_note_ordinary
from campaigns.earnest.terms import EARNEST_TONES, EarnestState
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _rows(user: User) -> QuerySet[Earnest]:
    return Earnest.objects.visible_to(user).select_related("unit", "campaign", "owner")


def _search(rows: QuerySet[Earnest], text: str) -> QuerySet[Earnest]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(names | Q(name__icontains=text) | Q(receipt_no__iexact=text))


def _state(row: Earnest) -> tuple[str, str]:
    return EARNEST_TONES[EarnestState(row.state)], str(row.get_state_display())


EARNEST = register_list(
    ListSpec(
        key="campaigns.earnest",
        url="/earnest/",
        title=_("Earnest money"),
        rows=_rows,
        columns=(
            Column("serial", _("Serial"), "serial", kind="number", sort="serial", phone="top"),
            Column(
                "name",
                _("Buyer"),
                lambda e: Name(e.name, sub=e.unit.name if e.unit else "", lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", is_shown=False),
            Column("unit", _("Unit"), "unit.name", is_shown=False),
            Column("kind", _("Kind of buyer"), lambda e: e.get_kind_display()),
            Column("campaign", _("Campaign"), "campaign.name"),
            Column("state", _("State"), _state, kind="badge", phone="left"),
            Column("amount", _("Amount"), "amount", kind="money", phone="right"),
            Column("received", _("Received at"), "received_at", kind="datetime", phone="end"),
            Column("receipt", _("Receipt number"), "receipt_no"),
            Column("owner", _("Noted by"), "owner.name", phone="foot"),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("serial", _("Serial"), "serial", nullable=True),
        ),
        count_words=lambda count, words: ngettext("%(n)s buyer", "%(n)s buyers", count) % {"n": words},
        filterset=EarnestFilter,
        search=_search,
        search_hint=_("Buyer, unit, receipt number"),
        row_url=lambda row: f"/earnest/{row.pk}/",
        views=(
            View("noted", _("Not paid yet"), "state=noted"),
            View("received", _("With a serial"), "state=received&sort=serial"),
        ),
        empty=Empty(
            _("No earnest money yet"),
            _("It is noted on the record of a unit, or here for a buyer who belongs to none."),
            _("Ordinary buyer"),
            "/earnest/new/",
            icon="ticket",
            can=can_note_ordinary,
        ),
    )
)
