"""Is this a key account? Criteria are data; evidence is dated (S-002 … S-004)."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.qualification.labels import LEVEL_LABELS, STATE_LABELS
from accounts.qualification.terms import CriterionKind, Level, Operator, ProposalState
from accounts.units.labels import TIER_LABELS
from accounts.units.models import KeyAccount
from accounts.units.terms import Tier
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
        column = {"zh-hans": "label_zh_hans", "zh-hant": "label_zh_hant"}.get(get_language() or "", "label")
        return str(getattr(self, column) or self.label)


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


class TierSchemeQuerySet(models.QuerySet["TierScheme"]):
    def in_force(self, on: date | None = None) -> Self:
        """The version that counts on a day, today unless told."""
        on = on or business_date()
        return self.filter(introduced_on__lte=on).filter(Q(replaced_on__isnull=True) | Q(replaced_on__gt=on))


class TierScheme(Stamped):
    """One version of the rules by which tiers are proposed: measures, levels, matrix. Changed by a rule change."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    rules = models.JSONField(_("rules"))
    introduced_on = models.DateField(_("in force from"))
    replaced_on = models.DateField(_("until"), null=True, blank=True)

    objects = TierSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules of the tiers")
        verbose_name_plural = _("rules of the tiers")
        ordering = ("-version",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(replaced_on__isnull=True), name="tier_scheme_one_open"
            ),
            models.CheckConstraint(
                condition=Q(replaced_on__isnull=True) | Q(replaced_on__gte=F("introduced_on")),
                name="tier_scheme_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Version %(number)s") % {"number": self.version})


class TierProposalQuerySet(models.QuerySet["TierProposal"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def open(self) -> Self:
        return self.filter(state=ProposalState.OPEN)


class TierProposal(Stamped):
    """KAM proposes another tier for a unit; a manager decides. Once settled it stays as it is."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="tier_proposals")
    scheme = models.ForeignKey(TierScheme, models.PROTECT, related_name="proposals")
    current = models.CharField(_("tier then"), max_length=1, choices=list(TIER_LABELS.items()))
    proposed = models.CharField(_("proposed tier"), max_length=1, choices=list(TIER_LABELS.items()))
    value_points = models.DecimalField(_("points of value"), max_digits=4, decimal_places=1)
    value_level = models.CharField(_("value"), max_length=10, choices=list(LEVEL_LABELS.items()))
    potential_points = models.DecimalField(_("points of potential"), max_digits=4, decimal_places=1)
    potential_level = models.CharField(_("potential"), max_length=10, choices=list(LEVEL_LABELS.items()))
    seen = models.JSONField(_("what was known"), default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=list(STATE_LABELS.items()), default=ProposalState.OPEN
    )
    made_on = models.DateField(_("proposed on"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = TierProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed tier")
        verbose_name_plural = _("proposed tiers")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(state="open"), name="tier_proposal_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(ProposalState)), name="tier_proposal_state_known"
            ),
            models.CheckConstraint(
                condition=Q(current__in=list(Tier), proposed__in=list(Tier)), name="tier_proposal_tiers_known"
            ),
            models.CheckConstraint(
                condition=Q(value_level__in=list(Level), potential_level__in=list(Level)),
                name="tier_proposal_levels_known",
            ),
            models.CheckConstraint(condition=~Q(current=F("proposed")), name="tier_proposal_is_another"),
            models.CheckConstraint(
                condition=Q(state="open", decided_on__isnull=True, by__isnull=True, reason="")
                | Q(state="overtaken", decided_on__isnull=False)
                | Q(state__in=["confirmed", "rejected"], decided_on__isnull=False, by__isnull=False)
                & ~Q(reason=""),
                name="tier_proposal_decided_whole",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-made_on", "-id"], name="tier_proposal_by_state"),
            models.Index(fields=["unit", "-id"], name="tier_proposal_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.current} → {self.proposed}"


class CoreChange(Stamped):
    """Somebody said that a unit can place big orders, or cannot any more, and why (S-007). Added, never changed."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="core_changes")
    is_core = models.BooleanField(_("can place big orders"))
    on = models.DateField(_("on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("change of the core")
        verbose_name_plural = _("changes of the core")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "-on", "-id"], name="core_change_by_unit")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(reason=""), name="core_change_says_why")
        ]

    def __str__(self) -> str:
        return self.reason
