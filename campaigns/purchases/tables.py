"""The list of purchases."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.purchases.filters import PurchaseFilter
from campaigns.purchases.models import Purchase
from campaigns.purchases.permissions import can_purchase
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list

PURCHASES = register_list(
    ListSpec(
        key="campaigns.purchases",
        url="/purchases/",
        title=_("Purchases"),
        rows=lambda user: Purchase.objects.visible_to(user).select_related("asked_by", "line"),
        columns=(
            Column(
                "purchase",
                _("What is to be bought"),
                lambda row: Name(row.title, sub=row.number, lang="zh-Hans"),
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
            Column("amount", _("Amount in yuan"), "amount", kind="money", phone="right"),
            Column("paid_amount", _("Paid, yuan"), "paid_amount", kind="money"),
            Column("urgent", _("Urgent"), "is_urgent", kind="yes"),
            Column("asked_by", _("Applicant"), "asked_by.name", phone="foot"),
            Column("line", _("Budget line"), "line.name"),
            Column("asked", _("Begun on"), "asked_on", kind="date", phone="end"),
            Column("needed", _("Needed by"), "needed_on", kind="date"),
            Column("received", _("Received on"), "received_on", kind="date"),
            Column("paid", _("Paid on"), "paid_on", kind="date"),
            Column("document", _("Number of the payment"), "document", is_shown=False),
        ),
        sorts=(Sort("newest", _("Newest"), "id", descending=True),),
        count_words=lambda count, words: ngettext("%(n)s purchase", "%(n)s purchases", count) % {"n": words},
        filterset=PurchaseFilter,
        search=lambda rows, text: rows.filter(
            Q(title__icontains=text) | Q(number__iexact=text) | Q(reason__icontains=text)
        ),
        search_hint=_("What, number, reason"),
        row_url=lambda row: row.get_absolute_url(),
        views=(
            View("buy", _("To be bought"), "state=approved"),
            View("pay", _("To be paid"), "state=received"),
        ),
        empty=Empty(
            _("No purchases yet"),
            _("Ask for what is beside the routine: reason, plan, offers."),
            action_label=_("New purchase"),
            action_url="/purchases/new/",
            icon="shopping-cart",
            can=can_purchase,
        ),
    )
)
