"""Score sheets with what people added to them, and the seals that nobody can change."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped, Versioned
from kam.core.periods import Period
from kam.users.models import Membership, User
from kam.users.scopes import scope_of
from kam.users.terms import Position
from kpi.measures.rules import Holder, name_of
from kpi.measures.terms import Kind
from kpi.sheets.labels import CORRECTION_LABELS, STATE_LABELS
from kpi.sheets.terms import SHEET_TONES, CorrectionState, SheetState

#: They read every score: it is theirs to assess, to file or to answer for.
READERS = frozenset({Position.DIRECTOR, Position.GENERAL_MANAGER, Position.HR})


class SheetQuerySet(models.QuerySet["Sheet"]):
    def visible_to(self, user: User) -> Self:
        """Own sheets; a manager those of the teams' people; director, general manager and HR all. Nobody else: scores decide pay."""
        if not user.is_active:
            return self.none()
        if user.position in READERS:
            return self
        own = Q(user=user)
        if user.position == Position.MANAGER:
            teams = scope_of(user).team_ids
            members = (
                Membership.objects.filter(team__in=teams)
                .filter(started_on__lte=models.OuterRef("last_day"))
                .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=models.OuterRef("last_day")))
            )
            own |= Q(models.Exists(members.filter(user=models.OuterRef("user"))))
        return self.filter(own)

    def live(self) -> Self:
        """The revision of each sheet that counts last: not void."""
        return self.exclude(state=SheetState.VOID)

    def of_period(self, period: Period) -> Self:
        return self.filter(first_day=period.first, last_day=period.last)

    def months(self) -> Self:
        """Those of a month, not of a quarter or a year."""
        return self.filter(last_day__lt=F("first_day") + timedelta(days=31))

    def within(self, period: Period) -> Self:
        """Those of a shorter period inside: the months of a quarter, months and quarters of a year."""
        inside = self.filter(first_day__gte=period.first, last_day__lte=period.last)
        return inside.exclude(first_day=period.first, last_day=period.last)


class Sheet(Stamped, Versioned):
    """The hundred points of one person and month, quarter or year; a correction is the next revision (S-205 … S-208)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="kpi_sheets", verbose_name=_("person")
    )
    position = models.CharField(_("position"), max_length=30)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    holder_key = models.CharField(max_length=200)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    state = models.CharField(
        _("state"), max_length=10, choices=list(STATE_LABELS.items()), default=SheetState.DRAFT
    )
    self_review = models.TextField(_("self-review"), max_length=4000, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        ordering = ("-first_day", "user__staff_number", "-revision")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "first_day", "last_day", "revision"], name="sheet_revision_once"
            ),
            models.UniqueConstraint(
                fields=["user", "first_day", "last_day"],
                condition=~Q(state__in=["closed", "void"]),
                name="sheet_one_live",
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="sheet_days_in_order"),
            models.CheckConstraint(condition=Q(state__in=list(SheetState)), name="sheet_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.number}"

    def get_absolute_url(self) -> str:
        return f"/kpi/sheets/{self.pk}/"

    @property
    def period(self) -> Period:
        return Period(self.first_day, self.last_day)

    @property
    def period_name(self) -> str:
        """2026-10, 2026-Q4 or 2026."""
        return name_of(self.period)

    @property
    def number(self) -> str:
        """KPI-2026-10-specialist1-r2: for ever the same."""
        tail = f"-r{self.revision}" if self.revision > 1 else ""
        return f"KPI-{self.period_name}-{self.user.staff_number}{tail}"

    @property
    def holder(self) -> Holder:
        """Whose figures are scored: the person's, the teams', the department's."""
        word, *ids = self.holder_key.split("-")
        return Holder(Kind(word), tuple(int(pk) for pk in ids))

    @property
    def tone(self) -> str:
        return SHEET_TONES[SheetState(self.state)]

    @property
    def is_over(self) -> bool:
        """Whether the state is final."""
        return self.state in {SheetState.CLOSED, SheetState.VOID}

    def has_ended(self, today: date) -> bool:
        """Say whether its last day is over."""
        return self.last_day < today


class Grade(Stamped):
    """What an assessor gave for an indicator that is rated; given again, the newer one counts."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="grades")
    indicator = models.CharField(max_length=40)
    grade = models.PositiveSmallIntegerField(_("grade"))
    evidence = models.CharField(_("evidence"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("grade")
        verbose_name_plural = _("grades")
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(grade__range=(1, 5)), name="sheet_grade_one_to_five"),
            models.CheckConstraint(condition=~Q(evidence=""), name="sheet_grade_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.grade}"


class Waiver(Stamped):
    """A line that cannot be assessed is left out with a reason; its weight is shared out."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="waivers")
    indicator = models.CharField(max_length=40)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet", "indicator"], name="sheet_waiver_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="sheet_waiver_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.reason}"


class Comment(Stamped):
    """What somebody said about a line, or about the whole sheet; added, never changed."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="comments")
    indicator = models.CharField(max_length=40, blank=True)
    text = models.TextField(_("comment"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("comment on a sheet")
        verbose_name_plural = _("comments on sheets")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text[:60]


class Correction(Stamped, Versioned):
    """Somebody appeals against a closed sheet, or asks to correct it; director and HR decide."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="corrections")
    reason = models.TextField(_("reason"), max_length=2000)
    state = models.CharField(
        _("state"), max_length=12, choices=list(CORRECTION_LABELS.items()), default=CorrectionState.PENDING
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made = models.OneToOneField(Sheet, models.PROTECT, null=True, related_name="corrects")

    class Meta:
        verbose_name = _("correction of a sheet")
        verbose_name_plural = _("corrections of sheets")
        ordering = ("-id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["sheet"],
                condition=Q(state__in=["pending", "returned"]),
                name="sheet_correction_one_open",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="sheet_correction_has_reason"),
        ]

    def __str__(self) -> str:
        return str(self.sheet)


class Seal(models.Model):
    """A closed sheet for ever: inputs, the rows counted in them, scheme and result as texts, linked to the seal before.

    The database counts, links and hashes.
    """

    seq = models.BigIntegerField(primary_key=True)
    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="seal")
    sealed_at = models.DateTimeField(_("closed at"))
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    inputs = models.TextField()
    scheme = models.TextField()
    result = models.TextField()
    counted = models.TextField(default="", db_default="")
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2)
    prev = models.BinaryField(unique=True)
    hash = models.BinaryField(unique=True)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ("seq",)

    def __str__(self) -> str:
        return f"{self.seq} {self.sheet}"

    @property
    def hash_text(self) -> str:
        return bytes(self.hash).hex()
