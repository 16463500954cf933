"""The register: one entry for everything of value given to a person, what became of it, and the policy in versions."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.persons.labels import OFFICIAL_LABELS
from accounts.persons.models import Person
from accounts.units.labels import CHANNEL_LABELS
from accounts.units.models import KeyAccount
from campaigns.integrity.labels import (
    KIND_LABELS,
    MOVE_LABELS,
    OUTCOME_LABELS,
    PARTY_LABELS,
    STATE_LABELS,
)
from campaigns.integrity.terms import PARTIES, BenefitKind, BenefitState, MoveKind, Outcome
from kam.core.models import Stamped
from kam.core.sentences import read_sentence
from kam.users.models import User
from kam.users.scopes import owned_rows


def _money(label: Any, **options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=14, decimal_places=2, **options)


class BenefitQuerySet(models.QuerySet["Benefit"]):
    def visible_to(self, user: User) -> Self:
        """What was given to the persons of the units that one sees, whoever gave it."""
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def standing(self) -> Self:
        """Reserved or given: these count."""
        return self.exclude(Exists(BenefitMove.objects.filter(benefit=OuterRef("pk"), kind=MoveKind.FREED)))

    def valued(self) -> Self:
        """With what it came to and its day: as given, else as reserved."""
        given = BenefitMove.objects.filter(benefit=OuterRef("pk"), kind=MoveKind.GIVEN)
        return self.annotate(
            worth=Coalesce(Subquery(given.values("gross_amount")[:1]), F("amount")),
            day=Coalesce(Subquery(given.values("on")[:1]), F("on")),
        )


class Benefit(Stamped):
    """Something of value for a person: written once, before it is spent. What becomes of it are its moves."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="benefits", verbose_name=_("person"))
    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="benefits", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=16, choices=list(KIND_LABELS.items()))
    amount = _money(_("worth"))
    item_amount = _money(_("worth of one piece"))
    on = models.DateField(_("day"))
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("given by")
    )
    text = models.CharField(_("what"), max_length=200)
    official = models.CharField(_("public official"), max_length=10, choices=list(OFFICIAL_LABELS.items()))
    channel = models.CharField(_("channel"), max_length=20, choices=list(CHANNEL_LABELS.items()))
    outcome = models.CharField(_("policy"), max_length=12, choices=list(OUTCOME_LABELS.items()))
    findings = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    reason = models.TextField(_("reason for compliance"), blank=True)
    basis_document = models.CharField(_("written basis"), max_length=120, blank=True)
    employer_document = models.CharField(_("employer informed by"), max_length=120, blank=True)
    source_kind = models.CharField(max_length=40)
    source_id = models.CharField(max_length=40)
    source_label = models.CharField(_("document"), max_length=300)

    objects = BenefitQuerySet.as_manager()

    class Meta:
        verbose_name = _("benefit to a person")
        verbose_name_plural = _("benefits to persons")
        ordering = ("-pk",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "on"], name="benefit_unit_day"),
            models.Index(fields=["giver", "on"], name="benefit_giver_day"),
            models.Index(fields=["source_kind", "source_id"], name="benefit_source"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & Q(item_amount__gt=0) & Q(item_amount__lte=F("amount")),
                name="benefit_worth_something",
            ),
            models.CheckConstraint(condition=Q(kind__in=list(BenefitKind)), name="benefit_kind_known"),
            models.CheckConstraint(condition=~Q(outcome=Outcome.REFUSED), name="benefit_never_refused"),
            models.CheckConstraint(
                condition=~Q(reason="") | Q(findings=[]) & ~Q(outcome=Outcome.COMPLIANCE),
                name="benefit_exception_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words} · {self.source_label}"

    @property
    def words(self) -> str:
        """What it is, in the reader's language where the house named it."""
        return read_sentence(self.text)

    def get_absolute_url(self) -> str:
        return f"/integrity/{self.pk}/"

    def move(self, kind: MoveKind) -> "BenefitMove | None":
        return next((row for row in self.moves.all() if row.kind == kind), None)

    @property
    def state(self) -> BenefitState:
        if self.move(MoveKind.FREED):
            return BenefitState.FREED
        return BenefitState.GIVEN if self.move(MoveKind.GIVEN) else BenefitState.RESERVED

    @property
    def state_words(self) -> Any:
        return STATE_LABELS[self.state]

    @property
    def needs_compliance(self) -> bool:
        """It was allowed only by a compliance approval."""
        return self.outcome == Outcome.COMPLIANCE or bool(self.findings)


class BenefitMove(Stamped):
    """An entry was given, with tax withheld and net, or freed again. Each at most once, never changed."""

    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="moves")
    kind = models.CharField(_("what happened"), max_length=8, choices=list(MOVE_LABELS.items()))
    on = models.DateField(_("day"))
    gross_amount = _money(pgettext_lazy("benefit", "gross"))
    tax_amount = _money(_("tax withheld"), default=Decimal(0))
    net_amount = _money(pgettext_lazy("benefit", "net"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("what became of a benefit")
        verbose_name_plural = _("what became of benefits")
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["benefit", "kind"], name="benefit_moves_once"),
            models.CheckConstraint(
                condition=Q(gross_amount__gt=0)
                & Q(tax_amount__gte=0)
                & Q(net_amount=F("gross_amount") - F("tax_amount")),
                name="benefit_net_is_gross_without_tax",
            ),
            models.CheckConstraint(
                condition=~Q(kind=MoveKind.FREED) | ~Q(reason=""), name="benefit_freed_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.benefit_id}"

    @property
    def why(self) -> str:
        """The reason, in the reader's language where the house gave it."""
        return read_sentence(self.reason)


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    def on(self, day: date) -> Self:
        """Versions in force on `day`; the last day belongs to the successor (half-open)."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day))


class PolicyVersion(Stamped):
    """What the policy says of a kind for public officials or for a channel, from a day on. Only its end is ever written."""

    party = models.CharField(_("for whom"), max_length=20, choices=list(PARTY_LABELS.items()))
    kind = models.CharField(_("kind"), max_length=16, choices=list(KIND_LABELS.items()))
    outcome = models.CharField(_("policy"), max_length=12, choices=list(OUTCOME_LABELS.items()))
    number = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.DateField(_("in force from"))
    valid_until = models.DateField(_("ends before"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy of benefits")
        verbose_name_plural = _("policies of benefits")
        ordering = ("party", "kind", "-number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ExclusionConstraint(
                name="policy_one_version_at_a_time",
                expressions=[
                    ("party", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_until"),
                            Value("[)"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.UniqueConstraint(fields=["party", "kind", "number"], name="policy_number_once"),
            models.CheckConstraint(
                condition=Q(party__in=list(PARTIES), kind__in=list(BenefitKind), outcome__in=list(Outcome)),
                name="policy_words_known",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="policy_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()} · {self.get_kind_display()} v{self.number}"

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, as screens show it."""
        return self.valid_until - timedelta(days=1) if self.valid_until else None
