"""Red flags that were raised, each once for the facts it stands for."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.red_flags import labels
from accounts.red_flags.terms import FlagKind, FlagState, Severity
from accounts.roles.terms import Seat
from accounts.units.models import KeyAccount
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import owned_rows


class RedFlagQuerySet(models.QuerySet["RedFlag"]):
    def visible_to(self, user: User) -> Self:
        """Flags of the units that `user` sees."""
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def open(self) -> Self:
        """Flags that nobody accepted and that still hold."""
        return self.filter(state=FlagState.OPEN)

    def standing(self) -> Self:
        """Flags whose facts still hold, accepted or not."""
        return self.exclude(state=FlagState.CLEARED)


class RedFlag(Stamped, Versioned):
    """A danger at a unit. `fact_key` names the facts it stands for: the same facts never raise it twice (12-decisions 31)."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="red_flags")
    kind = models.CharField(_("kind"), max_length=30, choices=list(labels.KIND_LABELS.items()))
    fact_key = models.CharField(max_length=120, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="red_flags")
    severity = models.CharField(_("severity"), max_length=10, choices=list(labels.SEVERITY_LABELS.items()))
    since_on = models.DateField(_("since"))
    evidence = models.JSONField(default=dict)
    rule_version = models.PositiveSmallIntegerField()
    state = models.CharField(
        _("state"), max_length=12, choices=list(labels.STATE_LABELS.items()), default=FlagState.OPEN
    )
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    cleared_at = models.DateTimeField(null=True)
    cleared_evidence = models.JSONField(default=dict)

    objects = RedFlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("red flag")
        verbose_name_plural = _("red flags")
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "fact_key"], name="red_flag_once_for_its_facts"),
            models.CheckConstraint(condition=Q(kind__in=list(FlagKind)), name="red_flag_kind_known"),
            models.CheckConstraint(condition=Q(severity__in=list(Severity)), name="red_flag_severity_known"),
            models.CheckConstraint(condition=Q(state__in=list(FlagState)), name="red_flag_state_known"),
            models.CheckConstraint(
                condition=~Q(state=FlagState.ACKNOWLEDGED)
                | (Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False) & ~Q(comment="")),
                name="red_flag_accepted_with_comment",
            ),
            models.CheckConstraint(
                condition=~Q(state=FlagState.CLEARED) | Q(cleared_at__isnull=False),
                name="red_flag_cleared_with_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["unit", "kind"], condition=~Q(state=FlagState.CLEARED), name="red_flag_standing"
            ),
            models.Index(
                fields=["-since_on", "-id"], condition=Q(state=FlagState.OPEN), name="red_flag_newest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words} · {self.unit}"

    @property
    def words(self) -> str:
        """What is wrong in two words; a missing role is named."""
        seat = self.evidence.get("seat") if self.kind == FlagKind.ROLE_MISSING else None
        return str(labels.SEAT_MISSING[Seat(seat)][0]) if seat else str(self.get_kind_display())


class FlagCheck(models.Model):
    """When a unit's flags were last computed; opening the record computes them again on another day."""

    unit = models.OneToOneField(KeyAccount, models.CASCADE, primary_key=True, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("check of red flags")
        verbose_name_plural = _("checks of red flags")

    def __str__(self) -> str:
        return str(self.unit_id)
