"""Complaints with their due day and verdict, service after the sale per role, crises with steps and statements."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.competition.models import ProductLine
from accounts.complaints.labels import (
    AGREEMENT_LABELS,
    KIND_LABELS,
    SEVERITY_LABELS,
    STATE_LABELS,
    STEP_LABELS,
    VERDICT_LABELS,
)
from accounts.complaints.terms import (
    WAITING,
    Agreement,
    ComplaintKind,
    ComplaintState,
    Severity,
    StepKind,
    Verdict,
)
from accounts.contacts.models import CHANNEL_LABELS
from accounts.persons.labels import ROLE_LABELS
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import owned_rows


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, user: User) -> Self:
        """Complaints of the units that `user` sees, and those they handle."""
        seen = owned_rows(user, owner="unit__owner", team="unit__team")
        # No condition at all means everything: widening it would narrow it.
        return self.filter(seen | Q(owner=user)) if seen and user.is_active else self.filter(seen)

    def waiting(self) -> Self:
        """The customer waits for us: not resolved, and not judged invalid."""
        return self.filter(state__in=WAITING).exclude(verdict=Verdict.INVALID)

    def severe(self) -> Self:
        return self.filter(severity=Severity.SEVERE)

    def valid(self) -> Self:
        """Those that count (S-200)."""
        return self.filter(verdict=Verdict.VALID)


class Complaint(Stamped, Versioned):
    """What a customer complained of, from the day it came in to the day it is closed (S-243)."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="complaints", verbose_name=_("unit"))
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
        verbose_name=_("who complained"),
    )
    line = models.ForeignKey(
        ProductLine, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product line")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=list(KIND_LABELS.items()))
    severity = models.CharField(_("severity"), max_length=8, choices=list(SEVERITY_LABELS.items()))
    text = models.TextField(_("complaint"), max_length=4000)
    channel = models.CharField(_("received by"), max_length=10, choices=list(CHANNEL_LABELS.items()))
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("due on"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="complaints", verbose_name=_("handled by")
    )
    state = models.CharField(
        _("state"), max_length=14, choices=list(STATE_LABELS.items()), default=ComplaintState.RECEIVED
    )
    state_on = models.DateField(_("in this state since"))
    findings = models.TextField(_("what was found"), max_length=4000, blank=True)
    solution = models.TextField(_("agreed solution"), max_length=4000, blank=True)
    resolution = models.TextField(_("what was done"), max_length=4000, blank=True)
    agreement = models.CharField(
        _("customer’s agreement"),
        max_length=10,
        choices=list(AGREEMENT_LABELS.items()),
        default=Agreement.NOT_ASKED,
    )
    agreed_on = models.DateField(_("asked on"), null=True, blank=True)
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(_("times reopened"), default=0)
    verdict = models.CharField(
        _("valid or not"), max_length=10, choices=list(VERDICT_LABELS.items()), default=Verdict.UNDECIDED
    )
    verdict_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("judged by")
    )
    verdict_on = models.DateField(_("judged on"), null=True, blank=True)
    verdict_reason = models.CharField(_("reason of the verdict"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ("-received_on", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "-received_on", "-id"], name="complaint_by_unit"),
            models.Index(fields=["-received_on", "-id"], name="complaint_newest"),
            models.Index(fields=["owner", "due_on"], name="complaint_by_owner"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=list(ComplaintKind))
                & Q(severity__in=list(Severity))
                & Q(state__in=list(ComplaintState))
                & Q(verdict__in=list(Verdict))
                & Q(agreement__in=list(Agreement)),
                name="complaint_words_known",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("received_on")), name="complaint_due_after_it_came"
            ),
            models.CheckConstraint(
                condition=Q(verdict="undecided", verdict_by__isnull=True, verdict_on__isnull=True)
                | ~Q(verdict="undecided") & Q(verdict_by__isnull=False, verdict_on__isnull=False),
                name="complaint_verdict_has_judge",
            ),
            models.CheckConstraint(
                condition=Q(verdict_by__isnull=True) | ~Q(verdict_by=models.F("owner")),
                name="complaint_not_judged_by_owner",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") & Q(closed_on__isnull=True)
                | Q(state="closed", closed_on__isnull=False) & ~Q(verdict="undecided"),
                name="complaint_closed_after_verdict",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["resolved", "closed"]) | Q(verdict="invalid") | ~Q(resolution=""),
                name="complaint_resolved_says_how",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"TS-{self.received_on:%Y}-{self.pk:05d}"

    def get_absolute_url(self) -> str:
        return reverse("complaint", args=[self.pk])


class ChecklistStepQuerySet(models.QuerySet["ChecklistStep"]):
    def in_force(self, kind: StepKind) -> Self:
        return self.filter(kind=kind, retired_on__isnull=True)


class ChecklistStep(Stamped):
    """A row of a checklist: what is done for a buyer role after the sale, or in every crisis. Its text is data, hence columns."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=list(STEP_LABELS.items()))
    role = models.CharField(_("buyer role"), max_length=20, choices=list(ROLE_LABELS.items()), blank=True)
    label = models.CharField(_("what is done"), max_length=300)
    label_zh_hans = models.CharField(_("in Simplified Chinese"), max_length=300, blank=True)
    label_zh_hant = models.CharField(_("in Traditional Chinese"), max_length=300, blank=True)
    due_in = models.PositiveSmallIntegerField(
        _("time allowed"), help_text=_("Working days after the sale, hours in a crisis.")
    )
    place = models.PositiveSmallIntegerField(_("order"), default=0)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    objects = ChecklistStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a checklist")
        verbose_name_plural = _("steps of checklists")
        ordering = ("kind", "place", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=list(StepKind)), name="checklist_step_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="crisis", role="") | Q(kind="after_sales") & ~Q(role=""),
                name="checklist_step_role_where_needed",
            ),
        ]

    def __str__(self) -> str:
        column = {"zh-hans": "label_zh_hans", "zh-hant": "label_zh_hant"}.get(get_language() or "", "label")
        return str(getattr(self, column) or self.label)


class ServiceRound(Stamped):
    """One time that the after-sales checklist was started for a unit: after a signing, a delivery, a complaint."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="service_rounds")
    complaint = models.ForeignKey(Complaint, models.PROTECT, null=True, related_name="service_rounds")
    occasion = models.CharField(_("occasion"), max_length=200)
    started_on = models.DateField(_("started on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("after-sales round")
        verbose_name_plural = _("after-sales rounds")
        ordering = ("-started_on", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "occasion"], name="service_round_once_per_occasion")
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.occasion}"


class CrisisQuerySet(models.QuerySet["Crisis"]):
    def visible_to(self, user: User) -> Self:
        """Crises of the complaints that `user` sees, and those they lead or have a step in."""
        if not user.is_active:
            return self.none()
        seen = Q(complaint__in=Complaint.objects.visible_to(user).values("pk"))
        steps = CrisisStep.objects.filter(responsible=user).values("crisis")
        return self.filter(seen | Q(leader=user) | Q(pk__in=steps))


class Crisis(Stamped, Versioned):
    """A severe quality problem, handled at once and in public view (S-244)."""

    complaint = models.OneToOneField(Complaint, models.PROTECT, related_name="crisis")
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("leader")
    )
    opened_at = models.DateTimeField(_("opened at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    lesson = models.TextField(_("what we learn from it"), max_length=4000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = CrisisQuerySet.as_manager()

    class Meta:
        verbose_name = _("crisis")
        verbose_name_plural = _("crises")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(lesson=""), name="crisis_closed_with_lesson"
            )
        ]

    def __str__(self) -> str:
        return f"{self.complaint} · {self.complaint.unit}"

    def get_absolute_url(self) -> str:
        return reverse("crisis", args=[self.pk])


class CrisisStep(Stamped):
    """Something to be done in a crisis: by whom, until when."""

    crisis = models.ForeignKey(Crisis, models.PROTECT, related_name="steps")
    text = models.CharField(_("step"), max_length=300)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("responsible")
    )
    due_at = models.DateTimeField(_("until"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("result"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("step of a crisis")
        verbose_name_plural = _("steps of crises")
        ordering = ("due_at", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="crisis_step_done_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.text


class CrisisStatement(Stamped):
    """What was said to whom in a crisis; added, never changed."""

    crisis = models.ForeignKey(Crisis, models.PROTECT, related_name="statements")
    audience = models.CharField(_("to whom"), max_length=200)
    text = models.TextField(_("what was said"), max_length=4000)
    said_at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("statement in a crisis")
        verbose_name_plural = _("statements in crises")
        ordering = ("said_at", "pk")

    def __str__(self) -> str:
        return self.text[:60]


class CooperationReportQuerySet(models.QuerySet["CooperationReport"]):
    def visible_to(self, user: User) -> Self:
        """Reports on the units that one sees."""
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))


class CooperationReport(Stamped):
    """How the cooperation of a period is evaluated: its figures as they stood, what the roles say, a mark; written once (S-065)."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    unit = models.ForeignKey(
        KeyAccount, models.PROTECT, related_name="cooperation_reports", verbose_name=_("unit")
    )
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("until"))
    written_on = models.DateField(_("written on"))
    score = models.PositiveSmallIntegerField(_("mark, 1 to 5"))
    experience = models.TextField(_("experience of each buyer role"), max_length=4000)
    issues = models.TextField(_("what to improve"), max_length=4000, blank=True)
    needs = models.TextField(_("needs to tap next"), max_length=4000, blank=True)
    parts = models.JSONField(_("figures"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )

    objects = CooperationReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("cooperation evaluation report")
        verbose_name_plural = _("cooperation evaluation reports")
        ordering = ("-last_on", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(last_on__gte=models.F("first_on")), name="cooperation_days_in_order"
            ),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="cooperation_mark_1_to_5"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("cooperation-written", args=[self.pk])
