"""Service plans: who is served how and how often, as dated revisions; what was concluded of it; and what we propose."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.roles.labels import SEAT_LABELS
from accounts.roles.terms import Seat
from accounts.service_plans import labels
from accounts.service_plans.rules import MOST_DAYS, MOST_MONTHS, MOST_WEEKS
from accounts.service_plans.terms import Because, DayPart, Every, Mode
from accounts.units.models import KeyAccount
from accounts.units.terms import Tier
from kam.core.models import Stamped
from kam.users.models import User
from kam.users.scopes import owned_rows


class Planned(Stamped):
    """Mode, time and frequency, as a template proposes them and a revision says them."""

    mode = models.CharField(_("mode of service"), max_length=10, choices=list(labels.MODE_LABELS.items()))
    day_part = models.CharField(_("time of day"), max_length=12, choices=list(labels.DAY_PART_LABELS.items()))
    every = models.CharField(_("unit of time"), max_length=8, choices=list(labels.EVERY_LABELS.items()))
    number = models.PositiveSmallIntegerField(_("every"), validators=[MinValueValidator(1)])
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("days of the week"), default=list, blank=True
    )
    day_of_month = models.PositiveSmallIntegerField(
        _("day of the month"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
    )

    class Meta:
        abstract = True

    @property
    def frequency_text(self) -> str:
        return labels.say_frequency(self.every, self.number, self.weekdays, self.day_of_month)


def _sound(name: str) -> list[models.BaseConstraint]:
    """The words are known and the frequency can be."""
    return [
        models.CheckConstraint(
            condition=Q(mode__in=list(Mode), day_part__in=list(DayPart)), name=f"{name}_words_known"
        ),
        models.CheckConstraint(
            condition=Q(every=Every.DAYS, number__range=(1, MOST_DAYS))
            | Q(every=Every.WEEKS, number__range=(1, MOST_WEEKS), weekdays__len__gt=0)
            | Q(every=Every.MONTHS, number__range=(1, MOST_MONTHS), day_of_month__range=(1, 31)),
            name=f"{name}_frequency_sound",
        ),
    ]


class ServicePlanTemplate(Planned):
    """One version of what we propose for a role at units of a tier. Editing adds a version; its texts stand in three languages."""

    seat = models.CharField(_("buyer role"), max_length=20, choices=list(SEAT_LABELS.items()))
    tier = models.CharField(_("tier"), max_length=1, choices=[(t.value, t.value) for t in Tier])
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    objective = models.CharField(_("objective"), max_length=300)
    objective_zh_hans = models.CharField(_("objective (Simplified Chinese)"), max_length=300, blank=True)
    objective_zh_hant = models.CharField(_("objective (Traditional Chinese)"), max_length=300, blank=True)
    action = models.CharField(_("action"), max_length=500)
    action_zh_hans = models.CharField(_("action (Simplified Chinese)"), max_length=500, blank=True)
    action_zh_hant = models.CharField(_("action (Traditional Chinese)"), max_length=500, blank=True)
    introduced_on = models.DateField(_("in force from"))
    replaced_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("service plan template")
        verbose_name_plural = _("service plan templates")
        ordering = ("seat", "tier", "version")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["seat", "tier", "version"], name="plan_template_version_once"),
            models.UniqueConstraint(
                fields=["seat", "tier"], condition=Q(replaced_on__isnull=True), name="plan_template_one_open"
            ),
            models.CheckConstraint(
                condition=Q(seat__in=list(Seat), tier__in=list(Tier)), name="plan_template_place_known"
            ),
            models.CheckConstraint(
                condition=Q(replaced_on__isnull=True) | Q(replaced_on__gte=F("introduced_on")),
                name="plan_template_ends_after_start",
            ),
            *_sound("plan_template"),
        ]

    def __str__(self) -> str:
        return f"{self.get_seat_display()} · {self.tier}"

    def told(self, name: str) -> str:
        """Return objective or action in the reader's language, in English where it was not written in theirs."""
        suffix = {"zh-hans": "_zh_hans", "zh-hant": "_zh_hant"}.get(get_language() or "", "")
        return str(getattr(self, name + suffix) or getattr(self, name))


class ServicePlanQuerySet(models.QuerySet["ServicePlan"]):
    def visible_to(self, user: User) -> Self:
        """Plans follow the unit: whoever has the unit has its plans."""
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))


class ServicePlan(Stamped):
    """How a person in a buyer role is served (S-054); what it says stands in the revisions."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="service_plans")
    person = models.ForeignKey(Person, models.PROTECT, related_name="service_plans")
    seat = models.CharField(_("buyer role"), max_length=20, choices=list(SEAT_LABELS.items()))

    objects = ServicePlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("service plan")
        verbose_name_plural = _("service plans")
        ordering = ("unit_id", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "seat"], name="service_plan_once_a_role"),
            models.CheckConstraint(condition=Q(seat__in=list(Seat)), name="service_plan_seat_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_seat_display()}"

    def get_absolute_url(self) -> str:
        return f"/service-plans/{self.pk}/"


class ServicePlanReview(Stamped):
    """What was concluded of a unit's plans over a period, with the figures as they stood. Added, never changed (S-055)."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="service_plan_reviews")
    on = models.DateField(_("reviewed on"))
    first_on = models.DateField(_("from"))
    because = models.CharField(
        _("why it was due"), max_length=10, choices=list(labels.BECAUSE_LABELS.items()), blank=True
    )
    planned = models.PositiveSmallIntegerField(_("planned"))
    done = models.PositiveSmallIntegerField(_("done"))
    late = models.PositiveSmallIntegerField(_("late"))
    open = models.PositiveSmallIntegerField(_("open"))
    missed = models.PositiveSmallIntegerField(_("missed"))
    unplanned = models.PositiveSmallIntegerField(_("unplanned"))
    conclusion = models.TextField(_("conclusion"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("review of service plans")
        verbose_name_plural = _("reviews of service plans")
        ordering = ("unit_id", "-on")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "on"], name="plan_review_once_a_day"),
            models.CheckConstraint(
                condition=~Q(conclusion="") & Q(because__in=["", *Because]) & Q(on__gte=F("first_on")),
                name="plan_review_says_something",
            ),
            models.CheckConstraint(
                condition=Q(planned=F("done") + F("late") + F("open") + F("missed")),
                name="plan_review_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.on}"


class ServicePlanRevision(Planned):
    """What a plan says from `starts_on` until the day before the next revision. Added, never changed."""

    plan = models.ForeignKey(ServicePlan, models.PROTECT, related_name="revisions")
    revision = models.PositiveSmallIntegerField(_("revision"))
    starts_on = models.DateField(_("from"))
    objective = models.CharField(_("objective"), max_length=300)
    action = models.CharField(_("action"), max_length=500)
    is_stopped = models.BooleanField(_("stopped"), default=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    template = models.ForeignKey(
        ServicePlanTemplate, models.PROTECT, null=True, blank=True, related_name="revisions"
    )
    review = models.ForeignKey(
        ServicePlanReview, models.PROTECT, null=True, blank=True, related_name="revisions"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("revision of a service plan")
        verbose_name_plural = _("revisions of service plans")
        ordering = ("plan_id", "revision")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "revision"], name="plan_revision_once"),
            models.CheckConstraint(
                condition=~Q(objective="") & ~Q(action="") & Q(revision__gte=1),
                name="plan_revision_says_all",
            ),
            models.CheckConstraint(
                condition=Q(revision=1, is_stopped=False) | Q(revision__gt=1) & ~Q(reason=""),
                name="plan_revision_has_reason",
            ),
            *_sound("plan_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.revision}"
