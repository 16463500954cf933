"""The acts on outlets: open, describe, tell what was sold, name who sells there, close."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from accounts.units.services import lock_unit
from campaigns.outlets.labels import PROBLEMS
from campaigns.outlets.models import Outlet, OutletSales, OutletSeller
from campaigns.outlets.rules import day_problem, month_problem
from campaigns.outlets.terms import OutletKind, Problem
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.numbers import next_number
from kam.notes.terms import SourceKey
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class Described:
    """What an outlet says of itself."""

    name: str
    kind: OutletKind
    opened_on: date
    area: str = ""
    address: str = ""
    keeper: str = ""
    trial_until: date | None = None
    image_on: date | None = None
    note: str = ""

    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@transaction.atomic
def open_outlet(unit: KeyAccount, told: Described, *, by: User) -> Outlet:
    """Enter an outlet of a unit. Raises BusinessError at the field that does not fit."""
    row = lock_unit(unit.pk)
    _check(row.pk, told)
    number = next_number(Outlet, "WD", business_date().year)
    made = Outlet.objects.create(number=number, unit=row, by=by, **told.columns())
    record("campaigns.outlet.opened", made, by=by, changes={"name": (None, made.name)})
    return made


@transaction.atomic
def edit_outlet(outlet: Outlet, told: Described, *, by: User, version: int) -> Outlet:
    """Describe it anew. Raises ConflictError where it changed meanwhile or is closed."""
    row = _open(outlet)
    if row.version != version:
        raise ConflictError(_("Somebody changed this outlet meanwhile. Look at it again."), code="stale")
    _check(row.unit_id, told, own=row.pk)
    columns = told.columns()
    changes = {name: (getattr(row, name), value) for name, value in columns.items()}
    for name, value in columns.items():
        setattr(row, name, value)
    _save(row, *columns)
    changed = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    record("campaigns.outlet.changed", row, by=by, changes=changed)
    return row


@transaction.atomic
def close_outlet(outlet: Outlet, *, on: date, reason: str, by: User) -> Outlet:
    """Close it for good, with the day and the reason; whoever sold there sells there no more."""
    row = _open(outlet)
    _refuse(day_problem(on, row.opened_on, business_date()), "on")
    row.closed_on, row.close_reason = on, reason
    _save(row, "closed_on", "close_reason")
    for seller in row.sellers.filter(until__isnull=True):
        seller.until = max(on, seller.since)
        seller.save(update_fields=["until"])
    record("campaigns.outlet.closed", row, by=by, changes={"closed_on": (None, on)}, reason=reason)
    return row


@transaction.atomic
def tell_sales(outlet: Outlet, month: date, amount: Decimal, *, by: User) -> OutletSales:
    """Write what it sold in a month; told again, the figure is corrected and the old one stays in the history."""
    row = _lock(outlet)
    _refuse(month_problem(month, row.opened_on, row.closed_on, business_date()), "month")
    old = OutletSales.objects.filter(outlet=row, month=month).first()
    made = old or OutletSales(outlet=row, month=month)
    before, made.amount, made.by = (old.amount if old else None), amount, by
    made.save()
    if before != amount:
        record("campaigns.outlet.sales_told", row, by=by, changes={f"{month:%Y-%m}": (before, amount)})
    return made


@transaction.atomic
def name_seller(outlet: Outlet, person: Person, *, since: date, by: User) -> OutletSeller:
    """Say that a person of the unit sells in the outlet."""
    row = _open(outlet)
    if person.unit_id != row.unit_id:
        raise BusinessError(_("This person belongs to another unit."), code="unit", field="person")
    _refuse(day_problem(since, row.opened_on, business_date()), "since")
    if row.sellers.filter(person=person, until__isnull=True).exists():
        raise BusinessError(_("This person sells here already."), code="twice", field="person")
    made = OutletSeller.objects.create(outlet=row, person=person, since=since, by=by)
    record("campaigns.outlet.seller_named", row, by=by, changes={"seller": (None, person.name)})
    return made


@transaction.atomic
def end_seller(seller: OutletSeller, *, by: User) -> OutletSeller:
    """Say that somebody sells there no more, from today on; saying it twice changes nothing."""
    row = _lock(seller.outlet)
    kept = row.sellers.select_related("person").get(pk=seller.pk)
    if kept.until is None:
        kept.until = max(business_date(), kept.since)
        kept.save(update_fields=["until"])
        record("campaigns.outlet.seller_ended", row, by=by, changes={"seller": (kept.person.name, None)})
    return kept


def note_inspection(outlet: Outlet, *, on: date, score: Decimal | None) -> None:
    """Keep the newest inspection beside the outlet, for lists; called by the room of inspections, which holds the outlet."""
    if outlet.inspected_on is None or on >= outlet.inspected_on:
        outlet.inspected_on, outlet.score = on, score
        outlet.save(update_fields=["inspected_on", "score"])


def locked_open(outlet: Outlet) -> Outlet:
    """Return the outlet held against other acts; refused where it is closed."""
    return _open(outlet)


def source_of(outlet: Outlet) -> SourceKey:
    return SourceKey.of("outlet", outlet.pk, str(outlet))


def _check(unit: int, told: Described, own: int = 0) -> None:
    """Refuse a name taken and days in the wrong order."""
    if told.opened_on > business_date():
        raise BusinessError(PROBLEMS[Problem.FUTURE], code="future", field="opened_on")
    for name in ("trial_until", "image_on"):
        day = getattr(told, name)
        if day is not None and day < told.opened_on:
            raise BusinessError(PROBLEMS[Problem.BEFORE_OPENING], code="order", field=name)
    if Outlet.objects.filter(unit=unit, name=told.name).exclude(pk=own).exists():
        raise BusinessError(_("This unit has an outlet of this name."), code="taken", field="name")


def _refuse(problem: Problem | None, field: str) -> None:
    if problem is not None:
        raise BusinessError(PROBLEMS[problem], code=problem, field=field)


def _lock(outlet: Outlet) -> Outlet:
    return locked(Outlet.objects.filter(pk=outlet.pk).select_related("unit")).get()


def _open(outlet: Outlet) -> Outlet:
    row = _lock(outlet)
    if row.closed_on is not None:
        raise ConflictError(_("This outlet is closed."), code="closed")
    return row


def _save(row: Outlet, *columns: str) -> None:
    row.version += 1
    row.save(update_fields=[*columns, "version"])
