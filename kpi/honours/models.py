"""Rewards and honours: proposed, decided, then kept for ever."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.units.models import KeyAccount
from kam.core.models import Stamped, Versioned
from kam.users.models import Team, User
from kam.users.terms import Position
from kpi.honours.labels import KIND_LABELS, OCCASION_LABELS, STATE_LABELS
from kpi.honours.terms import HONOUR_TONES, HonourKind, HonourState, Occasion

#: They read proposals before they are decided.
ABOVE = frozenset({Position.DIRECTOR, Position.GENERAL_MANAGER, Position.HR})


class HonourQuerySet(models.QuerySet["Honour"]):
    def visible_to(self, user: User) -> Self:
        """What was approved is everybody's to see; before that whoever proposed it and whoever answers for all."""
        if not user.is_active:
            return self.none()
        if user.position in ABOVE:
            return self
        return self.filter(Q(state=HonourState.APPROVED) | Q(proposed_by=user))


class Honour(Stamped, Versioned):
    """One reward or honour of a person or a team (S-239)."""

    kind = models.CharField(_("kind"), max_length=10, choices=[(k.value, KIND_LABELS[k]) for k in HonourKind])
    occasion = models.CharField(
        _("occasion"), max_length=10, choices=[(o.value, OCCASION_LABELS[o]) for o in Occasion]
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="honours",
        verbose_name=_("person"),
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="honours", verbose_name=_("team")
    )
    unit = models.ForeignKey(
        KeyAccount, models.PROTECT, null=True, blank=True, related_name="honours", verbose_name=_("unit")
    )
    title = models.CharField(_("what is given"), max_length=120)
    amount = models.DecimalField(_("amount"), max_digits=9, decimal_places=2, null=True, blank=True)
    on = models.DateField(_("day"))
    reason = models.TextField(_("for what"), max_length=1000)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=[(s.value, STATE_LABELS[s]) for s in HonourState],
        default=HonourState.PENDING,
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = _("honour")
        verbose_name_plural = _("honours")
        ordering = ("-on", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, team__isnull=True)
                | Q(person__isnull=True, team__isnull=False),
                name="honour_of_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(kind="money", amount__gt=0) | ~Q(kind="money") & Q(amount__isnull=True),
                name="honour_money_has_amount",
            ),
            models.CheckConstraint(
                condition=~Q(occasion="unit_won") | Q(unit__isnull=False), name="honour_won_unit_is_named"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | ~Q(person=F("proposed_by")), name="honour_not_of_oneself"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(reason=""), name="honour_says_something"),
            models.CheckConstraint(condition=Q(state__in=list(HonourState)), name="honour_state_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-on"], name="honour_by_person"),
            models.Index(fields=["team", "-on"], name="honour_by_team"),
        ]

    def __str__(self) -> str:
        return f"H-{self.pk:05d}"

    def get_absolute_url(self) -> str:
        return f"/kpi/honours/{self.pk}/"

    @property
    def who(self) -> str:
        return str(self.person or self.team)

    @property
    def tone(self) -> str:
        return HONOUR_TONES[HonourState(self.state)]
