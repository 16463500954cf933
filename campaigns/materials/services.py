"""The acts on materials: a line, its arrival, a movement of the stock. The line is locked while its stock changes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from campaigns.campaigns.models import Campaign
from campaigns.materials.models import Material, MaterialMove
from campaigns.materials.rules import change_of, is_possible
from campaigns.materials.terms import MoveKind
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import hold_name, locked
from kam.users.models import User

FIELDS = ("name", "quantity", "measure", "price_amount", "due_on", "department", "line", "note")


@transaction.atomic
def add_material(campaign: Campaign | None, values: Mapping[str, Any], *, by: User | None) -> Material:
    """Add a line at the end of the bill, or a supply of the office; one at a time, so that two lines get two places."""
    if campaign is None:
        hold_name("materials:supplies")
    else:
        locked(Campaign.objects.filter(pk=campaign.pk), no_key=True).get()
    last = Material.objects.filter(campaign=campaign).aggregate(last=Max("place"))["last"] or 0
    row = Material(
        campaign=campaign, place=last + 1, **{name: values[name] for name in FIELDS if name in values}
    )
    _save(row)
    record("campaigns.material.added", row, by=by, changes={"quantity": (None, row.quantity)})
    return row


@transaction.atomic
def edit_material(material: Material, values: Mapping[str, Any], *, by: User, version: int) -> Material:
    """Change a line; `version` is the one that the page showed."""
    row = _locked(material, version)
    changes = {n: (getattr(row, n), values[n]) for n in FIELDS if getattr(row, n) != values[n]}
    for name, (_before, after) in changes.items():
        setattr(row, name, after)
    row.version += 1
    _save(row)
    record("campaigns.material.edited", row, by=by, changes=changes)
    return row


@transaction.atomic
def put_in_place(material: Material, *, on: date, by: User, version: int) -> Material:
    """It has arrived in full, on that day."""
    row = _locked(material, version)
    if on > business_date():
        raise BusinessError(_("This day is still to come."), code="future", field="on")
    before, row.in_place_on = row.in_place_on, on
    row.version += 1
    row.save(update_fields=["in_place_on", "version"])
    record("campaigns.material.in_place", row, by=by, changes={"in_place_on": (before, on)})
    return row


@transaction.atomic
def move(
    material: Material, kind: MoveKind, quantity: int, *, on: date, text: str, by: User | None
) -> MaterialMove:
    """Receive, issue, take back or count. Refused where the stock would fall below nothing."""
    row = _locked(material)
    if on > business_date():
        raise BusinessError(_("This day is still to come."), code="future", field="on")
    stock = stock_of(row)
    if not is_possible(kind, quantity, stock):
        words = _("%(stock)s are in stock; %(quantity)s were asked for. Nothing was written.")
        told = {"stock": stock, "quantity": quantity}
        raise BusinessError(words % told, code="stock", field="quantity")
    change = change_of(kind, quantity, stock)
    entry = _write(row, kind, change, on, text, by)
    record("campaigns.material.moved", row, by=by, changes={"stock": (stock, stock + change)}, reason=text)
    return entry


def _write(row: Material, kind: MoveKind, change: int, on: date, text: str, by: User | None) -> MaterialMove:
    return MaterialMove.objects.create(material=row, kind=kind, change=change, on=on, text=text[:200], by=by)


def stock_of(material: Material) -> int:
    """Return what is there."""
    return material.moves.aggregate(sum=Sum("change"))["sum"] or 0


def _save(row: Material) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "_name_once" not in str(error):
            raise
        words = _("This material is in the bill already.")
        raise BusinessError(words, code="twice", field="name") from error


def _locked(material: Material, version: int | None = None) -> Material:
    row = locked(Material.objects.filter(pk=material.pk).select_related("campaign")).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this meanwhile. Look at it again."), code="stale")
    return row
