"""Appointments with customers, by us or by their call to the marketing centre (S-152, S-156, S-157)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import owned_rows
from visits.appointments.terms import OPEN, AppointmentState, BreakReason, Origin

STATE_LABELS = {
    AppointmentState.INFORMED: _("informed"),
    AppointmentState.BOOKED: _("booked"),
    AppointmentState.CONFIRMED: _("confirmed"),
    AppointmentState.VISITED: _("visited"),
    AppointmentState.FOLLOWED_UP: _("followed up"),
    AppointmentState.BROKEN: _("broken"),
}
ORIGIN_LABELS = {
    Origin.OURS: _("arranged by us"),
    Origin.CALL: _("customer called the marketing centre"),
}
REASON_LABELS = {
    BreakReason.CUSTOMER_CHANGED: _("customer changed the itinerary"),
    BreakReason.CUSTOMER_ABSENT: _("customer was not there"),
    BreakReason.NO_VEHICLE: _("no vehicle available"),
    BreakReason.OUR_CHANGE: _("changed by us"),
    BreakReason.OTHER: _("other reason"),
}


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def visible_to(self, user: User) -> Self:
        """Own appointments and those one recorded; the team's; the department's (S-218)."""
        scope = owned_rows(user, owner="user", team="team")
        # an empty Q means "all rows", and Django drops it from an OR
        return self.filter(scope | Q(recorded_by=user)) if scope else self.filter(scope)

    def open(self) -> Self:
        """Still to be held."""
        return self.filter(state__in=sorted(OPEN))


class Appointment(Stamped, Versioned):
    """One agreed (or wished) meeting. It has a time from `booked` on; a change books it anew and keeps the old time."""

    unit = models.ForeignKey("accounts.KeyAccount", models.PROTECT, related_name="appointments")
    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        related_name="appointments",
        null=True,
        blank=True,
        verbose_name=_("contact person"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments", verbose_name=_("who goes")
    )
    team = models.ForeignKey("users.Team", models.PROTECT, related_name="appointments", null=True, blank=True)
    plan_line = models.OneToOneField(
        "visits.PlanLine", models.PROTECT, related_name="appointment", null=True, blank=True
    )
    origin = models.CharField(
        _("origin"),
        max_length=10,
        choices=[(o.value, ORIGIN_LABELS[o]) for o in Origin],
        default=Origin.OURS,
    )
    caller = models.CharField(_("caller"), max_length=80, blank=True)
    contact = models.CharField(_("contact"), max_length=80, blank=True)
    wished = models.CharField(_("wished time"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    topic = models.CharField(_("topic"), max_length=300, blank=True)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=[(s.value, STATE_LABELS[s]) for s in AppointmentState],
        default=AppointmentState.INFORMED,
    )
    reason_kind = models.CharField(
        _("kind of reason"),
        max_length=20,
        blank=True,
        choices=[(r.value, REASON_LABELS[r]) for r in BreakReason],
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="recorded_appointments"
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ("starts_at", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="appointment_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["informed", "broken"]) | Q(starts_at__isnull=False),
                name="appointment_booked_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="broken") | ~Q(reason_kind=""), name="appointment_broken_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in AppointmentState]), name="appointment_state_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "starts_at"], name="appointment_by_user"),
            models.Index(fields=["unit", "starts_at"], name="appointment_by_unit"),
        ]

    def __str__(self) -> str:
        at = self.starts_at and timezone.localtime(self.starts_at)
        return f"{self.unit} · {at:%Y-%m-%d %H:%M}" if at else str(self.unit)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class AppointmentChange(Stamped):
    """An appointment was put to another time: from, to and why. Never edited."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="changes")
    old_starts_at = models.DateTimeField()
    new_starts_at = models.DateTimeField()
    reason_kind = models.CharField(max_length=20, choices=[(r.value, REASON_LABELS[r]) for r in BreakReason])
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointment_changes")

    class Meta:
        verbose_name = _("change of an appointment")
        verbose_name_plural = _("changes of appointments")
        ordering = ("id",)

    def __str__(self) -> str:
        return " → ".join(
            f"{timezone.localtime(at):%Y-%m-%d %H:%M}" for at in (self.old_starts_at, self.new_starts_at)
        )
