"""Proposals to a unit: each version with its file stands, and so does when it was presented to whom (S-242)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign
from campaigns.proposals.labels import STATE_LABELS
from campaigns.proposals.terms import ProposalState
from kam.core.models import Stamped, Versioned
from kam.files.models import Attachment
from kam.users.models import User
from kam.users.scopes import owned_rows


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: User) -> Self:
        """Proposals to the units that one sees."""
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))


class Proposal(Stamped, Versioned):
    """What we propose to a unit, in versions."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="proposals", verbose_name=_("unit"))
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("campaign")
    )
    title = models.CharField(pgettext_lazy("proposal", "title"), max_length=120)
    state = models.CharField(
        _("state"), max_length=10, choices=list(STATE_LABELS.items()), default=ProposalState.OPEN
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.CharField(_("what they said"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("-id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=list(ProposalState)), name="proposal_state_known"),
            models.CheckConstraint(
                condition=Q(state=ProposalState.OPEN, answered_on__isnull=True)
                | ~Q(state=ProposalState.OPEN) & Q(answered_on__isnull=False) & ~Q(answer=""),
                name="proposal_answered_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return f"/proposals/{self.pk}/"


class ProposalVersion(Stamped):
    """A version as it was written, with its file; the next one stands beside it."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    summary = models.TextField(_("what it proposes"), max_length=4000)
    written_on = models.DateField(_("written on"))
    file = models.OneToOneField(
        Attachment, models.PROTECT, null=True, related_name="+", verbose_name=_("file")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("version of a proposal")
        verbose_name_plural = _("versions of proposals")
        ordering = ("-number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["proposal", "number"], name="proposal_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.proposal} v{self.number}"


class Presentation(Stamped):
    """A version was presented to persons of the unit."""

    version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="presentations")
    on = models.DateField(_("presented on"))
    place = models.CharField(_("where and how"), max_length=200, blank=True)
    reaction = models.TextField(_("how they took it"), max_length=2000, blank=True)
    persons = models.ManyToManyField(Person, related_name="+", verbose_name=_("to whom"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("presented by")
    )

    class Meta:
        verbose_name = _("presentation of a proposal")
        verbose_name_plural = _("presentations of proposals")
        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return f"{self.version} · {self.on}"
