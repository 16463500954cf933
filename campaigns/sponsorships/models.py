"""Sponsorships: events, promotions and incentives paid from a budget line; what persons receive of it stands in the integrity register."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.budgets.models import BudgetLine, Movement
from campaigns.integrity.labels import KIND_LABELS as BENEFIT_LABELS
from campaigns.integrity.models import Benefit
from campaigns.outlets.models import Outlet
from campaigns.sponsorships.labels import KIND_LABELS, STATE_LABELS
from campaigns.sponsorships.terms import DECIDED, SponsorshipKind, SponsorshipState
from kam.core.models import Stamped, Versioned
from kam.users.models import Team, User
from kam.users.scopes import owned_rows
from kam.users.terms import Position


def _money(label: Any, **options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=12, decimal_places=2, **options)


class SponsorshipQuerySet(models.QuerySet["Sponsorship"]):
    def visible_to(self, user: User) -> Self:
        """Those that one asked for, the team's, and those of units that one sees; finance sees what is approved."""
        if not user.is_active:
            return self.none()
        if user.position == Position.FINANCE:
            return self.filter(state__in=DECIDED)
        asked = owned_rows(user, owner="asked_by", team="team")
        # No condition at all means everything: widening it would narrow it.
        return (
            self.filter(asked | owned_rows(user, owner="unit__owner", team="unit__team")) if asked else self
        )


class Sponsorship(Stamped, Versioned):
    """What we pay for an event, a promotion or sellers: asked for, decided, held, reported with what came of it (S-251, S-253)."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=list(KIND_LABELS.items()))
    title = models.CharField(_("event"), max_length=160)
    unit = models.ForeignKey(
        KeyAccount,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sponsorships",
        verbose_name=_("unit"),
    )
    outlet = models.ForeignKey(
        Outlet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sponsorships",
        verbose_name=_("outlet"),
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    organiser = models.CharField(_("organiser"), max_length=160, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    on = models.DateField(_("first day"))
    until = models.DateField(_("last day"))
    goods = models.CharField(_("products given"), max_length=300, blank=True)
    publicity = models.CharField(_("publicity"), max_length=300, blank=True)
    purpose = models.TextField(_("what it is to bring"))
    estimate_amount = _money(_("estimated cost"))
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, related_name="sponsorships", verbose_name=_("budget line")
    )
    benefit_kind = models.CharField(
        _("what each receives"), max_length=16, blank=True, choices=list(BENEFIT_LABELS.items())
    )
    each_amount = _money(_("worth for each"), null=True, blank=True)
    compliance_reason = models.TextField(_("reason for compliance"), blank=True)
    basis_document = models.CharField(_("written basis"), max_length=120, blank=True)
    employer_document = models.CharField(_("how the employer was informed"), max_length=120, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=list(STATE_LABELS.items()), default=SponsorshipState.PENDING
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("applicant")
    )
    asked_on = models.DateField(_("asked on"))
    reservation = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="+")
    payment = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="+")
    actual_amount = _money(_("actual cost"), null=True, blank=True)
    document = models.CharField(_("number of the bill"), max_length=60, blank=True)
    visitors = models.PositiveIntegerField(_("people reached"), null=True, blank=True)
    result = models.TextField(_("result"), blank=True)
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField(_("why nothing came of it"), max_length=200, blank=True)

    objects = SponsorshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("sponsorship")
        verbose_name_plural = _("sponsorships")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=list(SponsorshipState)) & Q(kind__in=list(SponsorshipKind)),
                name="sponsorship_words_known",
            ),
            models.CheckConstraint(condition=Q(until__gte=F("on")), name="sponsorship_days_in_order"),
            models.CheckConstraint(condition=Q(estimate_amount__gt=0), name="sponsorship_costs_something"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(outlet__isnull=True) & ~Q(kind="sellers"),
                name="sponsorship_of_outlet_has_unit",
            ),
            models.CheckConstraint(
                condition=Q(each_amount__isnull=True, benefit_kind="")
                | Q(each_amount__gt=0, each_amount__lte=F("estimate_amount")) & ~Q(benefit_kind=""),
                name="sponsorship_each_within_the_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(reservation__isnull=False),
                name="sponsorship_approved_holds_its_money",
            ),
            models.CheckConstraint(
                condition=~Q(state="reported")
                | Q(actual_amount__gt=0, payment__isnull=False, reported_on__isnull=False) & ~Q(result=""),
                name="sponsorship_closes_with_its_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return f"/sponsorships/{self.pk}/"


class Recipient(Stamped):
    """A person who receives something of it; its worth stands in the register."""

    sponsorship = models.ForeignKey(Sponsorship, models.CASCADE, related_name="recipients")
    person = models.ForeignKey(Person, models.PROTECT, related_name="sponsorships", verbose_name=_("person"))
    benefit = models.OneToOneField(Benefit, models.PROTECT, null=True, related_name="sponsorship")
    received = models.BooleanField(_("received it"), null=True)

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sponsorship", "person"], name="sponsorship_recipient_once")
        ]

    def __str__(self) -> str:
        return str(self.person)
