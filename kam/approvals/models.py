"""Routes as data, and what happened on them: requests, rounds, stages, seats, decisions, snapshots."""

from datetime import date
from functools import reduce
from operator import or_
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kam.approvals.names import subject_name
from kam.approvals.registry import substitutes_on
from kam.approvals.rules import sits_at
from kam.approvals.terms import (
    CLOSING_ACTIONS,
    LIVE_STATES,
    Action,
    Official,
    RequestState,
    SeatOrigin,
    StageState,
)
from kam.core.clock import business_date
from kam.core.models import Stamped, Versioned
from kam.users.models import POSITION_LABELS, User
from kam.users.terms import Position

STATE_LABELS = {
    RequestState.DRAFT: _("draft"),
    RequestState.PENDING: _("waiting for approval"),
    RequestState.RETURNED: _("returned"),
    RequestState.APPROVED: _("approved"),
    RequestState.REJECTED: _("rejected"),
    RequestState.WITHDRAWN: _("withdrawn"),
    RequestState.VOIDED: _("void"),
}
POSITION_CHOICES = [(p.value, POSITION_LABELS[p]) for p in Position]


class RouteQuerySet(models.QuerySet["Route"]):
    def on(self, day: date) -> Self:
        """Routes in force on `day`; the last day belongs to the successor (half-open)."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day))


class Route(Stamped):
    """The steps of one kind of request from one day on. Never edited: a rule change brings the next version."""

    subject_key = models.CharField(_("subject"), max_length=60)
    number = models.PositiveIntegerField(_("version"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval route")
        verbose_name_plural = _("approval routes")
        ordering = ("subject_key", "-number")
        constraints = [
            models.UniqueConstraint(fields=["subject_key", "number"], name="route_number_once"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="route_ends_after_start",
            ),
            ExclusionConstraint(
                name="route_one_version_at_a_time",
                expressions=[
                    ("subject_key", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_until"),
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
        return f"{subject_name(self.subject_key)} v{self.number}"


class RouteStep(models.Model):
    """One step: any one holder of `positions` decides, if the conditions hold."""

    OFFICIAL: ClassVar = [
        ("", _("any")),
        (Official.YES, _("officials only")),
        (Official.NO, _("not officials")),
    ]

    route = models.ForeignKey(Route, models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField(_("order"))
    positions = ArrayField(
        models.CharField(max_length=30, choices=POSITION_CHOICES), verbose_name=_("decided by")
    )
    amount_over = models.DecimalField(
        _("amount over"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    amount_up_to = models.DecimalField(
        _("amount up to"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    official = models.CharField(
        _("public officials"), max_length=10, blank=True, choices=OFFICIAL, default=""
    )
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    only_for = ArrayField(
        models.CharField(max_length=30, choices=POSITION_CHOICES),
        verbose_name=_("only for requests of"),
        default=list,
        blank=True,
    )

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("route_id", "order")
        constraints = [
            models.UniqueConstraint(fields=["route", "order"], name="route_step_order_once"),
            models.CheckConstraint(condition=Q(positions__len__gte=1), name="route_step_has_decider"),
            models.CheckConstraint(
                condition=Q(amount_up_to__isnull=True)
                | Q(amount_over__isnull=True)
                | Q(amount_up_to__gt=F("amount_over")),
                name="route_step_amounts_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.route} · {self.order}"


class RequestQuerySet(models.QuerySet["Request"]):
    def visible_to(self, user: User) -> Self:
        """What `user` asked for, decided, may decide now, or could until a colleague did; for all others it does not exist."""
        if not user.is_active:
            return self.none()
        absent = [away for away, stand_in in substitutes_on(business_date()) if stand_in == user.pk]
        mine = Q(requester=user) | Q(submitted_by=user)
        reached = Seat.objects.held().filter(
            Q(user=user, stage__state__in=[StageState.PENDING, StageState.DONE])
            | Q(user_id__in=absent, stage__state=StageState.PENDING)
        )
        decided = Decision.objects.filter(person=user)
        return self.filter(
            mine | Q(pk__in=reached.values("stage__round__request")) | Q(pk__in=decided.values("request"))
        )

    def waiting_for(self, user: User) -> Self:
        """Pending requests that `user` may decide today, in the own name or for somebody absent."""
        if not user.is_active:
            return self.none()
        absent = [away for away, stand_in in substitutes_on(business_date()) if stand_in == user.pk]
        seats = Seat.objects.held().filter(user_id__in=[user.pk, *absent], stage__state=StageState.PENDING)
        earlier = Decision.objects.filter(
            person=user, action__in=CLOSING_ACTIONS, round__number=models.OuterRef("round_number")
        ).filter(request=models.OuterRef("pk"))
        involved = Q(requester=user) | Q(submitted_by=user) | Q(beneficiary=user) | Q(last_editor=user)
        return (
            self.filter(state=RequestState.PENDING, pk__in=seats.values("stage__round__request"))
            .exclude(involved)
            .exclude(models.Exists(earlier))
        )


class Request(Stamped, Versioned):
    """One subject on its way through a route; returned and voided requests go on in a new round."""

    subject_key = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    label = models.CharField(_("subject"), max_length=300)
    requester = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    beneficiary = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    last_editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    state = models.CharField(_("state"), max_length=12, default=RequestState.PENDING)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True)
    round_number = models.PositiveSmallIntegerField(default=1)
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now)
    pending_since = models.DateTimeField(_("waiting since"), default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    closed_reason = models.TextField(blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval request")
        verbose_name_plural = _("approval requests")
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["subject_key", "object_id"],
                condition=Q(state__in=[s.value for s in LIVE_STATES]),
                name="approval_one_open_request",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in RequestState if s is not RequestState.DRAFT]),
                name="approval_state_known",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["requester", "-id"], name="approval_by_requester"),
            models.Index(fields=["subject_key", "object_id", "-id"], name="approval_by_subject"),
            models.Index(fields=["pending_since"], condition=Q(state="pending"), name="approval_pending"),
        ]

    def __str__(self) -> str:
        return self.label


class Round(models.Model):
    """One way through a route, with the version of the route and why steps were dropped. Append-only."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    route = models.ForeignKey(Route, models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(default=timezone.now)
    facts = models.JSONField(default=dict)
    trace = models.JSONField(default=list)

    class Meta:
        ordering = ("request_id", "number")
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="approval_round_once")]

    def __str__(self) -> str:
        return f"{self.request} · {self.number}"


class Snapshot(models.Model):
    """What the deciders of one round see, frozen when it was submitted. Append-only."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="snapshot")
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.digest


class Stage(models.Model):
    """One step of a round, decided once by one of those who hold a seat."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="stages")
    order = models.PositiveSmallIntegerField()
    positions = ArrayField(models.CharField(max_length=30))
    state = models.CharField(max_length=10, default=StageState.WAITING)
    pending_since = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("round_id", "order")
        constraints = [
            models.UniqueConstraint(fields=["round", "order"], name="approval_stage_order_once"),
            models.UniqueConstraint(
                fields=["round"], condition=Q(state="pending"), name="approval_one_pending_stage"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in StageState]), name="approval_stage_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="pending") | Q(pending_since__isnull=False),
                name="approval_pending_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.order}"


class SeatQuerySet(models.QuerySet["Seat"]):
    def held(self) -> Self:
        """Seats that count today: not ended, of somebody who works here in a position that may sit there (spec 01).

        A change of position and a leaving thus act at once, wherever seats are asked for.
        """
        return self.filter(_SITS, ended_at__isnull=True, user__is_active=True)


_SITS = reduce(
    or_, (Q(user__position=p, stage__positions__overlap=[q.value for q in sits_at(p)]) for p in Position)
)


class Seat(Stamped):
    """A person who may decide a stage, and why."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="approval_seats")
    origin = models.CharField(max_length=12, default=SeatOrigin.ROUTE)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stage", "user"], name="approval_seat_once")]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "stage"], name="approval_seat_of")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.stage}"


class Decision(models.Model):
    """What one person decided, in whose name, at which height. Append-only; four eyes are the table's own constraints (R-08)."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="decisions")
    round = models.ForeignKey(Round, models.PROTECT, related_name="decisions")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="decisions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    acting_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    passed_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    position = models.CharField(max_length=30)
    action = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    # Copied from the request by its service, compared with it by a trigger: so that a constraint can see them.
    requester = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    beneficiary = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    last_editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["stage"],
                condition=Q(action__in=[a.value for a in CLOSING_ACTIONS]),
                name="approval_stage_decided_once",
            ),
            models.UniqueConstraint(
                fields=["round", "person"],
                condition=Q(action__in=[a.value for a in CLOSING_ACTIONS]),
                name="approval_different_people",
            ),
            models.CheckConstraint(condition=~Q(person=F("requester")), name="approval_not_by_requester"),
            models.CheckConstraint(
                condition=Q(beneficiary__isnull=True) | ~Q(person=F("beneficiary")),
                name="approval_not_by_beneficiary",
            ),
            models.CheckConstraint(
                condition=Q(last_editor__isnull=True) | ~Q(person=F("last_editor")),
                name="approval_not_by_last_editor",
            ),
            models.CheckConstraint(
                condition=Q(action=Action.APPROVE) | Q(action=Action.DELEGATE) | ~Q(reason=""),
                name="approval_refusal_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(action__in=[a.value for a in Action]), name="approval_action_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.action}"


class MailLink(Stamped):
    """A signed one-time link from a mail to a decision page; the person still signs in."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user} · {self.request}"


from kam.approvals.rule_changes.models import RuleChange  # noqa: E402, F401 -- Django looks for models here
