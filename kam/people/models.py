"""Sessions, attempts to sign in, absences with substitutes, and handovers."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped, Versioned
from kam.people.agents import browser_of, system_of
from kam.people.rules import may_stand_in
from kam.people.terms import AbsenceKind, HandoverState
from kam.users.models import POSITION_LABELS, User
from kam.users.terms import Position

ABSENCE_LABELS = {
    AbsenceKind.LEAVE: _("Leave"),
    AbsenceKind.TRIP: _("Business trip"),
    AbsenceKind.OTHER: _("Other absence"),
}
HANDOVER_LABELS = {
    HandoverState.DRAFT: _("Being prepared"),
    HandoverState.PENDING: _("Waiting for approval"),
    HandoverState.DONE: _("Handed over"),
    HandoverState.CANCELLED: _("Cancelled"),
}


class LoginAttempt(models.Model):
    """One attempt to sign in. `account` is a keyed hash of what was typed, because people type passwords there (R-35)."""

    at = models.DateTimeField()
    account = models.CharField(max_length=64)
    ip = models.CharField(max_length=60)
    succeeded = models.BooleanField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("attempt to sign in")
        verbose_name_plural = _("attempts to sign in")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["account", "ip", "-at"], name="attempt_by_account"),
            models.Index(fields=["ip", "-at"], name="attempt_by_address"),
            models.Index(fields=["-at"], condition=Q(succeeded=False), name="attempt_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.ip}"


class SessionRecord(models.Model):
    """A signed-in browser, so that its owner can see and end it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="session_records")
    session_key = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ip = models.CharField(max_length=60, blank=True)
    agent = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ("-seen_at",)

    def __str__(self) -> str:
        return f"{self.user_id} {timezone.localtime(self.started_at):%Y-%m-%d %H:%M}"

    @property
    def device(self) -> str:
        """What its owner calls it: "Chrome on Windows"."""
        browser, system = browser_of(self.agent), system_of(self.agent)
        if not system:
            return browser or self.agent[:90] or str(_("Unknown browser"))
        named = {"browser": browser or _("Unknown browser"), "system": system}
        return str(_("%(browser)s on %(system)s") % named)


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def visible_to(self, user: User) -> Self:
        """One's own, those one stands in for, and those of the people one is superior of."""
        led = Q(user__memberships__team__manager=user, user__memberships__ended_on__isnull=True)
        above = Q() if user.rank >= _DIRECTOR_RANK else Q(user=user) | Q(substitute=user) | led
        return self.filter(above).distinct() if user.is_active else self.none()

    def on(self, day: date) -> Self:
        """Absences of that day that were not cancelled."""
        return self.filter(started_on__lte=day, ended_on__gte=day, cancelled_at__isnull=True)


_DIRECTOR_RANK = 3


class Absence(Stamped, Versioned):
    """Somebody is away from one day to another, both included; a substitute decides approvals in their name (S-142)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="substitutions", null=True, blank=True
    )
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=[(k.value, ABSENCE_LABELS[k]) for k in AbsenceKind],
        default=AbsenceKind.LEAVE,
    )
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"))
    needs_confirmation = models.BooleanField(default=False)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ("-started_on", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("started_on")), name="absence_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(substitute__isnull=True) | ~Q(substitute=F("user")),
                name="absence_not_own_substitute",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("user")),
                name="absence_not_confirmed_by_self",
            ),
            ExclusionConstraint(
                name="absence_once_at_a_time",
                condition=Q(cancelled_at__isnull=True),
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (
                        Func(
                            F("started_on"),
                            F("ended_on"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    @property
    def waits_for_superior(self) -> bool:
        """Whether nobody confirmed a substitute who needs it, by the positions of the moment or by those when it was entered."""
        if self.substitute is None or self.confirmed_at is not None:
            return False
        usual = may_stand_in(Position(self.user.position), Position(self.substitute.position))
        return self.needs_confirmation or not usual

    @property
    def is_decided(self) -> bool:
        """Whether the substitute may act: same line and height, or confirmed by the superior (12-decisions, 5)."""
        return self.substitute_id is not None and not self.waits_for_superior

    def __str__(self) -> str:
        return f"{self.user} {self.started_on} – {self.ended_on}"


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, user: User) -> Self:
        """Director and above see all, others what they prepared, hand over or take over."""
        if not user.is_active:
            return self.none()
        if user.rank >= _DIRECTOR_RANK:
            return self.all()
        return self.filter(Q(prepared_by=user) | Q(person=user) | Q(lines__successor=user)).distinct()


class Handover(Stamped, Versioned):
    """Everything a person holds goes to successors in one transaction; approved first (S-222, 12-decisions 8)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="handovers")
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="prepared_handovers"
    )
    state = models.CharField(
        max_length=10,
        choices=[(s.value, HANDOVER_LABELS[s]) for s in HandoverState],
        default=HandoverState.DRAFT,
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    deactivates = models.BooleanField(_("the person leaves: end the access afterwards"), default=False)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=["draft", "pending"]), name="handover_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False)
                | (~Q(state="done") & Q(done_at__isnull=True)),
                name="handover_done_has_time",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Handover of %(name)s")) % {"name": self.person.name}


class HandoverLine(models.Model):
    """One thing and who takes it; after the move the label keeps what it was called then."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="lines")
    holding = models.CharField(max_length=60)
    row = models.CharField(max_length=60)
    label = models.CharField(max_length=300)
    note = models.CharField(max_length=300, blank=True)
    successor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("line of a handover")
        verbose_name_plural = _("lines of a handover")
        ordering = ("holding", "id")
        constraints = [
            models.UniqueConstraint(fields=["handover", "holding", "row"], name="handover_line_once")
        ]

    def __str__(self) -> str:
        return self.label


class PositionChange(Stamped):
    """A person gets another position: proposed by one, in force when HR or the general manager approved (12-decisions, 6)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="position_changes", verbose_name=_("user")
    )
    before = models.CharField(_("position so far"), max_length=30)
    position = models.CharField(
        _("new position"), max_length=30, choices=[(p.value, POSITION_LABELS[p]) for p in Position]
    )
    reason = models.CharField(_("reason"), max_length=300)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    applied_at = models.DateTimeField(_("in force since"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("change of position")
        verbose_name_plural = _("changes of position")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=~Q(position=F("before")), name="position_change_changes"),
            models.CheckConstraint(condition=~Q(drafted_by=F("user")), name="position_change_not_own"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(closed_at__isnull=True), name="position_change_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {POSITION_LABELS[Position(self.position)]}"
