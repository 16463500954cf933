"""Targets of a year with their months, and the changes that were asked for."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.units.models import KeyAccount
from kam.core.models import Stamped, Versioned
from kam.users.models import Team, User
from kam.users.scopes import Reach, scope_of
from kpi.measures.permissions import reach_of
from kpi.measures.registry import measure
from kpi.measures.rules import DEPARTMENT, Holder
from kpi.measures.terms import Kind
from kpi.targets.terms import ChangeState

CHANGE_LABELS = {
    ChangeState.PENDING: _("Waiting for approval"),
    ChangeState.APPROVED: _("Approved"),
    ChangeState.RETURNED: _("Returned for changes"),
    ChangeState.REJECTED: _("Rejected"),
    ChangeState.WITHDRAWN: _("Withdrawn"),
}


class TargetQuerySet(models.QuerySet["Target"]):
    def visible_to(self, user: User) -> Self:
        """Own targets, the team's, everybody's: as far as figures are seen."""
        reach = reach_of(user)
        if reach is Reach.DEPARTMENT:
            return self
        if reach is Reach.NOTHING:
            return self.none()
        own = Q(person=user)
        if reach is Reach.TEAM:
            teams = scope_of(user).team_ids
            own |= Q(team__in=teams) | Q(
                person__memberships__team__in=teams, person__memberships__ended_on=None
            )
        return self.filter(own).distinct()

    def plain(self) -> Self:
        """Those that scores are measured by: not the ones of a region, a product or a unit."""
        return self.filter(area="", product="", unit=None)


class Target(Stamped, Versioned):
    """What a person, a team, the department – or a unit of a person – is to reach in a year (S-213 … S-216, S-236)."""

    year = models.PositiveSmallIntegerField(_("year"))
    measure = models.CharField(_("measure"), max_length=40)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("person"),
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="targets", verbose_name=_("team")
    )
    unit = models.ForeignKey(
        KeyAccount, models.PROTECT, null=True, blank=True, related_name="targets", verbose_name=_("unit")
    )
    area = models.CharField(_("region"), max_length=80, blank=True)
    product = models.CharField(_("product"), max_length=80, blank=True)
    amount = models.DecimalField(_("target of the year"), max_digits=14, decimal_places=2)
    recent = models.CharField(_("recent sales per head"), max_length=200, blank=True)
    peers = models.CharField(_("sales per head of peers"), max_length=200, blank=True)
    demand = models.CharField(_("change of market demand"), max_length=200, blank=True)
    policy = models.CharField(_("adjustment of policy"), max_length=200, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ("-year", "measure", "team_id", "person_id", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["year", "measure", "person", "team", "unit", "area", "product"],
                nulls_distinct=False,
                name="target_once",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="target_not_negative"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(team__isnull=True), name="target_of_one_holder"
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(person__isnull=False), name="target_of_unit_has_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} · {self.label} · {self.whose}"

    def get_absolute_url(self) -> str:
        return f"/kpi/targets/{self.pk}/"

    @property
    def label(self) -> str:
        return str(measure(self.measure).label)

    @property
    def holder(self) -> Holder:
        if self.person_id is not None:
            return Holder(Kind.PERSON, (self.person_id,))
        return Holder(Kind.TEAM, (self.team_id,)) if self.team_id is not None else DEPARTMENT

    @property
    def whose(self) -> str:
        """Whose target it is, in words."""
        parts = [
            str(self.person or self.team or _("Department")),
            str(self.unit or ""),
            self.area,
            self.product,
        ]
        return " · ".join(part for part in parts if part)


class TargetMonth(models.Model):
    """The part of one month; the months of a target add up to its year."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="months")
    month = models.DateField(_("month"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("target of a month")
        verbose_name_plural = _("targets of months")
        ordering = ("target_id", "month")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["target", "month"], name="target_month_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="target_month_not_negative"),
            models.CheckConstraint(condition=Q(month__day=1), name="target_month_begins_on_first"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["month"], name="target_month_by_month")]

    def __str__(self) -> str:
        return f"{self.target} · {self.month:%Y-%m}"


class TargetChangeQuerySet(models.QuerySet["TargetChange"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(target__in=Target.objects.visible_to(user).values("pk"))


class TargetChange(Stamped, Versioned):
    """A change of one month that was asked for; the original counts until it is approved (T-44)."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="changes")
    month = models.DateField(_("month"))
    old_amount = models.DecimalField(_("until now"), max_digits=14, decimal_places=2)
    new_amount = models.DecimalField(_("new amount"), max_digits=14, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=500)
    state = models.CharField(
        _("state"), max_length=12, choices=list(CHANGE_LABELS.items()), default=ChangeState.PENDING
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = TargetChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a target")
        verbose_name_plural = _("changes of targets")
        ordering = ("-id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(new_amount__gte=0), name="target_change_not_negative"),
            models.CheckConstraint(condition=~Q(reason=""), name="target_change_has_reason"),
            models.UniqueConstraint(
                fields=["target", "month"],
                condition=Q(state__in=["pending", "returned"]),
                name="target_change_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} · {self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        return self.target.get_absolute_url()
