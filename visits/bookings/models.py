"""Who and what is taken when. One table for people, vehicles, rooms and equipment, so that one constraint refuses all clashes."""

from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped, Versioned
from kam.users.models import User
from visits.bookings.terms import DESK, READERS, ResourceKind

KIND_LABELS = {
    ResourceKind.PERSON: _("person"),
    ResourceKind.VEHICLE: _("vehicle"),
    ResourceKind.ROOM: _("room"),
    ResourceKind.EQUIPMENT: _("equipment"),
}


class ResourceQuerySet(models.QuerySet["Resource"]):
    def visible_to(self, user: User) -> Self:
        """Things are the department's: whoever plans sees all of them, nobody else any."""
        return self if user.is_active and user.position in READERS else self.none()

    def usable(self) -> Self:
        """Things that may still be booked."""
        return self.filter(is_active=True)

    def of_kind(self, kind: ResourceKind) -> Self:
        return self.filter(kind=kind)


class Resource(Stamped, Versioned):
    """A vehicle, a room or a piece of equipment that the department lends out (S-114). People are users."""

    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=[(k.value, KIND_LABELS[k]) for k in ResourceKind if k is not ResourceKind.PERSON],
    )
    name = models.CharField(_("name"), max_length=80)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    is_active = models.BooleanField(_("can be booked"), default=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("bookable thing")
        verbose_name_plural = _("bookable things")
        ordering = ("kind", "name")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "name"], name="resource_name_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["vehicle", "room", "equipment"]), name="resource_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BookingQuerySet(models.QuerySet["Booking"]):
    def of(self, kind: ResourceKind, resource_id: int) -> Self:
        """Bookings of one resource."""
        return self.filter(kind=kind, resource_id=resource_id)

    def touching(self, start: datetime, end: datetime) -> Self:
        """Bookings that share at least a moment with [start, end)."""
        return self.filter(slot__overlap=(start, end))

    def of_things(self) -> Self:
        """Bookings of what the department lends out; people's hours are in their plans."""
        return self.exclude(kind=ResourceKind.PERSON)

    def made_at_desk(self) -> Self:
        """Those that the clerk entered; the others go with their plan."""
        return self.filter(source_kind=DESK)

    def by_source(self, kind: str, source_id: int | str) -> Self:
        """Bookings made for one plan line, appointment, briefing …"""
        return self.filter(source_kind=kind, source_id=str(source_id))


class Booking(Stamped):
    """A resource is taken from one moment to another (the end not included). The database refuses a second one."""

    kind = models.CharField(
        _("kind"), max_length=12, choices=[(k.value, KIND_LABELS[k]) for k in ResourceKind]
    )
    resource_id = models.BigIntegerField()
    resource_label = models.CharField(max_length=80)
    slot = DateTimeRangeField(_("time"))
    label = models.CharField(_("for"), max_length=300)
    source_kind = models.CharField(max_length=40)
    source_id = models.CharField(max_length=60)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ("slot", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ExclusionConstraint(
                name="booking_one_at_a_time",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("resource_id", RangeOperators.EQUAL),
                    ("slot", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in ResourceKind]), name="booking_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    slot__isempty=False,
                    slot__lower_inf=False,
                    slot__upper_inf=False,
                    slot__lower_inc=True,
                    slot__upper_inc=False,
                ),
                name="booking_slot_bounded",
            ),
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "kind", "resource_id"], name="booking_once_per_source"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["source_kind", "source_id"], name="booking_by_source")
        ]

    def __str__(self) -> str:
        return f"{self.resource_label} · {self.label}"
