"""Visits, whom they met, what was answered; drafts and the register of what a browser already sent."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import Reach, owned_rows, scope_of
from visits.appointments.models import Appointment
from visits.plans.models import MODE_LABELS, PlanLine
from visits.plans.terms import VisitMode
from visits.visits.terms import IN_PERSON, VISIT_MODES, ChangeResult, Outcome, VisitKind

KIND_LABELS = {
    VisitKind.FIRST: _("First visit"),
    VisitKind.SECOND: _("Second visit"),
    VisitKind.LATER: _("Later visit"),
    VisitKind.RETURN: _("Return visit"),
    VisitKind.PHONE: _("By phone"),
    VisitKind.WRITTEN: _("In writing"),
}
OUTCOME_LABELS = {
    Outcome.NOT_MET: _("Met nobody"),
    Outcome.NEUTRAL: _("As usual"),
    Outcome.PROGRESS: _("Progress"),
    Outcome.SETTLED: _("Settled"),
}
CALL_OUTCOMES = {
    "reached": _("Talked"),
    "agreed": _("Visit agreed"),
    "call_back": _("Call back"),
    "not_reached": _("Not reached"),
}


#: In person, and somebody was met.
HELD = Q(kind__in=sorted(k.value for k in IN_PERSON)) & ~Q(outcome=Outcome.NOT_MET.value)
RESULT_LABELS = {ChangeResult.APPROVED: _("approved"), ChangeResult.REFUSED: _("not approved")}


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, user: User) -> Self:
        """Own visits, and those to units that `user` may read."""
        scope = scope_of(user)
        if scope.reach is Reach.NOTHING:
            return self.none()
        if scope.reach is Reach.DEPARTMENT:
            return self.all()  # an empty condition would vanish in the "or" below
        return self.filter(Q(user=user) | owned_rows(user, owner="unit__owner", team="unit__team"))

    def held(self) -> Self:
        """Visits in person that met somebody."""
        return self.filter(HELD)

    def between(self, first: date, last: date) -> Self:
        """Visits that happened from `first` to `last`, both included."""
        return self.filter(on__range=(first, last))

    def counted_between(self, first: date, last: date) -> Self:
        """Visits that count in this period: late ones only once the manager accepted them (12-decisions, 23)."""
        return self.filter(business_date__range=(first, last))


class Visit(Versioned):
    """One visit of one of us to one unit (S-153). `business_date` is empty while a late entry waits for the manager."""

    public_id = models.UUIDField(
        _("number from the browser"), unique=True, default=uuid.uuid4, editable=False
    )
    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="visits", verbose_name=_("unit"))
    user = models.ForeignKey(User, models.PROTECT, related_name="visits", verbose_name=_("visitor"))
    companions = models.ManyToManyField(
        User, related_name="accompanied_visits", blank=True, verbose_name=_("accompanied by")
    )
    plan_line = models.ForeignKey(PlanLine, models.PROTECT, related_name="visits", null=True, blank=True)
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="visits", null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=[(k.value, KIND_LABELS[k]) for k in VisitKind])
    mode = models.CharField(
        _("way"),
        max_length=20,
        choices=[(m.value, MODE_LABELS[m]) for m in VISIT_MODES],
        default=VisitMode.VISIT,
    )
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=[(o.value, OUTCOME_LABELS[o]) for o in Outcome]
    )
    on = models.DateField(_("day of the visit"))
    started_at = models.DateTimeField(_("checked in"), null=True, blank=True)
    ended_at = models.DateTimeField(_("checked out"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    location_consent_at = models.DateTimeField(_("consent to the location"), null=True, blank=True)
    purpose = models.CharField(_("purpose"), max_length=500, blank=True)
    summary = models.TextField(_("what was said"), blank=True)
    problems = models.TextField(_("problems"), blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_step_on = models.DateField(_("next step on"), null=True, blank=True)
    quality_reaction = models.TextField(_("reaction to product quality"), blank=True)
    satisfaction = models.TextField(_("use and satisfaction"), blank=True)
    competitor_use = models.TextField(_("use of and satisfaction with competing products"), blank=True)
    industry_news = models.TextField(_("industry news"), blank=True)
    is_planned = models.BooleanField(_("planned"), default=False)
    entered_at = models.DateTimeField(_("entered at"))
    is_late = models.BooleanField(_("entered late"), default=False)
    late_reason = models.CharField(_("why late"), max_length=300, blank=True)
    business_date = models.DateField(_("counts for"), null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ("-on", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True)
                | Q(started_at__isnull=True)
                | Q(ended_at__gte=F("started_at")),
                name="visit_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False, location_consent_at__isnull=False),
                name="visit_location_needs_consent",
            ),
            models.CheckConstraint(
                condition=Q(is_late=True) | Q(business_date=F("on")), name="visit_counts_for_its_day"
            ),
            models.CheckConstraint(
                condition=Q(business_date__isnull=True) | Q(business_date=F("on")), name="visit_counts_once"
            ),
            models.UniqueConstraint(
                fields=["plan_line"], condition=Q(plan_line__isnull=False), name="visit_one_per_plan_line"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-on", "-id"], name="visit_by_user"),
            models.Index(fields=["unit", "-on", "-id"], name="visit_by_unit"),
            models.Index(fields=["-on", "-id"], name="visit_by_day"),
            models.Index(fields=["business_date", "user"], name="visit_by_business_date"),
            models.Index(
                fields=["business_date", "user"],
                include=["unit"],  # measures join the unit: left out by the planner, asked all the same
                name="visit_held_by_business_date",
                condition=HELD,
            ),
            models.Index(fields=["unit", "on"], name="visit_held_by_unit", condition=HELD),
        ]

    def __str__(self) -> str:
        return f"{self.unit.name} · {self.on.isoformat()}"

    @property
    def is_held(self) -> bool:
        return self.kind in IN_PERSON and self.outcome != Outcome.NOT_MET


class VisitPerson(models.Model):
    """A person of the unit who was met; on a first visit this list decides on rebates (12-decisions, 19)."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="persons_met")
    person = models.ForeignKey(Person, models.PROTECT, related_name="visits_met")

    class Meta:
        verbose_name = _("person met")
        verbose_name_plural = _("persons met")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["visit", "person"], name="visit_person_once")
        ]

    def __str__(self) -> str:
        return str(self.person)


class PersonsChange(Stamped):
    """Somebody asked to change whom a first visit met; manager and director decide. `closed_at` is the time that counts."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="persons_changes")
    persons = models.ManyToManyField(Person, related_name="+", verbose_name=_("persons met"))
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(
        max_length=10, blank=True, choices=[(r.value, RESULT_LABELS[r]) for r in ChangeResult]
    )

    class Meta:
        verbose_name = _("change of persons met")
        verbose_name_plural = _("changes of persons met")
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["visit"], condition=Q(closed_at__isnull=True), name="persons_change_one_open"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="persons_change_has_reason"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, result="") | (Q(closed_at__isnull=False) & ~Q(result="")),
                name="persons_change_closed_has_result",
            ),
        ]

    def __str__(self) -> str:
        return str(self.visit)


class VisitAnswer(models.Model):
    """A question of the outline, and what the unit answered."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField(_("position"))
    question = models.CharField(_("question"), max_length=300)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ("position",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["visit", "position"], name="visit_answer_once")
        ]

    def __str__(self) -> str:
        return self.question


class Submission(Stamped):
    """What a browser sent under one key: the same again gets the same answer, another body a choice (12-decisions, 30)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    route = models.CharField(max_length=80)
    key = models.UUIDField()
    digest = models.CharField(max_length=64)
    body = models.JSONField(default=dict)
    location = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "route", "key"], name="submission_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["created_at"], name="submission_by_age")
        ]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"


class Draft(models.Model):
    """What a person has typed so far in a long form; belongs to nobody else."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    body = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "kind", "key"], name="draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
