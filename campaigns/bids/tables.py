"""The list of bids."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from campaigns.bids.filters import BidFilter
from campaigns.bids.models import Bid
from campaigns.bids.rules import is_late
from campaigns.bids.terms import STATE_TONES, BidState
from kam.core.clock import business_date
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _rows(user: User) -> QuerySet[Bid]:
    return Bid.objects.visible_to(user).select_related("unit", "responsible", "proposal")


def _search(rows: QuerySet[Bid], text: str) -> QuerySet[Bid]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(names | Q(title__icontains=text) | Q(number__iexact=text))


def _tone(row: Bid) -> str:
    return "c-danger" if is_late(row.standing, business_date()) else ""


BIDS = register_list(
    ListSpec(
        key="campaigns.bids",
        url="/bids/",
        title=pgettext_lazy("bid", "Bids"),
        rows=_rows,
        columns=(
            Column(
                "tender",
                pgettext_lazy("bid", "Tender"),
                lambda b: Name(b.title, sub=b.unit.name, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number"),
            Column("unit", _("Unit"), "unit.name", is_shown=False),
            Column(
                "state",
                _("State"),
                lambda b: (STATE_TONES[BidState(b.state)], str(b.get_state_display())),
                kind="badge",
                phone="left",
            ),
            Column("due", _("Documents ready by"), "documents_due_on", kind="date", tone=_tone),
            Column("ready", _("Documents ready on"), "ready_on", kind="date", is_shown=False),
            Column("opens", _("Bids are opened on"), "opens_on", kind="date", sort="opens", phone="end"),
            Column("delivered", _("Delivered on"), "delivered_on", kind="date", is_shown=False),
            Column("amount", _("Our price in yuan"), "amount", kind="money", phone="right"),
            Column("winner", _("Who won"), "winner"),
            Column("result", _("Why, and what we learn"), "result", is_shown=False),
            Column("responsible", _("Responsible"), "responsible.name", phone="foot"),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("opens", _("Opened first"), "opens_on"),
        ),
        count_words=lambda count, words: ngettext("%(n)s bid", "%(n)s bids", count) % {"n": words},
        filterset=BidFilter,
        search=_search,
        search_hint=_("Unit, tender, number"),
        row_url=lambda row: f"/bids/{row.pk}/",
        views=(
            View(
                "open",
                pgettext_lazy("bids", "Open"),
                "state=preparing&state=ready&state=delivered&sort=opens",
            ),
        ),
        empty=Empty(_("No bids yet"), _("A bid begins on the record of a unit."), icon="gavel"),
    )
)
