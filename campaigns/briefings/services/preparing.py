"""Reserving for a briefing: people and things are booked for its time, materials leave the stock; calling it off gives all of it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.briefings.labels import ITEM_LABELS
from campaigns.briefings.models import Briefing, BriefingItem, BriefingStaff
from campaigns.briefings.rules import PresenterProblem, presenter_problem, to_move
from campaigns.briefings.services.rows import lock, move, source_of
from campaigns.briefings.terms import BOOKED, BriefingState, ItemKind, StaffRole
from campaigns.budgets import services as budgets
from campaigns.materials import services as stock
from campaigns.materials.models import Material
from campaigns.materials.terms import MoveKind
from kam.core.clock import business_date
from kam.core.errors import BusinessError, BusyError
from kam.users.models import User
from visits.bookings import services as bookings
from visits.bookings.models import Booking, Resource
from visits.bookings.rules import Slot
from visits.bookings.selectors import Wanted, working_windows
from visits.bookings.services import ClashError, free_sentence
from visits.bookings.terms import ResourceKind

#: So far ahead free times are looked for when something is taken.
_LOOK_AHEAD = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Taking:
    """Somebody on our side: one of us, or a name."""

    role: StaffRole
    person: User | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """So many of something: from the stock of the campaign, a thing that is booked, or brought along."""

    kind: ItemKind
    quantity: int | None
    material: Material | None = None
    resource: Resource | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """Who and what takes part."""

    staff: Sequence[Taking]
    presenter: User | None
    items: Sequence[Taken]


@transaction.atomic
def prepare_briefing(briefing: Briefing, prepared: Prepared, *, by: User, version: int) -> Briefing:
    """Reserve everything or nothing; preparing again gives back what is no longer wanted."""
    row = lock(briefing, version)
    if row.ends_at <= timezone.now():
        raise BusinessError(_("This time is over."), code="over")
    _check(prepared, row)
    _book(row, prepared)
    before = _in_hands(row)
    row.staff.all().delete()
    row.items.all().delete()
    _write(row, prepared)
    _move_stock(row, before, _in_hands(row), by)
    move(row, BriefingState.PREPARED, by)
    return row


@transaction.atomic
def cancel_briefing(briefing: Briefing, *, reason: str, by: User) -> Briefing:
    """It does not take place: people, things, materials and money are free again."""
    row = lock(briefing)
    row.end_reason = reason
    move(row, BriefingState.CANCELLED, by, "end_reason", reason=reason)
    bookings.release(source_of(row))
    _move_stock(row, _in_hands(row), {}, by)
    if row.reservation is not None:
        budgets.release(row.reservation, by=by, text=reason)
    return row


def _check(prepared: Prepared, row: Briefing) -> None:
    sales = [one.person.pk for one in prepared.staff if one.role is StaffRole.SALES and one.person]
    problem = presenter_problem(prepared.presenter.pk if prepared.presenter else None, sales)
    if problem is PresenterProblem.NOBODY:
        raise BusinessError(_("Say who explains the slides."), code="presenter", field="presenter")
    if problem is PresenterProblem.NOT_SALES:
        words = _("One of the sales representatives explains the slides.")
        raise BusinessError(words, code="presenter", field="presenter")
    people = [one.person.pk for one in prepared.staff if one.person]
    if len(people) != len(set(people)):
        raise BusinessError(_("Everybody takes part in one role only."), code="twice", field="presenter")
    for item in prepared.items:
        _check_item(item, row)


def _check_item(item: Taken, row: Briefing) -> None:
    if item.material is not None and item.material.campaign_id != row.campaign_id:
        words = _("This material belongs to another campaign.")
        raise BusinessError(words, code="material", field=f"from_{item.kind}")
    if item.material is not None and not item.quantity:
        raise BusinessError(_("Say how many."), code="quantity", field=f"n_{item.kind}")
    if item.resource is not None and item.resource.kind != BOOKED.get(item.kind):
        raise BusinessError(_("This cannot be booked."), code="not_bookable", field=f"from_{item.kind}")


def _book(row: Briefing, prepared: Prepared) -> None:
    """Take people and things for the time; the sentence of a refusal names what is in the way and the next free times."""
    wanted = [
        Wanted(ResourceKind.PERSON, one.person.pk, one.person.name) for one in prepared.staff if one.person
    ]
    wanted += [
        Wanted(ResourceKind(item.resource.kind), item.resource.pk, item.resource.name)
        for item in prepared.items
        if item.resource
    ]
    label = " ".join((_("Product briefing"), row.number))
    try:
        bookings.take(
            wanted,
            Slot(row.starts_at, row.ends_at),
            labels=[label] * len(wanted),
            source=source_of(row),
            windows=lambda: working_windows(row.day, row.day + _LOOK_AHEAD, after=timezone.now()),
        )
    except ClashError as error:
        words = f"{error} {free_sentence(error.free)}".strip()
        raise BusinessError(words, code="clash", field=_field_of(error.clashes[0], prepared)) from error


def _field_of(clash: Booking, prepared: Prepared) -> str:
    """Return the field in which was chosen what is in the way."""
    if clash.kind == ResourceKind.PERSON:
        found = (
            one.role.value for one in prepared.staff if one.person and one.person.pk == clash.resource_id
        )
        return next(found)
    chosen = ((item.kind, item.resource) for item in prepared.items if item.resource)
    return next(f"from_{kind}" for kind, thing in chosen if thing.pk == clash.resource_id)


def _write(row: Briefing, prepared: Prepared) -> None:
    for one in prepared.staff:
        BriefingStaff.objects.create(
            briefing=row,
            role=one.role,
            person=one.person,
            name=one.person.name if one.person else one.name,
            presents=one.person is not None and one.person == prepared.presenter,
        )
    for item in prepared.items:
        BriefingItem.objects.create(
            briefing=row,
            kind=item.kind,
            quantity=item.quantity,
            material=item.material,
            resource=item.resource,
        )


def _in_hands(row: Briefing) -> dict[int, int]:
    """Return material → how many the briefing has taken from the stock."""
    taken: dict[int, int] = {}
    for item in row.items.filter(material__isnull=False):
        assert item.material_id is not None  # noqa: S101 -- filtered by it
        taken[item.material_id] = taken.get(item.material_id, 0) + (item.quantity or 0)
    return taken


def _move_stock(row: Briefing, before: Mapping[int, int], after: Mapping[int, int], by: User) -> None:
    """Issue what is wanted more, take back what is wanted less; materials in the order of their numbers, as everybody locks them."""
    changes = to_move(before, after)
    materials = Material.objects.in_bulk(list(changes))
    kinds = {item.material_id: ItemKind(item.kind) for item in row.items.filter(material__isnull=False)}
    for pk, change in changes.items():
        kind = MoveKind.ISSUE if change > 0 else MoveKind.RETURN
        text = row.number  # whoever reads the stock of a campaign need not see the unit
        try:
            stock.move(materials[pk], kind, abs(change), on=business_date(), text=text, by=by)
        except BusyError:
            raise
        except BusinessError as error:
            error.field = f"n_{kinds[pk]}" if pk in kinds else None
            words = f"{ITEM_LABELS[kinds[pk]]}: {error}" if pk in kinds else str(error)
            raise BusinessError(words, code=error.code, field=error.field) from error
