"""The list of rebates; for finance it is the list of payables."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.rebates.filters import RebateFilter
from campaigns.rebates.models import Rebate
from campaigns.rebates.permissions import is_finance
from campaigns.rebates.terms import REBATE_TONES, RebateState
from kam.lists.spec import BulkAction, Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _rows(user: User) -> QuerySet[Rebate]:
    return Rebate.objects.visible_to(user).select_related(
        "unit", "campaign", "person", "deal", "escort", "asked_by"
    )


def _search(rows: QuerySet[Rebate], text: str) -> QuerySet[Rebate]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(names | Q(person__name__icontains=text) | Q(deal__contract_no__iexact=text))


def _state(row: Rebate) -> tuple[str, str]:
    return REBATE_TONES[RebateState(row.state)], str(row.get_state_display())


REBATES = register_list(
    ListSpec(
        key="campaigns.rebates",
        url="/rebates/",
        title=_("Rebates"),
        rows=_rows,
        columns=(
            Column(
                "person",
                _("Key person"),
                lambda r: Name(r.person.name, sub=f"{r.number} · {r.unit.name}", lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", is_shown=False),
            Column("unit", _("Unit"), "unit.name", is_shown=False),
            Column("deal", _("Deal"), "deal.number"),
            Column("campaign", _("Campaign"), "campaign.name", is_shown=False),
            Column("state", _("State"), _state, kind="badge", phone="left"),
            Column("sets", _("Sets"), "sets", kind="number"),
            Column("amount", _("Amount"), "amount", kind="money", phone="right"),
            Column("due", _("Payable from"), "due_on", kind="date", sort="due", phone="end"),
            Column("mode", _("How"), lambda r: r.get_mode_display()),
            Column("identity", _("Identity card, last four"), "identity_last"),
            Column("escort", _("Accompanied by"), "escort.name"),
            Column("asked", _("Asked for by"), "asked_by.name", phone="foot"),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("due", _("Payable first"), "due_on"),
        ),
        count_words=lambda count, words: ngettext("%(n)s rebate", "%(n)s rebates", count) % {"n": words},
        filterset=RebateFilter,
        search=_search,
        search_hint=_("Unit, key person, contract number"),
        row_url=lambda row: f"/rebates/{row.pk}/",
        views=(
            View("payable", _("Payable"), "state=approved&sort=due"),
            View("checked", _("Documents checked"), "state=verified&sort=due"),
            View("paid", _("Paid"), "state=paid"),
        ),
        bulk=(BulkAction("pay", _("Pay"), "coins", "/rebates/pay/", can=is_finance),),
        empty=Empty(
            _("No rebates yet"),
            _("A rebate is asked for on the page of a closed deal."),
            icon="cash-banknote",
        ),
    )
)
