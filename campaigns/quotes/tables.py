"""The list of quotes."""

from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from campaigns.quotes.filters import QuoteFilter
from campaigns.quotes.models import Quote
from campaigns.quotes.terms import QuoteState
from kam.core.clock import business_date
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User

TONES = {QuoteState.OPEN: "pending", QuoteState.AGREED: "good", QuoteState.WITHDRAWN: "draft"}


def _rows(user: User) -> QuerySet[Quote]:
    return Quote.objects.visible_to(user).select_related("unit", "campaign", "customer", "made_by")


def _search(rows: QuerySet[Quote], text: str) -> QuerySet[Quote]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(names | Q(customer__name__icontains=text))


def state_of(row: Quote) -> tuple[str, str]:
    """Return tone and word; an open quote that is over says so."""
    if row.is_lapsed_on(business_date()):
        return "warn", str(_("Over"))
    return TONES[QuoteState(row.state)], str(row.get_state_display())


def _if_reached(row: Quote) -> Decimal:
    return Decimal(row.priced["if_reached"])


QUOTES = register_list(
    ListSpec(
        key="campaigns.quotes",
        url="/quotes/",
        title=_("Quotes"),
        rows=_rows,
        columns=(
            Column(
                "unit",
                _("Unit"),
                lambda q: Name(q.unit.name, sub=f"{q.number} · {q.customer.name}", lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", is_shown=False),
            Column("customer", _("Customer"), "customer.name", is_shown=False),
            Column("campaign", _("Campaign"), "campaign.name"),
            Column("state", _("State"), state_of, kind="badge", phone="left"),
            Column("sets", _("Sets"), "quantity", kind="number"),
            Column("list", _("List price of one set"), "list_amount", kind="money"),
            Column("price", _("Price of one set"), "price_amount", kind="money", phone="right"),
            Column("reached", _("Once the number is reached"), _if_reached, kind="money"),
            Column("until", _("Valid until"), "valid_until", kind="date", sort="until", phone="end"),
            Column("by", _("Made by"), "made_by.name", phone="foot"),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("until", _("Over first"), "valid_until"),
        ),
        count_words=lambda count, words: ngettext("%(n)s quote", "%(n)s quotes", count) % {"n": words},
        filterset=QuoteFilter,
        search=_search,
        search_hint=_("Unit or customer"),
        row_url=lambda row: f"/quotes/{row.pk}/",
        views=(View("open", pgettext_lazy("quote", "Open"), "state=open"),),
        empty=Empty(_("No quotes yet"), _("A quote begins on the record of a unit."), icon="receipt"),
    )
)
