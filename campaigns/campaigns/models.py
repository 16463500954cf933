"""Campaigns: the window of the offer, phases, goals, schedule, responsibilities, the expansion table and what is sold."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.models import KeyAccount
from campaigns.campaigns.labels import (
    ACTIVITY_LABELS,
    CANDIDATE_LABELS,
    CHANNEL_LABELS,
    DUTY_LABELS,
    GOAL_LABELS,
    STATE_LABELS,
)
from campaigns.campaigns.terms import (
    ActivityKind,
    CampaignState,
    CandidateState,
    DutyKind,
    GoalKind,
    OfferChannel,
)
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.terms import Position

CHANNEL_CHOICES = [(channel.value, label) for channel, label in CHANNEL_LABELS.items()]


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, user: User) -> Self:
        """A campaign is the department's: everybody sees it once it is handed in, its people and their superiors before."""
        if not user.is_active:
            return self.none()
        if user.position in {Position.MANAGER, Position.DIRECTOR, Position.MARKETING_DIRECTOR}:
            return self
        return self.filter(
            ~Q(state=CampaignState.DRAFT) | Q(coordinator=user) | Q(budget_owner=user) | Q(drafted_by=user)
        )

    def running(self) -> Self:
        """Campaigns in which something may be done."""
        return self.filter(state=CampaignState.RUNNING)


class Campaign(Stamped, Versioned):
    """One campaign (S-083). The window is the offer's, both days inclusive; the phases are separate (12-decisions D-07)."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    english_name = models.CharField(_("English name"), max_length=120, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    idea = models.TextField(_("idea"), blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=list(STATE_LABELS.items()), default=CampaignState.DRAFT
    )
    window_from = models.DateField(_("offer from"), null=True, blank=True)
    window_to = models.DateField(_("offer until"), null=True, blank=True)
    channels = ArrayField(
        models.CharField(max_length=20, choices=CHANNEL_CHOICES),
        verbose_name=_("channels"),
        default=list,
        blank=True,
    )
    pools_subsidiaries = models.BooleanField(_("sets of subsidiaries count together"), default=False)
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("coordinator"),
    )
    budget_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("budget owner"),
    )
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ("-window_from", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=list(CampaignState)), name="campaign_state_known"),
            models.CheckConstraint(
                condition=Q(window_from__isnull=True, window_to__isnull=True)
                | Q(window_from__isnull=False, window_to__isnull=False, window_to__gte=F("window_from")),
                name="campaign_window_in_order",
            ),
            models.CheckConstraint(
                condition=Q(channels__contained_by=list(OfferChannel)), name="campaign_channels_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/campaigns/{self.pk}/"


class CampaignProduct(Stamped):
    """What is sold in a campaign: a type of dwelling, a kind of gift box. Its price is by measure (a square metre, a box)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="products")
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    place = models.PositiveSmallIntegerField(_("order"), default=0)
    measure = models.CharField(pgettext_lazy("quantity", "measure"), max_length=20)
    size = models.DecimalField(_("measures in one set"), max_digits=10, decimal_places=2, default=1)
    price_amount = models.DecimalField(
        _("list price of one measure"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ("campaign_id", "place", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign", "code"], name="campaign_product_code_once"),
            models.CheckConstraint(condition=Q(size__gt=0), name="campaign_product_size_positive"),
            models.CheckConstraint(
                condition=Q(price_amount__isnull=True) | Q(price_amount__gt=0),
                name="campaign_product_price_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Phase(Stamped):
    """A phase with its days; phases may overlap, leave gaps and stay open at the end (S-085, S-086)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="phases")
    place = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=80)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ("campaign_id", "place")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign", "place"], name="campaign_phase_place_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="campaign_phase_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Goal(Stamped):
    """What the campaign is to reach; the actual figure is always counted from data, never typed (S-090)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="goals")
    place = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=20, choices=list(GOAL_LABELS.items()))
    channel = models.CharField(_("channel"), max_length=20, choices=CHANNEL_CHOICES, blank=True)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2)
    is_stretch = models.BooleanField(_("to be striven for"), default=False)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ("campaign_id", "place")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign", "place"], name="campaign_goal_place_once"),
            models.CheckConstraint(condition=Q(kind__in=list(GoalKind)), name="campaign_goal_kind_known"),
            models.CheckConstraint(condition=Q(target__gt=0), name="campaign_goal_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.target}"


class ScheduleLine(Stamped):
    """One line of the work schedule: what, from – until, who answers for it (S-087 … S-089, S-092, S-093)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="schedule")
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="schedule")
    place = models.PositiveSmallIntegerField(_("order"))
    text = models.CharField(_("what is to be done"), max_length=500)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    responsible = models.CharField(_("responsible"), max_length=120, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("line of the schedule")
        verbose_name_plural = _("schedule")
        ordering = ("campaign_id", "place")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign", "place"], name="campaign_line_place_once"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(due_on__isnull=True) | Q(due_on__gte=F("starts_on")),
                name="campaign_line_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Duty(Stamped):
    """Who answers for what in the campaign: a person of ours, or a party named in words."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="duties")
    kind = models.CharField(_("responsibility"), max_length=20, choices=list(DUTY_LABELS.items()))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    party = models.CharField(_("party"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        ordering = ("campaign_id", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=list(DutyKind)), name="campaign_duty_kind_known"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(party=""), name="campaign_duty_has_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person.name if self.person else self.party}"


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, user: User) -> Self:
        """Rows of units that one sees, and rows that are a name only so far."""
        mine = Q(unit__isnull=True) | Q(unit__in=KeyAccount.objects.visible_to(user))
        return self.filter(mine) if user.is_active else self.none()


class Candidate(Stamped):
    """A row of the expansion table: region, round, unit, goal (S-091); linked to the unit's file once there is one."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="candidates")
    round = models.PositiveSmallIntegerField(_("round"))
    region = models.CharField(_("region"), max_length=80, blank=True)
    channel = models.CharField(_("channel"), max_length=20, choices=CHANNEL_CHOICES)
    unit = models.ForeignKey(KeyAccount, models.PROTECT, null=True, blank=True, related_name="candidacies")
    name = models.CharField(_("unit"), max_length=200)
    goal = models.CharField(_("goal"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=list(CANDIDATE_LABELS.items()), default=CandidateState.LISTED
    )
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("expansion table")
        ordering = ("campaign_id", "round", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["campaign", "unit"],
                condition=Q(unit__isnull=False),
                name="campaign_candidate_unit_once",
            ),
            models.UniqueConstraint(fields=["campaign", "name"], name="campaign_candidate_name_once"),
            models.CheckConstraint(condition=Q(round__range=(1, 4)), name="campaign_candidate_round"),
            models.CheckConstraint(
                condition=Q(state__in=list(CandidateState)), name="campaign_candidate_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SiteVisitQuerySet(models.QuerySet["SiteVisit"]):
    def visible_to(self, user: User) -> Self:
        """Those of units that one sees."""
        rows = self.filter(unit__in=KeyAccount.objects.visible_to(user))
        return rows if user.is_active else self.none()


class SiteVisit(Stamped):
    """People of a unit brought to the site, batch by batch (S-094)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="site_visits")
    batch = models.PositiveSmallIntegerField(_("batch"))
    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="site_visits", verbose_name=_("unit"))
    on = models.DateField(_("day"))
    invited_count = models.PositiveIntegerField(_("invited"))
    came_count = models.PositiveIntegerField(_("came"), null=True, blank=True)
    transport = models.CharField(_("transport"), max_length=120, blank=True)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("led by"),
    )
    feedback = models.CharField(_("feedback"), max_length=500, blank=True)

    objects = SiteVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("site visit")
        verbose_name_plural = _("site visits")
        ordering = ("campaign_id", "batch", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["campaign", "batch", "unit"], name="site_visit_unit_once_a_batch"
            ),
            models.CheckConstraint(
                condition=Q(batch__gt=0, invited_count__gt=0), name="site_visit_brings_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch} · {self.unit.name}"


class PartnerActivity(Stamped):
    """Something done together with a partner of ours, for customers (S-095)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="activities")
    partner = models.CharField(_("partner"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=list(ACTIVITY_LABELS.items()))
    on = models.DateField(_("day"))
    where = models.CharField(_("place"), max_length=120, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    came_count = models.PositiveIntegerField(_("customers who came"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("activity with a partner")
        verbose_name_plural = _("activities with partners")
        ordering = ("campaign_id", "on", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=list(ActivityKind)), name="activity_kind_known"),
            models.CheckConstraint(condition=~Q(partner=""), name="activity_has_partner"),
        ]

    def __str__(self) -> str:
        return f"{self.partner} · {self.get_kind_display()}"
