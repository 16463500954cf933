"""Taking and giving back. The exclusion constraint has the last word; these functions turn its refusal into a sentence."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from kam.core.errors import BusinessError, ConflictError
from kam.notes.terms import SourceKey
from kam.users.models import User
from visits.bookings.models import Booking, Resource
from visits.bookings.terms import ResourceKind


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
