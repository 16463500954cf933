"""Persons at a unit and everything dated about them: roles, assessments, key-person periods, relations."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import ExtractDay, ExtractMonth
from django.utils.translation import gettext_lazy as _

from accounts.persons import labels
from accounts.persons.terms import Attitude, BuyerRole, Insider, Official, RelationKind
from accounts.units.models import KeyAccount
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import owned_rows

#: The birthday without its year, as a number: 1122 is the 22nd of November.
MONTH_AND_DAY = ExtractMonth("birthday") * 100 + ExtractDay("birthday")


def days(start: str = "started_on", end: str = "ended_on") -> Func:
    """The half-open range of days [start, end) of a row."""
    return Func(F(start), F(end), Value("[)"), function="daterange", output_field=DateRangeField())


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: User) -> Self:
        """Persons of the units that `user` sees."""
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def present(self) -> Self:
        """Persons who have not left."""
        return self.filter(left_on__isnull=True)


_PersonRows = models.Manager.from_queryset(PersonQuerySet)


class PersonManager(_PersonRows):  # type: ignore[type-arg]  # made at run time, of one model
    """Persons with an entry of their own; one that was merged into another is found through `everything` only."""

    def get_queryset(self) -> PersonQuerySet:
        return super().get_queryset().filter(merged_into__isnull=True)  # type: ignore[return-value]  # of the class above


class Person(Stamped, Versioned):
    """A person at a unit. The columns hold the latest assessment, PersonFact its dated history (F05)."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="persons", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=80)
    post = models.CharField(_("post"), max_length=80, blank=True)
    department = models.CharField(_("department"), max_length=80, blank=True)
    reports_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("reports to (person)"),
    )
    mobile = models.CharField(_("mobile"), max_length=40, blank=True)
    mobile_key = models.CharField(max_length=40, blank=True, editable=False)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    wechat = models.CharField(_("WeChat"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    birthday = models.DateField(_("birthday"), null=True, blank=True)
    hobbies = models.CharField(_("hobbies"), max_length=300, blank=True)
    background = models.TextField(_("background"), max_length=2000, blank=True)
    home = models.CharField(_("home"), max_length=300, blank=True)
    family = models.CharField(_("family"), max_length=300, blank=True)
    level = models.CharField(_("level"), max_length=20, blank=True, choices=list(labels.LEVEL_LABELS.items()))
    function = models.CharField(
        _("function"), max_length=20, blank=True, choices=list(labels.FUNCTION_LABELS.items())
    )
    style = models.CharField(
        _("personality style"), max_length=20, blank=True, choices=list(labels.STYLE_LABELS.items())
    )
    attitude = models.CharField(
        _("attitude"),
        max_length=20,
        choices=list(labels.ATTITUDE_LABELS.items()),
        default=Attitude.UNKNOWN,
    )
    influence = models.PositiveSmallIntegerField(_("influence"), null=True, blank=True)
    response_mode = models.CharField(
        _("response mode"), max_length=20, blank=True, choices=list(labels.RESPONSE_LABELS.items())
    )
    rating = models.SmallIntegerField(_("rating"), null=True, blank=True)
    personal_win = models.CharField(_("personal win"), max_length=300, blank=True)
    insider = models.CharField(
        _("insider"), max_length=20, choices=list(labels.INSIDER_LABELS.items()), default=Insider.NONE
    )
    insider_learn = models.CharField(_("what to learn from them"), max_length=300, blank=True)
    insider_cultivate = models.CharField(_("how to cultivate"), max_length=300, blank=True)
    insider_tasks = models.CharField(_("easy tasks"), max_length=300, blank=True)
    insider_density = models.CharField(_("density of contact"), max_length=80, blank=True)
    awareness = models.PositiveSmallIntegerField(_("awareness of our product"), null=True, blank=True)
    acceptance = models.PositiveSmallIntegerField(_("acceptance of our product"), null=True, blank=True)
    knows_unit = models.BooleanField(_("knows the unit well"), null=True, blank=True)
    has_appeal = models.BooleanField(_("has influence and appeal"), null=True, blank=True)
    has_decision_power = models.BooleanField(_("has some power to decide"), null=True, blank=True)
    knows_places = models.CharField(_("places for information racks"), max_length=300, blank=True)
    knows_times = models.CharField(_("times of assemblies and gifts"), max_length=300, blank=True)
    first_met_on = models.DateField(_("first met on"), null=True, blank=True)
    last_contact_on = models.DateField(_("last contact"), null=True, blank=True, editable=False)
    added_on = models.DateField(_("added on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    left_reason = models.CharField(_("why or where to"), max_length=300, blank=True)
    official = models.CharField(
        _("public official"),
        max_length=10,
        choices=list(labels.OFFICIAL_LABELS.items()),
        default=Official.UNKNOWN,
    )
    consent_source = models.CharField(
        _("source of the personal data"),
        max_length=20,
        blank=True,
        choices=list(labels.CONSENT_LABELS.items()),
    )
    consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    pinyin = models.TextField(blank=True, editable=False)
    initials = models.TextField(blank=True, editable=False)
    bigrams = ArrayField(models.CharField(max_length=4), default=list, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    merged_on = models.DateField(null=True, editable=False)
    absorbed_ids = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    former_names = models.TextField(blank=True, editable=False)

    objects = PersonManager()
    everything = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ("unit_id", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, merged_on__isnull=True)
                | Q(merged_into__isnull=False, merged_on__isnull=False) & ~Q(merged_into=F("id")),
                name="person_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(-5, 5)), name="person_rating_in_scale"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (1, 5)}),
                    name=f"person_{field}_in_scale",
                )
                for field in ("influence", "awareness", "acceptance")
            ),
            models.CheckConstraint(
                condition=Q(attitude__in=list(Attitude)) & Q(insider__in=list(Insider)),
                name="person_words_known",
            ),
            models.CheckConstraint(condition=Q(official__in=list(Official)), name="person_official_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "left_on"], name="person_by_unit"),
            models.Index(
                MONTH_AND_DAY,
                condition=Q(birthday__isnull=False, left_on__isnull=True, merged_into__isnull=True),
                include=["id", "unit", "birthday"],  # who celebrates is found without reading any person
                name="person_celebrating",
            ),
            models.Index(fields=["mobile_key"], condition=~Q(mobile_key=""), name="person_by_mobile"),
            GinIndex(fields=["bigrams"], name="person_by_bigram"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/persons/{self.pk}/"


class PersonRoleQuerySet(models.QuerySet["PersonRole"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(owned_rows(user, owner="person__unit__owner", team="person__unit__team"))

    def on(self, day: date) -> Self:
        """Roles held on `day`."""
        return self.filter(started_on__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))


class PersonRole(Stamped):
    """A buyer role from `started_on` until the day before `ended_on`, assumed or confirmed (S-032 … S-037)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    role = models.CharField(_("buyer role"), max_length=20, choices=list(labels.ROLE_LABELS.items()))
    gatekeeper_kind = models.CharField(
        _("kind of gatekeeper"), max_length=20, blank=True, choices=list(labels.GATEKEEPER_LABELS.items())
    )
    confidence = models.CharField(
        _("confidence"), max_length=20, choices=list(labels.CONFIDENCE_LABELS.items())
    )
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = PersonRoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("buyer role")
        verbose_name_plural = _("buyer roles")
        ordering = ("person_id", "started_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=(Q(role=BuyerRole.GATEKEEPER) & Q(gatekeeper_kind__in=["technical", "financial"]))
                | (Q(role__in=[BuyerRole.DECISION_MAKER, BuyerRole.USER]) & Q(gatekeeper_kind="")),
                name="role_and_kind_fit",
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=["assumed", "confirmed"]), name="role_confidence_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="role_ends_after_start",
            ),
            ExclusionConstraint(
                name="role_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("gatekeeper_kind", RangeOperators.EQUAL),
                    (days(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_gatekeeper_kind_display() or self.get_role_display()}"


class PersonFact(Stamped):
    """One assessed value with the day it was learned. Added, never changed; the map of a past day reads these."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="facts")
    field = models.CharField(max_length=40)
    value = models.JSONField(null=True)
    learned_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=60, blank=True)
    source_label = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("fact about a person")
        verbose_name_plural = _("facts about persons")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "field", "-learned_on", "-id"], name="person_fact_latest")
        ]

    def __str__(self) -> str:
        return f"{self.field} = {self.value}"


class KeyPersonPeriodQuerySet(models.QuerySet["KeyPersonPeriod"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))

    def on(self, day: date) -> Self:
        """Who was the designated key person on `day`."""
        return self.filter(started_on__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))


class KeyPersonPeriod(Stamped):
    """The designated key person from `started_on` until the day before `ended_on`; a unit's periods never overlap (S-045)."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="key_person_periods")
    person = models.ForeignKey(Person, models.PROTECT, related_name="key_person_periods")
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"), null=True, blank=True)
    designated_at = models.DateTimeField(_("designated at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    end_reason = models.CharField(_("reason of the end"), max_length=300, blank=True)
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=60, blank=True)
    source_label = models.CharField(max_length=300, blank=True)

    objects = KeyPersonPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("key-person period")
        verbose_name_plural = _("key-person periods")
        ordering = ("unit_id", "started_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="key_person_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(ended_on__isnull=True), name="key_person_one_open"
            ),
            ExclusionConstraint(
                name="key_person_one_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), (days(), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.person}"


class KeyPersonChange(Stamped):
    """Somebody asked to make another person the key person; manager and director decide (12-decisions 19)."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="key_person_changes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("change of key person")
        verbose_name_plural = _("changes of key person")
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(closed_at__isnull=True), name="key_person_change_one_open"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="key_person_change_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.person}"


class RelationQuerySet(models.QuerySet["Relation"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(owned_rows(user, owner="person__unit__owner", team="person__unit__team"))


class Relation(Stamped):
    """A person and another person, or a person and one of us: kind and strength, dated."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="relations")
    other = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="relations_to")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="known_persons"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=list(labels.RELATION_LABELS.items()))
    strength = models.PositiveSmallIntegerField(_("strength"), default=3)
    note = models.CharField(_("note"), max_length=300, blank=True)
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.CheckConstraint(
                condition=Q(other__isnull=True, staff__isnull=False)
                | Q(other__isnull=False, staff__isnull=True),
                name="relation_has_one_other_end",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(other=F("person")), name="relation_not_to_self"
            ),
            models.CheckConstraint(condition=Q(strength__range=(1, 5)), name="relation_strength_in_scale"),
            models.CheckConstraint(condition=Q(kind__in=list(RelationKind)), name="relation_kind_known"),
            models.UniqueConstraint(
                fields=["person", "other", "kind"],
                condition=Q(ended_on__isnull=True, other__isnull=False),
                name="relation_once",
            ),
            models.UniqueConstraint(
                fields=["person", "staff", "kind"],
                condition=Q(ended_on__isnull=True, staff__isnull=False),
                name="relation_with_staff_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()} {self.other or self.staff}"
