"""Pages of the catalogue: the list, one thing with its stock, adding and counting."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from campaigns.gifts import permissions, stock
from campaigns.gifts.forms import ItemForm, StockForm
from campaigns.gifts.models import GiftItem
from campaigns.gifts.tables import ITEMS
from kam.core.answers import answer_form
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require


@require_GET
def list_items(request: AuthedRequest) -> HttpResponseBase:
    """The catalogue with what is in stock."""
    require(permissions.can_see_gifts(request.user))
    context = {"can_keep": permissions.can_keep_stock(request.user)}
    return list_response(request, ITEMS, page="campaigns/gifts/items.html", context=context)


def item_or_404(request: AuthedRequest, pk: int) -> GiftItem:
    """Return a thing of the catalogue; whoever sees gifts sees all of it."""
    require(permissions.can_see_gifts(request.user))
    return get_object_or_404(GiftItem.objects.all(), pk=pk)


@require_GET
def show_item(request: AuthedRequest, pk: int) -> HttpResponse:
    """One thing: price, stock, everything that came and went."""
    item = item_or_404(request, pk)
    entries = item.entries.select_related("by", "request").order_by("-pk")[:100]
    context = {"item": item, "entries": entries, "can_keep": permissions.can_keep_stock(request.user)}
    return render(request, "campaigns/gifts/item.html", context)


@require_http_methods(["GET", "POST"])
def add_item(request: AuthedRequest) -> HttpResponse:
    """Put a thing into the catalogue."""
    require(permissions.can_keep_stock(request.user))
    form = ItemForm(request.POST or None)

    def act(told: dict[str, Any]) -> str:
        return stock.add_item(told, by=request.user).get_absolute_url()

    return answer_form(request, form, title=_("New gift of the catalogue"), back="/gifts/items/", act=act)


@require_http_methods(["GET", "POST"])
def edit_item(request: AuthedRequest, pk: int) -> HttpResponse:
    """Change it."""
    item = item_or_404(request, pk)
    require(permissions.can_keep_stock(request.user))

    def fresh() -> ItemForm:
        row = GiftItem.objects.get(pk=item.pk)
        return ItemForm(initial={name: getattr(row, name) for name in ItemForm.base_fields})

    form = ItemForm(request.POST) if request.method == "POST" else fresh()

    def act(told: dict[str, Any]) -> None:
        stock.change_item(item, told, by=request.user, version=told["version"] or 0)

    back = item.get_absolute_url()
    return answer_form(request, form, title=item.name, back=back, act=act, fresh=fresh)


@require_http_methods(["GET", "POST"])
def book_stock(request: AuthedRequest, pk: int) -> HttpResponse:
    """Book what came in or what was counted."""
    item = item_or_404(request, pk)
    require(permissions.can_keep_stock(request.user))
    form = StockForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        do = stock.receive if told["act"] == "receipt" else stock.count
        do(item, told["quantity"], document=told["document"], by=request.user)

    title = _("Stock of %(item)s: %(stock)s") % {"item": item.name, "stock": item.stock}
    return answer_form(request, form, title=title, back=item.get_absolute_url(), act=act)
