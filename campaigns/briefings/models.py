"""Product briefings at a unit (S-176 … S-183): the request, who and what takes part, the seven steps, who came and what they want."""

import uuid
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.briefings.labels import ITEM_LABELS, ROLE_LABELS, STATE_LABELS, STEP_LABELS
from campaigns.briefings.terms import OPEN, BriefingState, ItemKind, StaffRole, Step
from campaigns.budgets.models import BudgetLine, Movement
from campaigns.campaigns.models import Campaign
from campaigns.materials.models import Material
from campaigns.prospects.labels import INTENTION_LABELS
from campaigns.prospects.models import Prospect
from campaigns.prospects.terms import INTENTION_TONES, Intention
from kam.core.clock import department_zone
from kam.core.models import Stamped, Versioned
from kam.users.models import User
from kam.users.scopes import Reach, owned_rows, scope_of
from visits.bookings.models import Resource

#: Held or not, they stand for something that takes place.
_GOES_ON = (BriefingState.APPROVED, BriefingState.PREPARED, BriefingState.HELD, BriefingState.CLOSED)


def _money(label: Any, **options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=12, decimal_places=2, **options)


class BriefingQuerySet(models.QuerySet["Briefing"]):
    def visible_to(self, user: User) -> Self:
        """Briefings of the units that one sees, and those in which one takes part."""
        if scope_of(user).reach is Reach.NOTHING:
            return self.none()
        if scope_of(user).reach is Reach.DEPARTMENT:
            return self.all()  # an empty condition would vanish in the "or" below
        mine = Q(pk__in=BriefingStaff.objects.filter(person=user).values("briefing"))
        return self.filter(mine | owned_rows(user, owner="unit__owner", team="unit__team"))

    def open(self) -> Self:
        """Something is still to be done."""
        return self.filter(state__in=OPEN)

    def going_on(self) -> Self:
        """Approved, and not called off."""
        return self.filter(state__in=_GOES_ON)

    def held(self) -> Self:
        return self.filter(state__in=[BriefingState.HELD, BriefingState.CLOSED])


class Briefing(Stamped, Versioned):
    """A presentation at a unit: asked for, decided, prepared, held in seven steps, closed with its return visits."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="briefings", verbose_name=_("campaign")
    )
    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="briefings", verbose_name=_("unit"))
    contact = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agreed with")
    )
    place = models.CharField(_("place"), max_length=200)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    expected_count = models.PositiveIntegerField(_("participants expected"))
    why = models.TextField(_("why now"))
    estimate_amount = _money(_("estimated cost"), default=0)
    line = models.ForeignKey(
        BudgetLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="briefings",
        verbose_name=_("budget line"),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=list(STATE_LABELS.items()), default=BriefingState.PENDING
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("applicant")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="briefings", verbose_name=_("responsible")
    )
    asked_on = models.DateField(_("asked on"))
    reservation = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="+")
    payment = models.OneToOneField(Movement, models.PROTECT, null=True, related_name="+")
    actual_amount = _money(_("actual cost"), null=True, blank=True)
    document = models.CharField(_("number of the bill"), max_length=60, blank=True)
    analysis = models.TextField(_("analysis"), blank=True)
    end_reason = models.CharField(_("why nothing came of it"), max_length=200, blank=True)

    objects = BriefingQuerySet.as_manager()

    class Meta:
        verbose_name = _("product briefing")
        verbose_name_plural = _("product briefings")
        ordering = ("-starts_at", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=list(BriefingState)), name="briefing_state_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="briefing_times_in_order"),
            models.CheckConstraint(condition=Q(expected_count__gt=0), name="briefing_expects_somebody"),
            models.CheckConstraint(
                condition=Q(estimate_amount=0) | Q(estimate_amount__gt=0, line__isnull=False),
                name="briefing_cost_has_line",
            ),
            models.CheckConstraint(
                condition=Q(estimate_amount=0)
                | Q(reservation__isnull=False)
                | ~Q(state__in=[BriefingState.APPROVED, BriefingState.PREPARED]),
                name="briefing_approved_holds_its_money",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.unit.name}"

    @property
    def day(self) -> date:
        """The department's day on which it takes place."""
        return localtime(self.starts_at, department_zone()).date()

    def get_absolute_url(self) -> str:
        return f"/briefings/{self.pk}/"


class BriefingStaff(Stamped):
    """Who takes part on our side: one of us, booked for the time, or a name."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="staff")
    role = models.CharField(_("role"), max_length=10, choices=list(ROLE_LABELS.items()))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=80)
    presents = models.BooleanField(_("explains the slides"), default=False)

    class Meta:
        verbose_name = _("participant on our side")
        verbose_name_plural = _("participants on our side")
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(role__in=list(StaffRole)), name="briefing_role_known"),
            models.UniqueConstraint(
                fields=["briefing", "person"],
                condition=Q(person__isnull=False),
                name="briefing_person_once",
            ),
            models.UniqueConstraint(
                fields=["briefing"], condition=Q(presents=True), name="briefing_one_presenter"
            ),
            models.CheckConstraint(
                condition=Q(presents=False) | Q(role=StaffRole.SALES), name="briefing_presenter_sells"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.name}"


class BriefingItem(Stamped):
    """What is taken along: from the stock of the campaign (issued when reserved), a thing that is booked, or brought along."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="items")
    kind = models.CharField(_("what"), max_length=12, choices=list(ITEM_LABELS.items()))
    quantity = models.PositiveIntegerField(_("quantity"), null=True, blank=True)
    material = models.ForeignKey(Material, models.PROTECT, null=True, blank=True, related_name="+")
    resource = models.ForeignKey(Resource, models.PROTECT, null=True, blank=True, related_name="+")
    left_count = models.PositiveIntegerField(_("given back"), null=True, blank=True)

    class Meta:
        verbose_name = _("thing taken along")
        verbose_name_plural = _("things taken along")
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=list(ItemKind)), name="briefing_item_known"),
            models.UniqueConstraint(fields=["briefing", "kind"], name="briefing_item_once"),
            models.CheckConstraint(
                condition=Q(material__isnull=True) | Q(quantity__gt=0, resource__isnull=True),
                name="briefing_item_from_one_place",
            ),
            models.CheckConstraint(
                condition=Q(left_count__isnull=True) | Q(left_count__lte=F("quantity")),
                name="briefing_item_left_of_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.quantity or ''}".strip()


class BriefingStep(Stamped):
    """A step that was done; the database keeps them without gaps."""

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="steps")
    step = models.PositiveSmallIntegerField(
        _("step"), choices=[(step.value, label) for step, label in STEP_LABELS.items()]
    )
    done_on = models.DateField(_("done on"))
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("step of a briefing")
        verbose_name_plural = _("steps of briefings")
        ordering = ("briefing_id", "step")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["briefing", "step"], name="briefing_step_once"),
            models.CheckConstraint(
                condition=Q(step__range=(min(Step), max(Step))), name="briefing_step_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.get_step_display()}"


class Attendee(Stamped, Versioned):
    """Somebody who came, taken down at the briefing; the browser's own number makes a second sending harmless."""

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="attendees")
    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80)
    department = models.CharField(_("department"), max_length=80, blank=True)
    mobile = models.CharField(_("mobile"), max_length=40, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    intention = models.CharField(_("intention"), max_length=12, choices=list(INTENTION_LABELS.items()))
    question = models.CharField(_("question, need"), max_length=300, blank=True)
    joined = models.BooleanField(_("joined as a member"), default=False)
    return_on = models.DateField(_("return visit on"), null=True, blank=True)
    prospect = models.ForeignKey(
        Prospect,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("registered as"),
    )
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ("briefing_id", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(intention__in=list(Intention)), name="attendee_intention_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="attendee_has_name"),
            models.UniqueConstraint(
                fields=["briefing", "mobile"], condition=~Q(mobile=""), name="attendee_mobile_once"
            ),
            models.UniqueConstraint(
                fields=["briefing", "person"],
                condition=Q(person__isnull=False),
                name="attendee_person_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def intention_badge(self) -> tuple[str, str]:
        """The colour and the word of what they want."""
        return INTENTION_TONES[Intention(self.intention)], str(self.get_intention_display())
