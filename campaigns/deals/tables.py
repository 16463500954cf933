"""The list of deals."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.deals.filters import DealFilter
from campaigns.deals.models import Deal
from campaigns.deals.terms import DEAL_TONES, DealState
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _rows(user: User) -> QuerySet[Deal]:
    return Deal.objects.visible_to(user).select_related("unit", "campaign", "customer", "owner", "product")


def _search(rows: QuerySet[Deal], text: str) -> QuerySet[Deal]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(names | Q(contract_no__iexact=text) | Q(customer__name__icontains=text))


def _state(row: Deal) -> tuple[str, str]:
    return DEAL_TONES[DealState(row.state)], str(row.get_state_display())


DEALS = register_list(
    ListSpec(
        key="campaigns.deals",
        url="/deals/",
        title=_("Deals"),
        rows=_rows,
        columns=(
            Column(
                "unit",
                _("Unit"),
                lambda d: Name(d.unit.name, sub=f"{d.number} · {d.customer.name}", lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", is_shown=False),
            Column("customer", _("Customer"), "customer.name", is_shown=False),
            Column("campaign", _("Campaign"), "campaign.name"),
            Column("state", _("State"), _state, kind="badge", phone="left"),
            Column("sets", _("Sets"), "quantity", kind="number"),
            Column("list", _("List price of one set"), "list_amount", kind="money", is_shown=False),
            Column("price", _("Price of one set"), "price_amount", kind="money", phone="right"),
            Column("total", _("In all"), "signed_total", kind="money"),
            Column("group", _("Group discount"), lambda d: d.get_group_state_display()),
            Column("signed", _("Signed on"), "signed_on", kind="date", sort="signed", phone="end"),
            Column("paid", _("First payment on"), "first_paid_on", kind="date"),
            Column("contract", _("Contract number"), "contract_no"),
            Column("owner", _("Owner"), "owner.name", phone="foot"),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("signed", _("Signed last"), "signed_on", descending=True, nullable=True),
        ),
        count_words=lambda count, words: ngettext("%(n)s deal", "%(n)s deals", count) % {"n": words},
        filterset=DealFilter,
        search=_search,
        search_hint=_("Unit, customer, contract number"),
        row_url=lambda row: f"/deals/{row.pk}/",
        views=(
            View("signed", _("Signed"), "state=signed"),
            View("agreed", _("Agreed, not signed"), "state=agreed"),
        ),
        empty=Empty(_("No deals yet"), _("A deal begins on the record of a unit."), icon="file-dollar"),
    )
)
