"""Is this a key account? Criteria are data; evidence is dated (S-002 … S-004)."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.qualification.terms import CriterionKind, Operator
from accounts.units.models import KeyAccount
from kam.core.clock import business_date
from kam.core.models import Stamped
from kam.users.models import User
from kam.users.scopes import owned_rows


class CriterionQuerySet(models.QuerySet["QualificationCriterion"]):
    def in_force(self, on: date | None = None) -> Self:
        """The versions that count on a day, today unless told; the last day belongs to the next version."""
        on = on or business_date()
        return self.filter(introduced_on__lte=on).filter(Q(replaced_on__isnull=True) | Q(replaced_on__gt=on))


class QualificationCriterion(Stamped):
    """One version of one criterion; any single one that holds makes a key account. Editing adds a version."""

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    label = models.CharField(_("label"), max_length=200)
    label_zh_hans = models.CharField(_("label (Simplified Chinese)"), max_length=200, blank=True)
    label_zh_hant = models.CharField(_("label (Traditional Chinese)"), max_length=200, blank=True)
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=[(CriterionKind.RULE, _("Rule")), (CriterionKind.STATEMENT, _("Confirmed statement"))],
    )
    fact = models.CharField(_("fact"), max_length=40, blank=True)
    operator = models.CharField(
        _("comparison"),
        max_length=10,
        blank=True,
        choices=[
            (Operator.AT_LEAST, _("at least")),
            (Operator.AT_MOST, _("at most")),
            (Operator.IS, _("is")),
        ],
    )
    threshold = models.CharField(_("threshold"), max_length=40, blank=True)
    also_fact = models.CharField(_("and also the fact"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    introduced_on = models.DateField(_("in force from"))
    replaced_on = models.DateField(_("until"), null=True, blank=True)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("qualification criterion")
        verbose_name_plural = _("qualification criteria")
        ordering = ("order", "code", "version")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="criterion_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(replaced_on__isnull=True), name="criterion_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(kind="statement", fact="", operator="", threshold="")
                | (Q(kind="rule") & ~Q(fact="") & ~Q(operator="") & ~Q(threshold="")),
                name="criterion_rule_complete",
            ),
            models.CheckConstraint(
                condition=Q(replaced_on__isnull=True) | Q(replaced_on__gte=F("introduced_on")),
                name="criterion_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class EvidenceQuerySet(models.QuerySet["QualificationEvidence"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def current(self) -> Self:
        """Per unit and criterion the statement that counts now."""
        return self.order_by("unit_id", "code", "-on", "-id").distinct("unit_id", "code")


class QualificationEvidence(Stamped):
    """Somebody confirmed or withdrew a statement about a unit, with what proves it. Added, never changed."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="qualification_evidence")
    criterion = models.ForeignKey(QualificationCriterion, models.PROTECT, related_name="evidence")
    code = models.SlugField(max_length=40)
    holds = models.BooleanField(_("holds"))
    text = models.CharField(_("evidence"), max_length=500)
    on = models.DateField(_("on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "code", "-on", "-id"], name="evidence_latest")
        ]

    def __str__(self) -> str:
        return self.text
