"""Registered customers of a campaign (S-260): who, from where, how much they want, sincere since when, bought when."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.campaigns.models import CHANNEL_CHOICES, Campaign
from campaigns.prospects.labels import INTENTION_LABELS, PROGRESS_LABELS, SOURCE_LABELS
from campaigns.prospects.rules import progress_of
from campaigns.prospects.terms import INTENTION_TONES, PROGRESS_TONES, WILLING, Intention, Progress, Source
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import owned_rows


class ProspectQuerySet(models.QuerySet["Prospect"]):
    def visible_to(self, user: User) -> Self:
        """Those of the units that one sees; those of no unit follow whoever registered them."""
        group = Q(unit__isnull=False) & owned_rows(user, owner="unit__owner", team="unit__team")
        return self.filter(group | Q(unit__isnull=True) & owned_rows(user))

    def open(self) -> Self:
        """Not given up, and nothing bought yet."""
        return self.filter(dropped_on__isnull=True, bought_on__isnull=True)

    def willing(self) -> Self:
        """Who said that they want something."""
        return self.filter(intention__in=list(WILLING))


class Prospect(Stamped, Versioned):
    """One customer registered in a campaign. Sincere and bought are written by earnest money and deals, never typed."""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="prospects", verbose_name=_("campaign")
    )
    unit = models.ForeignKey(
        KeyAccount,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="prospects",
        verbose_name=_("unit"),
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="prospects", verbose_name=_("person")
    )
    name = models.CharField(_("name"), max_length=80)
    mobile = models.CharField(_("mobile"), max_length=40, blank=True)
    channel = models.CharField(_("channel"), max_length=20, choices=CHANNEL_CHOICES)
    source = models.CharField(_("source"), max_length=14, choices=list(SOURCE_LABELS.items()))
    source_note = models.CharField(_("which one, through whom"), max_length=120, blank=True)
    intention = models.CharField(
        _("intention"), max_length=12, choices=list(INTENTION_LABELS.items()), default=Intention.INTERESTED
    )
    need = models.CharField(_("what is wanted"), max_length=300, blank=True)
    registered_on = models.DateField(_("registered on"))
    sincere_on = models.DateField(_("sincere since"), null=True, blank=True)
    bought_on = models.DateField(_("bought on"), null=True, blank=True)
    dropped_on = models.DateField(_("given up on"), null=True, blank=True)
    drop_reason = models.CharField(_("why given up"), max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="prospects", verbose_name=_("owner")
    )
    team = models.ForeignKey("users.Team", models.PROTECT, null=True, related_name="+")

    objects = ProspectQuerySet.as_manager()

    class Meta:
        verbose_name = _("registered customer")
        verbose_name_plural = _("registered customers")
        ordering = ("-id",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["campaign", "channel"], name="prospect_counted")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(source__in=list(Source)), name="prospect_source_known"),
            models.CheckConstraint(
                condition=Q(intention__in=list(Intention)), name="prospect_intention_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="prospect_has_name"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(unit__isnull=False), name="prospect_person_has_unit"
            ),
            models.CheckConstraint(
                condition=Q(dropped_on__isnull=True, drop_reason="")
                | Q(dropped_on__isnull=False) & ~Q(drop_reason=""),
                name="prospect_given_up_says_why",
            ),
            models.UniqueConstraint(
                fields=["campaign", "mobile"], condition=~Q(mobile=""), name="prospect_mobile_once"
            ),
            models.UniqueConstraint(
                fields=["campaign", "person"],
                condition=Q(person__isnull=False),
                name="prospect_person_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.name}"

    @property
    def number(self) -> str:
        return f"P-{self.registered_on.year}-{self.pk:04d}"

    @property
    def progress(self) -> Progress:
        return progress_of(self.sincere_on, self.bought_on, self.dropped_on)

    @property
    def progress_badge(self) -> tuple[str, str]:
        """The colour and the word of how far they came."""
        return PROGRESS_TONES[self.progress], str(PROGRESS_LABELS[self.progress])

    @property
    def intention_badge(self) -> tuple[str, str]:
        """The colour and the word of what they want."""
        return INTENTION_TONES[Intention(self.intention)], str(self.get_intention_display())

    def get_absolute_url(self) -> str:
        return f"/prospects/{self.pk}/"
