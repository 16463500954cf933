"""What a unit needs, from the first hint to the day it is satisfied."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.needs.terms import NeedKind, NeedState
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import owned_rows

KIND_LABELS = {NeedKind.EXPLICIT: _("Explicit need"), NeedKind.IMPLICIT: _("Implicit need")}
STATE_LABELS = {
    NeedState.RECORDED: _("Recorded"),
    NeedState.CLARIFIED: _("Clarified"),
    NeedState.PROPOSED: _("Solution proposed"),
    NeedState.EXPLICIT: _("Explicit"),
    NeedState.SATISFIED: _("Satisfied"),
    NeedState.DROPPED: _("Dropped"),
}


class NeedQuerySet(models.QuerySet["Need"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def open(self) -> Self:
        """Needs still to be worked on."""
        return self.exclude(state__in=[NeedState.SATISFIED, NeedState.DROPPED])


class Need(Stamped, Versioned):
    """One need; an implicit one must get a proposed solution before it becomes explicit (S-021)."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="needs")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("who said it")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=list(KIND_LABELS.items()))
    text = models.TextField(_("need"), max_length=2000)
    state = models.CharField(
        _("state"), max_length=10, choices=list(STATE_LABELS.items()), default=NeedState.RECORDED
    )
    clarification = models.TextField(_("what it means"), max_length=2000, blank=True)
    solution = models.TextField(_("proposed solution"), max_length=2000, blank=True)
    value_amount = models.DecimalField(
        _("expected revenue"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    cost_amount = models.DecimalField(
        _("expected cost"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    raised_on = models.DateField(_("raised on"))
    state_on = models.DateField(_("in this state since"))
    closing_reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=60, blank=True)
    source_label = models.CharField(max_length=300, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ("-raised_on", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(NeedState)), name="need_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["proposed", "explicit", "satisfied"])
                | ~Q(solution="")
                | Q(kind="explicit"),
                name="need_implicit_has_solution",
            ),
            models.CheckConstraint(
                condition=(Q(value_amount__isnull=True) | Q(value_amount__gte=0))
                & (Q(cost_amount__isnull=True) | Q(cost_amount__gte=0)),
                name="need_amounts_not_negative",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["unit", "state"], name="need_by_unit")]

    def __str__(self) -> str:
        return self.text[:60]
