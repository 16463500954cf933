"""Long-term agreements with a unit: from when until when, the terms, the signed paper, what renews them (S-258)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.models import KeyAccount
from campaigns.agreements.rules import Term
from kam.core.models import Stamped, Versioned
from kam.files.models import Attachment
from kam.users.models import User
from kam.users.scopes import owned_rows


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: User) -> Self:
        """Agreements with the units that one sees."""
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def to_renew(self) -> Self:
        """Neither ended nor renewed."""
        return self.filter(ended_on__isnull=True, renewal__isnull=True)


class Agreement(Stamped, Versioned):
    """What was agreed for a longer time; its days and terms stand, only its end is ever written."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="agreements", verbose_name=_("unit"))
    title = models.CharField(pgettext_lazy("agreement", "title"), max_length=120)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    signed_on = models.DateField(_("signed on"))
    terms = models.TextField(_("terms"), max_length=8000)
    amount = models.DecimalField(_("volume agreed"), max_digits=14, decimal_places=2, null=True, blank=True)
    file = models.OneToOneField(
        Attachment, models.PROTECT, null=True, related_name="+", verbose_name=_("signed paper")
    )
    renews = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="renewal", verbose_name=_("renews")
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("why it was ended"), max_length=500, blank=True)
    reminded_on = models.DateField(_("renewal asked for on"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("long-term agreement")
        verbose_name_plural = _("long-term agreements")
        ordering = ("-starts_on", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["ends_on"], name="agreement_by_end"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="agreement_days_in_order"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="")
                | Q(ended_on__gte=F("starts_on"), ended_on__lte=F("ends_on")) & ~Q(end_reason=""),
                name="agreement_ended_inside_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(renews__isnull=True) | ~Q(renews=F("id")), name="agreement_renews_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return f"/agreements/{self.pk}/"

    @property
    def term(self) -> Term:
        """Reads `renewal`; lists select it."""
        return Term(self.starts_on, self.ends_on, self.ended_on, hasattr(self, "renewal"))
