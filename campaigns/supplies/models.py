"""Accounts of supplies: what a person or a team was handed out, gave back and used; a ledger that only grows (S-225)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.materials.models import Material, MaterialMove
from campaigns.supplies.labels import KIND_LABELS, STATE_LABELS
from campaigns.supplies.terms import ADDS, LIVE, STATE_TONES, AccountState, EntryKind
from kam.core.models import Stamped, Versioned
from kam.users.models import Team, User
from kam.users.scopes import owned_rows, team_of


class AccountQuerySet(models.QuerySet["SupplyAccount"]):
    def visible_to(self, user: User) -> Self:
        """The own account and the own team's; the team's people's for whoever leads it; all of them for the clerk and the department."""
        if not user.is_active:
            return self.none()
        owned = owned_rows(user, owner="user", team="team")
        mine = Q(user=user) | Q(user=None, team=team_of(user), team__isnull=False)
        return self.filter(mine | owned) if owned else self  # an empty Q means everybody's


class SupplyAccount(Stamped, Versioned):
    """An account must be open before anything is drawn; a person or a team has one."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supply_accounts",
        verbose_name=_("for whom"),
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="supply_accounts")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("applicant")
    )
    asked_on = models.DateField(_("asked on"))
    reason = models.CharField(_("what for"), max_length=300)
    state = models.CharField(
        _("state"), max_length=10, choices=list(STATE_LABELS.items()), default=AccountState.PENDING
    )
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account of supplies")
        verbose_name_plural = _("accounts of supplies")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=list(AccountState)), name="supply_account_state_known"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(team__isnull=False), name="supply_account_of_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[AccountState.OPEN, AccountState.CLOSED]) | Q(opened_on__isnull=False),
                name="supply_account_opened_some_day",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(state__in=LIVE), name="supply_account_one_a_person"
            ),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(state__in=LIVE, user__isnull=True),
                name="supply_account_one_a_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.holder}"

    @property
    def holder(self) -> str:
        """Whose account it is."""
        if self.user is not None:
            return self.user.name
        return self.team.name if self.team is not None else ""

    @property
    def tone(self) -> str:
        return STATE_TONES[AccountState(self.state)]

    def get_absolute_url(self) -> str:
        return f"/supplies/{self.pk}/"


class SupplyEntry(Stamped):
    """An entry of an account; written once, never changed. What leaves or enters the stock names its movement."""

    account = models.ForeignKey(SupplyAccount, models.PROTECT, related_name="entries")
    material = models.ForeignKey(Material, models.PROTECT, related_name="supply_entries")
    kind = models.CharField(_("entry"), max_length=10, choices=list(KIND_LABELS.items()))
    change = models.IntegerField(_("change"))
    on = models.DateField(_("day"))
    text = models.CharField(_("what for"), max_length=200, blank=True)
    move = models.OneToOneField(MaterialMove, models.PROTECT, null=True, related_name="supply_entry")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("entry of an account of supplies")
        verbose_name_plural = _("entries of accounts of supplies")
        ordering = ("-id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=sorted(ADDS), change__gt=0)
                | Q(kind__in=[kind for kind in EntryKind if kind not in ADDS], change__lt=0),
                name="supply_entry_signs",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[EntryKind.DRAWN, EntryKind.RETURNED], move__isnull=False)
                | ~Q(kind__in=[EntryKind.DRAWN, EntryKind.RETURNED]) & Q(move__isnull=True),
                name="supply_entry_moves_the_stock",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.change}"
