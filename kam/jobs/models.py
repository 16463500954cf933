"""Long work that a person can watch, and periodic work that the tick starts."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped
from kam.jobs.terms import OPEN_STATES, JobState
from kam.users.models import User
from kam.users.terms import Position


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: User) -> Self:
        """Jobs this person may watch: the own ones; the administrator sees all."""
        return self if user.position == Position.ADMINISTRATOR else self.filter(by=user)

    def open(self) -> Self:
        """Jobs that still have something to do."""
        return self.filter(state__in=OPEN_STATES)


class Job(Stamped):
    """A piece of long work with progress; it can be left and found again."""

    STATES: ClassVar = [
        (JobState.WAITING.value, _("waiting")),
        (JobState.RUNNING.value, _("running")),
        (JobState.DONE.value, _("done")),
        (JobState.FAILED.value, _("failed")),
        (JobState.STOPPED.value, _("stopped")),
    ]

    kind = models.CharField(max_length=60)
    task = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="jobs")
    state = models.CharField(max_length=10, choices=STATES, default=JobState.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    payload = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="job_done_within_total")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "id"], name="job_by_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class PeriodicRun(models.Model):
    """When each periodic work last ran and is due next; one row a work, locked while it runs."""

    name = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField()
    queued_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    ok = models.BooleanField(default=True)
    failures = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("periodic work")
        verbose_name_plural = _("periodic work")

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """When a process of some kind was last heard from: scheduler, worker."""

    process = models.CharField(max_length=40, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.process
