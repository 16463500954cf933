"""The statistics of a month as they were handed in: figures as they stood, read once by a leader."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.core.models import Stamped
from kam.core.periods import Period, month_of
from kam.users.models import User
from kam.users.terms import Position

#: Those whom the clerk reports to, and the clerks themselves: the figures are of the whole department.
READERS = frozenset(
    {Position.CLERK, Position.DIRECTOR, Position.MARKETING_DIRECTOR, Position.GENERAL_MANAGER}
)
MAX_TEXT = 2_000


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, user: User) -> Self:
        """All of them, for whoever reads the department's figures."""
        return self.all() if user.is_active and user.position in READERS else self.none()


class Statement(Stamped):
    """The statistics of one month, handed in once; what came in later makes a new revision beside it."""

    first_day = models.DateField(_("month"))
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author"))  # fmt: skip
    note = models.TextField(_("note"), max_length=MAX_TEXT, blank=True)
    figures = models.JSONField(_("figures"))
    due_on = models.DateField(_("due on"))
    handed_in_at = models.DateTimeField(_("handed in"))
    is_late = models.BooleanField(_("late"))
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("read by"),
    )
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    remark = models.TextField(_("remark"), max_length=MAX_TEXT, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statistics of a month")
        verbose_name_plural = _("statistics of months")
        ordering = ("-first_day", "-revision")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["first_day", "revision"], name="statement_once"),
            models.CheckConstraint(condition=Q(first_day__day=1), name="statement_of_a_month"),
            models.CheckConstraint(condition=Q(revision=1) | Q(revision__gt=1) & ~Q(note=""), name="statement_revision_says_why"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True, remark="")
                | Q(read_at__isnull=False, read_by__isnull=False),
                name="statement_read_by_somebody",
            ),
            models.CheckConstraint(condition=Q(read_by__isnull=True) | ~Q(read_by=F("author")), name="statement_read_by_another"),
        ]  # fmt: skip

    def __str__(self) -> str:
        if self.revision == 1:
            return self.month_name
        return f"{self.month_name} ({self.revision})"

    def get_absolute_url(self) -> str:
        return f"/reports/statistics/{self.pk}/"

    @property
    def month(self) -> Period:
        return month_of(self.first_day)

    @property
    def month_name(self) -> str:
        return f"{self.first_day:%Y-%m}"

    @property
    def state(self) -> tuple[str, Any]:
        """How its badge looks and what it says."""
        if self.read_at is None:
            return "pending", pgettext_lazy("statistics", "Handed in")
        return "good", pgettext_lazy("statistics", "Read")
