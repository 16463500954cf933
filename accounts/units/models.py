"""The unit and its dated history: what was observed, who owned it, how status and tier changed."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.units import labels
from accounts.units.terms import STATUS_TONES, Channel, Field, Phase, Tier, UnitClass, UnitSource, UnitStatus
from kam.core.clock import business_date
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import owned_rows

#: Units with a file of their own, not merged into another.
LIVE = Q(merged_into__isnull=True)


class KeyAccountQuerySet(models.QuerySet["KeyAccount"]):
    def visible_to(self, user: User) -> Self:
        """Units whose record `user` may open: own, the team's, the department's (12-decisions, 2)."""
        return self.filter(owned_rows(user))


_KeyAccountRows = models.Manager.from_queryset(KeyAccountQuerySet)


class KeyAccountManager(_KeyAccountRows):  # type: ignore[type-arg]  # made at run time, of one model
    """Units with a file of their own; one that was merged into another is found through `everything` only."""

    def get_queryset(self) -> KeyAccountQuerySet:
        return super().get_queryset().filter(LIVE)  # type: ignore[return-value]  # of the class above


class KeyAccount(Stamped, Versioned):
    """A unit: an organisation that the department develops (S-001)."""

    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    english_name = models.CharField(_("English name"), max_length=200, blank=True)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent unit")
    )
    channel = models.CharField(_("channel"), max_length=20, choices=list(labels.CHANNEL_LABELS.items()))
    industry = models.ForeignKey(
        "users.Industry",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        verbose_name=_("industry"),
    )
    area = models.CharField(_("area"), max_length=80, blank=True)
    expansion_round = models.PositiveSmallIntegerField(_("expansion round"), null=True, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    phone_key = models.CharField(max_length=40, blank=True, editable=False)
    website = models.URLField(_("website"), blank=True)
    internal_website = models.CharField(_("internal website"), max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        verbose_name=_("owner"),
        db_index=False,  # unit_sorted_by_owner begins with it
    )
    team = models.ForeignKey(
        "users.Team",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        verbose_name=_("team"),
        db_index=False,  # unit_sorted_by_team begins with it
    )
    source = models.CharField(
        _("source"), max_length=20, blank=True, choices=list(labels.SOURCE_LABELS.items())
    )
    unit_class = models.CharField(
        _("class"), max_length=20, blank=True, choices=list(labels.CLASS_LABELS.items())
    )
    tier = models.CharField(_("tier"), max_length=1, choices=list(labels.TIER_LABELS.items()), default=Tier.D)
    status = models.CharField(
        _("status"), max_length=20, choices=list(labels.STATUS_LABELS.items()), default=UnitStatus.PROSPECT
    )
    file_number = models.CharField(_("file number"), max_length=20, blank=True)
    file_opened_on = models.DateField(_("file opened on"), null=True, blank=True)
    current_status = models.CharField(_("current situation"), max_length=300, blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_step_due_on = models.DateField(_("next step due on"), null=True, blank=True)
    is_core = models.BooleanField(_("can place big orders"), default=False)
    is_focus = models.BooleanField(_("focus unit"), default=False)
    phase = models.PositiveSmallIntegerField(
        _("phase"),
        choices=list(labels.PHASE_LABELS.items()),
        default=Phase.GOAL,
        db_default=Phase.GOAL.value,
        editable=False,
    )
    phase_since_on = models.DateField(
        _("in this phase since"), default=business_date, db_default=Now(), editable=False
    )
    step = models.PositiveSmallIntegerField(
        _("step"), choices=list(labels.STEP_LABELS.items()), default=1, db_default=1, editable=False
    )
    last_contact_on = models.DateField(_("last contact"), null=True, blank=True, editable=False)
    last_visit_on = models.DateField(_("last visit"), null=True, blank=True, editable=False)
    sort_key = models.CharField(max_length=200, blank=True, editable=False)
    pinyin = models.TextField(blank=True, editable=False)
    initials = models.TextField(blank=True, editable=False)
    bigrams = ArrayField(models.CharField(max_length=4), default=list, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    merged_on = models.DateField(null=True, editable=False)
    absorbed_ids = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    former_names = models.TextField(blank=True, editable=False)

    objects = KeyAccountManager()
    everything = KeyAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ("sort_key", "id")
        constraints = [
            models.UniqueConstraint(fields=["name_key"], condition=LIVE, name="unit_name_key_once"),
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~Q(credit_code="") & LIVE,
                name="unit_credit_code_once",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, merged_on__isnull=True)
                | Q(merged_into__isnull=False, merged_on__isnull=False) & ~Q(merged_into=F("id")),
                name="unit_merged_into_another",
            ),
            models.UniqueConstraint(
                fields=["file_number"], condition=~Q(file_number=""), name="unit_file_number_once"
            ),
            models.CheckConstraint(condition=~Q(name_key=""), name="unit_has_a_name"),
            models.CheckConstraint(condition=Q(channel__in=list(Channel)), name="unit_channel_known"),
            models.CheckConstraint(condition=Q(tier__in=list(Tier)), name="unit_tier_known"),
            models.CheckConstraint(condition=Q(status__in=list(UnitStatus)), name="unit_status_known"),
            models.CheckConstraint(condition=Q(unit_class__in=["", *UnitClass]), name="unit_class_known"),
            models.CheckConstraint(condition=Q(source__in=["", *UnitSource]), name="unit_source_known"),
            models.CheckConstraint(condition=Q(phase__range=(1, 7)), name="unit_phase_known"),
            models.CheckConstraint(condition=Q(step__range=(1, 7)), name="unit_step_known"),
            models.CheckConstraint(
                condition=Q(expansion_round__isnull=True) | Q(expansion_round__range=(1, 99)),
                name="unit_round_sensible",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="unit_not_its_parent"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # Owner and team come along wherever rows are counted: no row needs to be looked at. Merged units are in none of these, so
            # that nothing has to be looked up to leave them out.
            models.Index(
                fields=["sort_key", "id"], include=["owner", "team"], name="unit_sorted", condition=LIVE
            ),
            # What the count of incomplete files asks first of each unit comes along.
            models.Index(
                fields=["owner", "sort_key", "id"],
                include=["team", "file_opened_on", "industry"],
                name="unit_sorted_by_owner",
                condition=LIVE,
            ),
            models.Index(
                fields=["team", "sort_key", "id"],
                include=["owner"],
                name="unit_sorted_by_team",
                condition=LIVE,
            ),
            models.Index(fields=["owner", "-last_visit_on", "-id"], name="unit_by_owner_visit"),
            models.Index(fields=["team", "-last_visit_on", "-id"], name="unit_by_team_visit"),
            models.Index(fields=["-last_visit_on", "-id"], name="unit_by_visit"),
            models.Index(fields=["tier", "last_contact_on"], name="unit_by_tier_contact"),
            models.Index(
                fields=["tier", "sort_key", "id"],
                include=["status"],
                name="unit_sorted_by_tier",
                condition=LIVE,
            ),
            models.Index(
                fields=["status", "sort_key", "id"],
                include=["tier"],
                name="unit_sorted_by_status",
                condition=LIVE,
            ),
            models.Index(
                fields=["phase", "phase_since_on", "id"],
                include=["owner", "team", "status"],
                name="unit_by_phase",
                condition=LIVE,
            ),
            models.Index(fields=["next_step_due_on"], name="unit_by_next_step"),
            models.Index(fields=["owner", "tier"], name="unit_in_focus", condition=LIVE & Q(is_focus=True)),
            models.Index(fields=["phone_key"], condition=~Q(phone_key=""), name="unit_by_phone"),
            models.Index(
                fields=["name_key"], condition=Q(merged_into__isnull=False), name="unit_by_former_name"
            ),
            GinIndex(
                OpClass("name_key", "gin_trgm_ops"),
                OpClass("pinyin", "gin_trgm_ops"),
                OpClass("initials", "gin_trgm_ops"),
                name="unit_by_trigram",
            ),
            GinIndex(fields=["bigrams"], name="unit_by_bigram"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/accounts/{self.pk}/"

    @property
    def status_tone(self) -> str:
        """The colour word of the status: draft, pending, good, warn, danger."""
        return STATUS_TONES[UnitStatus(self.status)]


class ObservationQuerySet(models.QuerySet["Observation"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def current(self) -> Self:
        """The value that counts now: per unit and field the one learned last, in one query."""
        return self.order_by("unit_id", "field", "-learned_on", "-id").distinct("unit_id", "field")


class Observation(Stamped):
    """A value of one field, with the day it was learned and from which visit. Added, never changed (F02)."""

    unit = models.ForeignKey(
        KeyAccount, models.PROTECT, related_name="observations", db_index=False
    )  # observation_latest begins with it
    field = models.CharField(max_length=40, choices=list(labels.FIELD_LABELS.items()))
    value = models.JSONField()
    learned_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=60, blank=True)
    source_label = models.CharField(max_length=300, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.CheckConstraint(condition=Q(field__in=list(Field)), name="observation_field_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "field", "-learned_on", "-id"], name="observation_latest"),
            models.Index(fields=["source_kind", "source_id"], name="observation_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.field} = {self.value}"


class OwnershipQuerySet(models.QuerySet["Ownership"]):
    def on(self, day: date) -> Self:
        """Who owned it on `day`."""
        return self.filter(started_on__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))


class Ownership(Stamped):
    """Who owned a unit from `started_on` until the day before `ended_on`; never two at once."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="ownerships")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ownerships")
    team = models.ForeignKey("users.Team", models.PROTECT, null=True, related_name="+")
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    objects = OwnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("ownership")
        verbose_name_plural = _("ownerships")
        ordering = ("unit_id", "started_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="ownership_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(ended_on__isnull=True), name="ownership_one_open"
            ),
            ExclusionConstraint(
                name="ownership_one_at_a_time",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    (
                        Func(
                            F("started_on"),
                            F("ended_on"),
                            Value("[)"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.owner}"


class StatusChange(Stamped):
    """One dated change of status; KPIs of new development and churn read these (12-decisions, 22)."""

    unit = models.ForeignKey(
        KeyAccount, models.PROTECT, related_name="status_changes", db_index=False
    )  # status_change_by_unit begins with it
    old = models.CharField(max_length=20, blank=True, choices=list(labels.STATUS_LABELS.items()))
    new = models.CharField(max_length=20, choices=list(labels.STATUS_LABELS.items()))
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("change of status")
        verbose_name_plural = _("changes of status")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "-on", "-id"], name="status_change_by_unit"),
            models.Index(fields=["new", "on"], name="status_change_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class TierChange(Stamped):
    """One change of tier with its reason, confirmed by whoever may."""

    unit = models.ForeignKey(
        KeyAccount, models.PROTECT, related_name="tier_changes", db_index=False
    )  # tier_change_by_unit begins with it
    old = models.CharField(max_length=1, blank=True)
    new = models.CharField(max_length=1)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("change of tier")
        verbose_name_plural = _("changes of tier")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "-on", "-id"], name="tier_change_by_unit")
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class DirtyUnit(models.Model):
    """A unit whose red flags the tick must compute again; written in the act's own transaction (12-decisions, 31)."""

    unit = models.OneToOneField(KeyAccount, models.CASCADE, primary_key=True, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["marked_at"], name="dirty_unit_oldest")]

    def __str__(self) -> str:
        return str(self.unit_id)
