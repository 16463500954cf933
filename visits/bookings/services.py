"""Taking and giving back. The exclusion constraint has the last word; these functions turn its refusal into a sentence."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kam.audit.services import record
from kam.core.clock import department_zone
from kam.core.days import say_day
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.sentences import listed
from kam.notes.terms import SourceKey
from kam.users.models import User
from visits.bookings.models import Booking, Resource
from visits.bookings.rules import Slot
from visits.bookings.selectors import Wanted, clashes_with, next_free, working_windows
from visits.bookings.terms import DESK, ResourceKind


class ClashError(BusinessError):
    """Something is taken at that time: `clashes` says what by whom, `free` when all of it is free."""

    def __init__(self, message: Any, *, clashes: Sequence[Booking], free: Sequence[Slot]) -> None:
        super().__init__(message, code="clash", field="start")
        self.clashes = tuple(clashes)
        self.free = tuple(free)

    @property
    def only_things(self) -> bool:
        """No person is in the way: it would go without the vehicle."""
        return all(booking.kind != ResourceKind.PERSON for booking in self.clashes)


def book(
    resource_kind: ResourceKind,
    resource_id: int,
    start: datetime,
    end: datetime,
    *,
    label: str,
    source: SourceKey,
) -> Booking:
    """Take a resource from `start` to `end` (not included); raises ConflictError where it is taken."""
    if end <= start:
        raise BusinessError(_("The end must lie after the start."), code="slot_empty", field="end")
    name = resource_name(resource_kind, resource_id)
    try:
        with transaction.atomic():
            return Booking.objects.create(
                kind=resource_kind,
                resource_id=resource_id,
                resource_label=name,
                slot=DateTimeTZRange(start, end, "[)"),
                label=label[:300],
                source_kind=source.kind,
                source_id=source.id,
            )
    except IntegrityError as error:
        if "booking_" not in str(error):
            raise
        raise ConflictError(
            _("%(name)s is already taken at this time.") % {"name": name}, code="slot_taken", field="start"
        ) from error


def release(source: SourceKey) -> int:
    """Give back everything that was taken for `source`; return how many bookings that were."""
    return Booking.objects.by_source(source.kind, source.id).delete()[0]


def resource_name(kind: ResourceKind, resource_id: int) -> str:
    """Return what a person calls the resource; raises BusinessError for one that may not be booked."""
    rows = (
        User.objects.filter(pk=resource_id, is_active=True)
        if kind == ResourceKind.PERSON
        else Resource.objects.usable().filter(kind=kind, pk=resource_id)
    )
    name = rows.values_list("name", flat=True).first()
    if name is None:
        raise BusinessError(_("This cannot be booked."), code="not_bookable")
    return str(name)


def take(
    wanted: Sequence[Wanted],
    slot: Slot,
    *,
    labels: Sequence[str],
    source: SourceKey,
    windows: Callable[[], Sequence[Slot]],
) -> list[Booking]:
    """Give back what `source` has and take all of `wanted` for `slot`.

    Raises ClashError naming what is in the way and the next free slots inside `windows()`, asked for only then; nothing changes.
    Where somebody was faster between looking and taking, the database refuses (ConflictError).
    """
    own = (source.kind, source.id)
    found = clashes_with(wanted, slot.start, slot.end, except_source=own)
    if found:
        free = next_free(wanted, windows(), length=slot.end - slot.start, except_source=own)
        raise ClashError(clash_sentence(found[0]), clashes=found, free=free)
    with transaction.atomic():
        release(source)
        return [
            book(one.kind, one.resource_id, slot.start, slot.end, label=label, source=source)
            for one, label in zip(wanted, labels, strict=True)
        ]


def clash_sentence(booking: Booking) -> str:
    """Say what is taken, when and for what, in the reader's language."""
    start, end = (localtime(t, department_zone()) for t in (booking.slot.lower, booking.slot.upper))
    if end - start >= timedelta(days=1):
        return _("%(name)s is taken %(first)s – %(last)s: %(label)s.") % {
            "name": booking.resource_label,
            "first": say_day(start.date()),
            "last": say_day((end - timedelta(microseconds=1)).date()),
            "label": booking.label,
        }
    return _("%(name)s is taken %(day)s %(start)s–%(end)s: %(label)s.") % {
        "name": booking.resource_label,
        "day": date_format(start, "D"),
        "start": f"{start:%H:%M}",
        "end": f"{end:%H:%M}",
        "label": booking.label,
    }


def free_sentence(slots: Sequence[Slot]) -> str:
    """Say when it is free next, in the reader's language; empty where nothing was found."""
    if not slots:
        return ""
    told = []
    for slot in slots:
        start, end = (localtime(t, department_zone()) for t in (slot.start, slot.end))
        told.append(f"{date_format(start, 'D')} {start:%H:%M}–{end:%H:%M}")
    return _("Free: %(times)s.") % {"times": listed(told)}


@transaction.atomic
def add_resource(kind: ResourceKind, name: str, *, by: User, remark: str = "") -> Resource:
    """Make a vehicle, room or piece of equipment bookable; one that was taken out of use comes back under its name."""
    if kind == ResourceKind.PERSON:
        raise BusinessError(_("People are users."), code="not_bookable", field="kind")
    name = name.strip()
    if not name:
        raise BusinessError(_("Give it a name."), code="empty", field="name")
    row, made = Resource.objects.get_or_create(kind=kind, name=name[:80], defaults={"remark": remark[:200]})
    if made:
        record("visits.resource.added", row, by=by, changes={"name": (None, name)})
    elif row.is_active:
        raise BusinessError(_("There is one of this name already."), code="name_taken", field="name")
    else:
        set_usable(row, by=by, is_active=True)
    return row


@transaction.atomic
def edit_resource(
    resource: Resource, *, name: str, remark: str, by: User, version: int | None = None
) -> Resource:
    """Call a thing by another name; what is booked follows, so that the week is read under one name."""
    row = locked(Resource.objects.filter(pk=resource.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this meanwhile. Look at it again."), code="stale")
    if Resource.objects.filter(kind=row.kind, name=name).exclude(pk=row.pk).exists():
        raise BusinessError(_("There is one of this name already."), code="name_taken", field="name")
    changes = {"name": (row.name, name), "remark": (row.remark, remark)}
    changes = {field: pair for field, pair in changes.items() if pair[0] != pair[1]}
    if changes:
        row.name, row.remark, row.version = name, remark, row.version + 1
        row.save(update_fields=["name", "remark", "version"])
        Booking.objects.of(ResourceKind(row.kind), row.pk).update(resource_label=name)
        record("visits.resource.edited", row, by=by, changes=changes)
    return row


@transaction.atomic
def lend(resource: Resource, slot: Slot, *, to: User, by: User, remark: str = "") -> Booking:
    """Book a thing for somebody at the clerk's desk; raises ClashError naming who has it and when it is free."""
    if slot.end <= slot.start:
        raise BusinessError(_("The end must lie after the start."), code="slot_empty", field="end")
    if slot.end <= timezone.now():
        raise BusinessError(_("This time is over."), code="over", field="day")
    day = slot.start.astimezone(department_zone()).date()
    row = take(
        [Wanted(ResourceKind(resource.kind), resource.pk, resource.name)],
        slot,
        labels=[" · ".join(part for part in (to.name, remark) if part)],
        source=SourceKey.of(DESK, uuid4().hex),
        windows=lambda: working_windows(day, day + timedelta(days=6), after=timezone.now()),
    )[0]
    record("visits.booking.made", row, by=by, changes=_told(row, old=False))
    return row


@transaction.atomic
def give_back(booking: Booking, *, by: User) -> None:
    """Free what was booked at the desk; doing it twice changes nothing the second time."""
    row = locked(Booking.objects.made_at_desk().filter(pk=booking.pk)).first()
    if row is not None:
        record("visits.booking.given_back", row, by=by, changes=_told(row, old=True))
        row.delete()


def _told(row: Booking, *, old: bool) -> dict[str, tuple[Any, Any]]:
    facts = {"start": row.slot.lower, "end": row.slot.upper, "label": row.label}
    return {name: (value, None) if old else (None, value) for name, value in facts.items()}


@transaction.atomic
def set_usable(resource: Resource, *, is_active: bool, by: User) -> Resource:
    """Take a thing out of use, or back into it; what is booked stays booked."""
    row = locked(Resource.objects.filter(pk=resource.pk)).get()
    if row.is_active != is_active:
        row.is_active = is_active
        row.save(update_fields=["is_active"])
        record("visits.resource.usable", row, by=by, changes={"is_active": (not is_active, is_active)})
    return row
