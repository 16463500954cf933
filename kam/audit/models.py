"""The memory of the house: entries that nobody can change, each linked to the one before at commit (R-12, S-272)."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act on one object. INSERT and SELECT only; personal values stand in AuditPersonal, their digest here."""

    at = models.DateTimeField(_("at"))
    recorded_at = models.DateTimeField(db_default=TransactionNow(), editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )  # audit_by_actor begins with it
    actor_label = models.CharField(max_length=200)
    acting_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    act = models.CharField(_("act"), max_length=100)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    object_label = models.CharField(max_length=300)
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    ip = models.CharField(max_length=60, blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    hash_version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ("-id",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["object_type", "object_id", "-id"], name="audit_by_object"),
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
            models.Index(fields=["act", "-id"], name="audit_by_act"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.object_label}"


class AuditPersonal(models.Model):
    """A personal value of an entry; erasure empties it, the salted digest in the entry stays (12-decisions, 28)."""

    entry = models.ForeignKey(AuditEntry, models.PROTECT, related_name="personal")
    field = models.CharField(max_length=60)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    salt = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "field"], name="audit_personal_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.field}"


class AuditLink(models.Model):
    """Place of an entry in the chain; written by the database at commit, by nobody else."""

    seq = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, models.PROTECT, related_name="link")
    prev = models.BinaryField(unique=True)
    hash = models.BinaryField(unique=True)

    class Meta:
        ordering = ("seq",)

    def __str__(self) -> str:
        return str(self.seq)
