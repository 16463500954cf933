"""The lists of gifts: requests, and the catalogue with its stock."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from campaigns.gifts.filters import GiftFilter, ItemFilter
from campaigns.gifts.models import GiftItem, GiftRequest
from campaigns.gifts.permissions import can_keep_stock
from campaigns.gifts.selectors import day_for
from campaigns.gifts.terms import STATE_TONES, GiftState
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _requests(user: User) -> QuerySet[GiftRequest]:
    return GiftRequest.objects.visible_to(user).select_related("unit", "person", "item", "line", "asked_by")


def _search(rows: QuerySet[GiftRequest], text: str) -> QuerySet[GiftRequest]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(
        names | Q(person__name__icontains=text) | Q(item__name__icontains=text) | Q(number__iexact=text)
    )


GIFTS = register_list(
    ListSpec(
        key="campaigns.gifts",
        url="/gifts/",
        title=_("Gifts"),
        rows=_requests,
        columns=(
            Column(
                "gift",
                _("Gift"),
                lambda g: Name(
                    f"{g.item.name} × {g.quantity}", sub=f"{g.person.name} · {g.unit.name}", lang="zh-Hans"
                ),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", kind="tag"),
            Column("person", pgettext_lazy("gift", "For whom"), "person.name", is_shown=False),
            Column("unit", _("Unit"), "unit.name", is_shown=False),
            Column(
                "state",
                _("State"),
                lambda g: (STATE_TONES[GiftState(g.state)], str(g.get_state_display())),
                kind="badge",
                phone="left",
            ),
            Column("amount", _("Worth in yuan"), "amount", kind="money", phone="right"),
            Column("occasion", _("Occasion"), lambda g: g.get_occasion_display()),
            Column("on", _("To be given on"), lambda g: day_for(g, None), sort="on", phone="end"),
            Column("handed", _("Handed over on"), "handed_on", kind="date"),
            Column("line", _("Budget line"), "line.name"),
            Column("asked_by", _("Applicant"), "asked_by.name", phone="foot"),
            Column("reason", _("Why"), "reason", is_shown=False),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("on", _("Next to be given first"), "on"),
        ),
        count_words=lambda count, words: ngettext("%(n)s request", "%(n)s requests", count) % {"n": words},
        filterset=GiftFilter,
        search=_search,
        search_hint=_("Gift, person, unit, number"),
        row_url=lambda row: f"/gifts/{row.pk}/",
        views=(
            View("approved", _("To be taken from stock"), "state=approved"),
            View("issued", _("To be handed over"), "state=issued"),
            View("handed", _("Not acknowledged yet"), "state=handed_over"),
        ),
        empty=Empty(_("No gifts yet"), _("A gift is asked for on the record of a unit."), icon="gift"),
    )
)

ITEMS = register_list(
    ListSpec(
        key="campaigns.gift_items",
        url="/gifts/items/",
        title=_("Gifts of the catalogue"),
        rows=lambda _user: GiftItem.objects.all(),
        columns=(
            Column(
                "name",
                _("Gift"),
                lambda i: Name(i.name, sub=i.note, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("kind", _("Kind"), lambda i: i.get_kind_display(), phone="left"),
            Column("price", _("Price of one in yuan"), "price_amount", kind="money", phone="right"),
            Column(
                "stock",
                pgettext_lazy("gift", "In stock"),
                "stock",
                kind="number",
                sort="stock",
                phone="end",
                tone=lambda i: "" if i.stock else "c-warn",
            ),
            Column("offered", _("Offered"), "is_offered", kind="yes"),
        ),
        sorts=(Sort("name", _("Name"), "name"), Sort("stock", _("Least in stock first"), "stock")),
        count_words=lambda count, words: ngettext("%(n)s gift", "%(n)s gifts", count) % {"n": words},
        filterset=ItemFilter,
        search=lambda rows, text: rows.filter(Q(name__icontains=text) | Q(note__icontains=text)),
        search_hint=_("Name or note"),
        row_url=lambda row: f"/gifts/items/{row.pk}/",
        empty=Empty(
            _("The catalogue is empty"),
            _("The clerk or finance enters what is given."),
            action_label=_("New gift"),
            action_url="/gifts/items/new/",
            icon="gift",
            can=can_keep_stock,
        ),
    )
)
