"""What people write about a period: in parts, handed in once, read by somebody above."""

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped, Versioned
from kam.core.periods import Period
from kam.users.models import Membership, User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import Position
from kpi.measures.permissions import reach_of
from kpi.measures.rules import name_of
from kpi.writings.labels import KIND_LABELS, SECTION_LABELS, STATE_LABELS
from kpi.writings.rules import due_on
from kpi.writings.terms import SECTIONS, WRITING_TONES, Kind, WritingState

#: Strategy is secret (S-218): those who answer for the department read it.
STRATEGISTS = frozenset(
    {Position.MANAGER, Position.DIRECTOR, Position.MARKETING_DIRECTOR, Position.GENERAL_MANAGER}
)


class WritingQuerySet(models.QuerySet["Writing"]):
    def visible_to(self, user: User) -> Self:
        """Own ones; what was handed in as far as figures are seen; strategy for managers and above."""
        if not user.is_active:
            return self.none()
        return self.filter(Q(author=user) | Q(handed_in_at__isnull=False) & self._read_by(user))

    def _read_by(self, user: User) -> Q:
        strategy = Q(kind=Kind.STRATEGY) if user.position in STRATEGISTS else Q(pk__in=[])
        reach = reach_of(user)
        if reach is Reach.DEPARTMENT:
            return ~Q(kind=Kind.STRATEGY) | strategy
        if reach is Reach.TEAM:
            members = Membership.objects.filter(team__in=scope_of(user).team_ids, ended_on__isnull=True)
            return Q(author__in=members.values("user")) & ~Q(kind=Kind.STRATEGY) | strategy
        return strategy

    def handed_in(self) -> Self:
        return self.filter(handed_in_at__isnull=False)


class Writing(Stamped, Versioned):
    """One writing of one person about one period."""

    kind = models.CharField(_("kind"), max_length=10, choices=[(k.value, KIND_LABELS[k]) for k in Kind])
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="writings", verbose_name=_("author")
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=[(s.value, STATE_LABELS[s]) for s in WritingState],
        default=WritingState.DRAFT,
    )
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    is_late = models.BooleanField(_("late"), default=False)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("read by"),
    )
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    remark = models.TextField(_("remark"), max_length=2000, blank=True)

    objects = WritingQuerySet.as_manager()

    class Meta:
        verbose_name = _("writing")
        verbose_name_plural = _("writings")
        ordering = ("-first_day", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "author", "first_day", "last_day"], name="writing_once"),
            models.UniqueConstraint(
                fields=["first_day"], condition=Q(kind="strategy"), name="writing_one_strategy_a_year"
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="writing_days_in_order"),
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="writing_kind_known"),
            models.CheckConstraint(
                condition=Q(state="draft", handed_in_at__isnull=True, read_at__isnull=True)
                | Q(state="handed_in", handed_in_at__isnull=False, read_at__isnull=True)
                | Q(state="read", handed_in_at__isnull=False, read_at__isnull=False, read_by__isnull=False),
                name="writing_state_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(read_by__isnull=True) | ~Q(read_by=F("author")), name="writing_read_by_another"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["author", "kind", "-last_day"], name="writing_by_author")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period_name} · {self.author.name}"

    def get_absolute_url(self) -> str:
        return f"/kpi/writings/{self.pk}/"

    @property
    def period(self) -> Period:
        return Period(self.first_day, self.last_day)

    @property
    def period_name(self) -> str:
        """2026-10, 2026-Q4 or 2026."""
        return name_of(self.period)

    @property
    def due_on(self) -> date | None:
        return due_on(Kind(self.kind), self.period)

    @property
    def tone(self) -> str:
        return WRITING_TONES[WritingState(self.state)]

    @property
    def parts(self) -> list[tuple[str, Any, str]]:
        """The parts in their order: key, heading, text."""
        texts = {part.key: part.text for part in self.sections.all()}
        return [(key, SECTION_LABELS[key], texts.get(key, "")) for key in SECTIONS[Kind(self.kind)]]


class WritingSection(models.Model):
    """A part of a writing; once it is handed in the database refuses to change it."""

    writing = models.ForeignKey(Writing, models.PROTECT, related_name="sections")
    key = models.CharField(max_length=20)
    text = models.TextField(_("text"), max_length=10_000, blank=True)

    class Meta:
        verbose_name = _("part of a writing")
        verbose_name_plural = _("parts of writings")
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["writing", "key"], name="writing_section_once")
        ]

    def __str__(self) -> str:
        return f"{self.writing} · {self.key}"
