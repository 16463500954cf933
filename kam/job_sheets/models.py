"""Job sheets in versions: who prepared, reviewed and approved them and when; once approved a version never changes (S-135 … S-150)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.core.models import Stamped, Versioned
from kam.job_sheets.labels import STATE_LABELS, STATE_TONES, SUBJECT_LABELS
from kam.job_sheets.rules import KEEPERS, subjects_read_by
from kam.job_sheets.terms import LANGUAGES, OPEN_STATES, UNFINISHED, Part, SheetState
from kam.users.models import User
from kam.users.terms import Position


class JobSheetQuerySet(models.QuerySet["JobSheet"]):
    def visible_to(self, user: User) -> Self:
        """Approved versions of the own position, of those one leads and of the department; who writes or decides sees all versions."""
        if not user.is_active:
            return self.none()
        position = Position(user.position)
        if position in KEEPERS | {Position.GENERAL_MANAGER}:
            return self.all()
        approved = self.filter(state=SheetState.APPROVED)
        subjects = subjects_read_by(position)
        return approved if subjects is None else approved.filter(subject__in=subjects)

    def approved(self) -> Self:
        return self.filter(state=SheetState.APPROVED)

    def in_force(self) -> Self:
        """The newest approved version of each position."""
        newest = (
            JobSheet.objects.approved()
            .filter(subject=models.OuterRef("subject"))
            .order_by("-number")
            .values("pk")[:1]
        )
        return self.filter(pk=models.Subquery(newest))


class JobSheet(Stamped, Versioned):
    """One version of the sheet of a position, or of the department itself."""

    subject = models.CharField(
        _("position"), max_length=30, choices=[(key, label) for key, label in SUBJECT_LABELS.items()]
    )
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=[(s.value, STATE_LABELS[s]) for s in SheetState],
        default=SheetState.DRAFT,
    )
    change_note = models.CharField(_("what is new"), max_length=300, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("prepared by")
    )
    prepared_on = models.DateField(_("prepared on"))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("reviewed by"),
    )
    reviewed_on = models.DateField(pgettext_lazy("job sheet", "reviewed on"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("approved by"),
    )
    approved_on = models.DateField(_("approved on"), null=True, blank=True)

    objects = JobSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("job sheet")
        verbose_name_plural = _("job sheets")
        ordering = ("subject", "-number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["subject", "number"], name="job_sheet_number_once"),
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(state__in=sorted(UNFINISHED)),
                name="job_sheet_one_unfinished",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in SheetState]), name="job_sheet_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=SheetState.APPROVED, approved_by__isnull=False, approved_on__isnull=False)
                | ~Q(state=SheetState.APPROVED) & Q(approved_by__isnull=True, approved_on__isnull=True),
                name="job_sheet_approved_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_on__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_on__isnull=False),
                name="job_sheet_review_has_day",
            ),
            models.CheckConstraint(
                condition=(Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")))
                & (Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("prepared_by")))
                & (
                    Q(reviewed_by__isnull=True)
                    | Q(approved_by__isnull=True)
                    | ~Q(reviewed_by=F("approved_by"))
                ),
                name="job_sheet_different_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} V{self.number}"

    def get_absolute_url(self) -> str:
        return f"/people/job-sheets/{self.pk}/"

    @property
    def tone(self) -> str:
        return STATE_TONES[SheetState(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class JobSheetText(models.Model):
    """What a version says in one language; each box holds one item a line."""

    sheet = models.ForeignKey(JobSheet, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    place = models.TextField(max_length=500, blank=True)
    qualification = models.TextField(max_length=2000, blank=True)
    abilities = models.TextField(max_length=2000, blank=True)
    attitude = models.TextField(max_length=2000, blank=True)
    duties = models.TextField(max_length=4000, blank=True)
    powers = models.TextField(max_length=2000, blank=True)
    assessment = models.TextField(max_length=2000, blank=True)

    class Meta:
        verbose_name = _("text of a job sheet")
        verbose_name_plural = _("texts of a job sheet")
        ordering = ("sheet", "language")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet", "language"], name="job_sheet_text_once"),
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="job_sheet_text_language_known"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} · {self.language}"

    def parts(self) -> dict[str, str]:
        return {part.value: getattr(self, part.value) for part in Part}
