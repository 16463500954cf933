"""Equipment on loan: who has it, for what, until when (S-228)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.core.clock import business_date
from kam.core.models import Stamped, Versioned
from kam.users.models import Team, User
from kam.users.scopes import owned_rows
from kam.users.terms import Position
from visits.bookings.models import Resource
from visits.equipment.labels import STATE_LABELS
from visits.equipment.rules import is_overdue
from visits.equipment.terms import STATE_TONES, LoanState


class LoanQuerySet(models.QuerySet["Loan"]):
    def visible_to(self, user: User) -> Self:
        """Own loans; the team's for whoever leads it; all of them for the clerk, who hands out, and the department."""
        if user.is_active and user.position == Position.CLERK:
            return self
        if not user.is_active:
            return self.none()
        owned = owned_rows(user, owner="user", team="team")
        return self.filter(Q(user=user) | owned) if owned else self  # an empty Q means everybody's


class Loan(Stamped, Versioned):
    """A camera, a recorder, a computer for somebody and a purpose. Its days are booked from asking on."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="loans",
        verbose_name=pgettext_lazy("equipment", "for whom"),
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="loans")
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="loans", verbose_name=_("equipment"))
    purpose = models.CharField(pgettext_lazy("equipment", "purpose"), max_length=300)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("to be given back on"))
    state = models.CharField(
        _("state"), max_length=10, choices=list(STATE_LABELS.items()), default=LoanState.PENDING
    )
    asked_on = models.DateField(_("asked on"))
    out_on = models.DateField(_("handed out on"), null=True, blank=True)
    out_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    back_on = models.DateField(_("given back on"), null=True, blank=True)
    back_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    condition = models.CharField(_("condition"), max_length=200, blank=True)

    objects = LoanQuerySet.as_manager()

    class Meta:
        verbose_name = _("loan of equipment")
        verbose_name_plural = _("loans of equipment")
        ordering = ("-pk",)
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["user", "state"], name="loan_by_user")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=list(LoanState)), name="loan_state_known"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")) & ~Q(purpose=""), name="loan_says_what_and_when"
            ),
            models.UniqueConstraint(
                fields=["resource"], condition=Q(state=LoanState.OUT), name="loan_out_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[LoanState.OUT, LoanState.BACK])
                | Q(out_on__isnull=False, out_by__isnull=False),
                name="loan_handed_out_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=LoanState.BACK, back_on__gte=F("out_on"), back_by__isnull=False)
                | ~Q(state=LoanState.BACK) & Q(back_on__isnull=True),
                name="loan_given_back_to_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.resource.name}"

    def get_absolute_url(self) -> str:
        return f"/visits/equipment/{self.pk}/"

    @property
    def tone(self) -> str:
        return "danger" if self.is_overdue else STATE_TONES[LoanState(self.state)]

    @property
    def is_overdue(self) -> bool:
        return is_overdue(LoanState(self.state), self.ends_on, business_date())
