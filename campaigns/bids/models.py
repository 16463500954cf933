"""Bids for a tender of a unit: the documents two days before, delivered, opened, won or lost (S-080)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.models import KeyAccount
from campaigns.bids.labels import STATE_LABELS
from campaigns.bids.rules import Standing
from campaigns.bids.terms import OPEN_STATES, BidState
from campaigns.proposals.models import Proposal
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import owned_rows


class BidQuerySet(models.QuerySet["Bid"]):
    def visible_to(self, user: User) -> Self:
        """Bids of the units that one sees, and those one is responsible for."""
        seen = owned_rows(user, owner="unit__owner", team="unit__team")
        # No condition at all means everything: widening it would narrow it.
        return self.filter(seen | Q(responsible=user)) if seen and user.is_active else self.filter(seen)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)


class Bid(Stamped, Versioned):
    """A tender that we bid for."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="bids", verbose_name=_("unit"))
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="bids", verbose_name=_("proposal")
    )
    title = models.CharField(pgettext_lazy("bid", "tender"), max_length=120)
    opens_on = models.DateField(_("bids are opened on"))
    documents_due_on = models.DateField(_("documents ready by"))
    amount = models.DecimalField(_("our price"), max_digits=14, decimal_places=2, null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="bids", verbose_name=_("responsible")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=list(STATE_LABELS.items()), default=BidState.PREPARING
    )
    ready_on = models.DateField(_("documents ready on"), null=True, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    ended_on = models.DateField(_("result on"), null=True, blank=True)
    winner = models.CharField(_("who won"), max_length=120, blank=True)
    result = models.CharField(_("why, and what we learn"), max_length=1000, blank=True)

    objects = BidQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("bid", "bid")
        verbose_name_plural = pgettext_lazy("bid", "bids")
        ordering = ("-id",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["responsible", "state"], name="bid_by_responsible")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=list(BidState)), name="bid_state_known"),
            models.CheckConstraint(
                condition=Q(documents_due_on__lte=F("opens_on")), name="bid_documents_before_opening"
            ),
            models.CheckConstraint(
                condition=Q(state=BidState.PREPARING, ready_on__isnull=True)
                | Q(state=BidState.WITHDRAWN)
                | Q(ready_on__isnull=False),
                name="bid_ready_before_delivered",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[BidState.WON, BidState.LOST, BidState.WITHDRAWN])
                | Q(ended_on__isnull=False) & ~Q(result=""),
                name="bid_ended_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return f"/bids/{self.pk}/"

    @property
    def standing(self) -> Standing:
        return Standing(BidState(self.state), self.documents_due_on, self.opens_on, self.ready_on)
