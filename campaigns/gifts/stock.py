"""The catalogue and its stock: an entry for everything that comes and goes; the database keeps the sum and lets nothing fall below nought."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from campaigns.gifts.models import GiftItem, GiftRequest, StockEntry
from campaigns.gifts.terms import StockKind
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.users.models import User

_COLUMNS = ("name", "kind", "price_amount", "note", "is_offered")


@transaction.atomic
def add_item(told: Mapping[str, Any], *, by: User | None) -> GiftItem:
    """Put a thing into the catalogue."""
    try:
        with transaction.atomic():
            item = GiftItem.objects.create(**{name: told[name] for name in _COLUMNS})
    except IntegrityError as error:
        raise _taken() from error
    record("campaigns.gift_item.added", item, by=by, changes={"price": (None, item.price_amount)})
    return item


@transaction.atomic
def change_item(item: GiftItem, told: Mapping[str, Any], *, by: User, version: int) -> GiftItem:
    """Change it; what was asked for keeps the price it was asked for at."""
    row = _lock(item)
    if row.version != version:
        raise ConflictError(_("Somebody changed this meanwhile. Look at it again."), code="stale")
    before = row.price_amount
    for name in _COLUMNS:
        setattr(row, name, told[name])
    row.version += 1
    try:
        with transaction.atomic():
            row.save(update_fields=[*_COLUMNS, "version"])
    except IntegrityError as error:
        raise _taken() from error
    record("campaigns.gift_item.changed", row, by=by, changes={"price": (before, row.price_amount)})
    return row


@transaction.atomic
def receive(item: GiftItem, quantity: int, *, document: str, by: User | None) -> StockEntry:
    """So many came in."""
    if quantity <= 0:
        raise BusinessError(_("Name a quantity above nothing."), code="positive", field="quantity")
    return _write(_lock(item), StockKind.RECEIPT, quantity, by, document=document)


@transaction.atomic
def count(item: GiftItem, found: int, *, document: str, by: User | None) -> StockEntry:
    """So many are really there: the difference is booked."""
    row = _lock(item)
    if found == row.stock:
        raise BusinessError(
            _("That is what the ledger says: nothing to book."), code="same", field="quantity"
        )
    return _write(row, StockKind.COUNT, found - row.stock, by, document=document)


def take_out(gift: GiftRequest, *, by: User) -> StockEntry:
    """Take what a request asks for out of the stock; refused where it is not there."""
    row = _lock(gift.item)
    if row.stock < gift.quantity:
        words = _("Of “%(item)s” %(stock)s are in stock, %(quantity)s are asked for. Nothing was taken out.")
        told = {"item": row.name, "stock": row.stock, "quantity": gift.quantity}
        raise BusinessError(words % told, code="stock")
    return _write(row, StockKind.ISSUE, -gift.quantity, by, gift=gift)


def put_back(gift: GiftRequest, *, by: User) -> StockEntry:
    """Put it back."""
    return _write(_lock(gift.item), StockKind.RETURN, gift.quantity, by, gift=gift)


def _write(
    item: GiftItem,
    kind: StockKind,
    quantity: int,
    by: User | None,
    *,
    gift: GiftRequest | None = None,
    document: str = "",
) -> StockEntry:
    entry = StockEntry.objects.create(
        item=item, kind=kind, quantity=quantity, on=business_date(), request=gift, document=document, by=by
    )
    record("campaigns.gift_stock.booked", item, by=by, changes={"stock": (item.stock, item.stock + quantity)})
    return entry


def _lock(item: GiftItem) -> GiftItem:
    return locked(GiftItem.objects.filter(pk=item.pk)).get()


def _taken() -> BusinessError:
    return BusinessError(_("The catalogue has a gift of this name already."), code="taken", field="name")
