"""The lists of accounts of supplies and of what is in stock."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from campaigns.materials.models import Material
from campaigns.supplies.filters import AccountFilter, SupplyFilter
from campaigns.supplies.models import SupplyAccount
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list

ACCOUNTS = register_list(
    ListSpec(
        key="campaigns.supply_accounts",
        url="/supplies/",
        title=_("Accounts of supplies"),
        rows=lambda user: SupplyAccount.objects.visible_to(user).select_related("user", "team", "asked_by"),
        columns=(
            Column(
                "holder",
                _("For whom"),
                lambda row: Name(row.holder, sub=row.number, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", is_shown=False),
            Column(
                "state",
                _("State"),
                lambda row: (row.tone, str(row.get_state_display())),
                kind="badge",
                phone="left",
            ),
            Column("team", _("Team"), lambda row: row.team.name if row.team else "", phone="foot"),
            Column("reason", _("What for"), "reason"),
            Column("opened", _("Opened on"), "opened_on", kind="date", phone="end"),
            Column("closed", _("Closed on"), "closed_on", kind="date"),
            Column("asked_by", _("Applicant"), "asked_by.name", is_shown=False),
        ),
        sorts=(Sort("newest", _("Newest"), "id", descending=True),),
        count_words=lambda count, words: ngettext("%(n)s account", "%(n)s accounts", count) % {"n": words},
        filterset=AccountFilter,
        search=lambda rows, text: rows.filter(
            Q(user__name__icontains=text) | Q(team__name__icontains=text) | Q(number__iexact=text)
        ),
        search_hint=_("Name, team, number"),
        row_url=lambda row: row.get_absolute_url(),
        views=(View("open", _("Open accounts"), "state=open"),),
        empty=Empty(
            _("No accounts yet"), _("An account comes before anything is drawn."), icon="clipboard-list"
        ),
    )
)
SUPPLIES = register_list(
    ListSpec(
        key="campaigns.supplies",
        url="/supplies/stock/",
        title=_("Supplies in stock"),
        rows=lambda _user: Material.objects.supplies().stocked(),
        columns=(
            Column("name", _("Name"), lambda row: Name(row.name, lang="zh-Hans"), kind="name", phone="title"),
            Column("stock", _("In stock"), "stock", kind="number", phone="right"),
            Column("quantity", _("To be kept in stock"), "quantity", kind="number"),
            Column("measure", pgettext_lazy("quantity", "Measure"), "measure"),
            Column("price", _("Price of one"), "price_amount", kind="money"),
            Column("note", _("Remark"), "note"),
        ),
        sorts=(Sort("newest", _("Newest"), "id", descending=True),),
        count_words=lambda count, words: ngettext("%(n)s supply", "%(n)s supplies", count) % {"n": words},
        filterset=SupplyFilter,
        search=lambda rows, text: rows.filter(name__icontains=text),
        search_hint=_("Name"),
        row_url=lambda row: row.get_absolute_url(),
        views=(View("low", _("To be ordered"), "low=true"),),
        empty=Empty(
            _("No supplies yet"), _("The clerk keeps what the office hands out here."), icon="package"
        ),
    )
)
