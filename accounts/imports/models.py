"""Files of units on their way in, the rows a person has to look at, and remembered mappings."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.imports.labels import FATE_LABELS, STATE_LABELS
from accounts.imports.terms import Fate, ImportState
from kam.core.models import Stamped, Versioned
from kam.users.models import User


class UnitImportQuerySet(models.QuerySet["UnitImport"]):
    def visible_to(self, user: User) -> Self:
        """A person's own files: a list of units may hold what nobody else should read."""
        return self.filter(by=user)


class UnitImport(Stamped, Versioned):
    """One file with its mapping and what a dry run or the writing of it came to."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="unit_imports")
    file_name = models.CharField(_("file"), max_length=200)
    file = models.BinaryField(_("content"))
    heads = models.JSONField(default=list)
    samples = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    update_existing = models.BooleanField(_("update units that are there"), default=True)
    allow_ownerless = models.BooleanField(_("rows without an owner go to the pool"), default=True)
    state = models.CharField(
        _("state"), max_length=10, choices=list(STATE_LABELS.items()), default=ImportState.UPLOADED
    )
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    checked_at = models.DateTimeField(null=True)
    job = models.ForeignKey("jobs.Job", models.PROTECT, null=True, related_name="+")

    objects = UnitImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of units")
        verbose_name_plural = _("imports of units")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(ImportState)), name="unit_import_state_known")
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return f"/accounts/import/{self.pk}/"


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(unit_import__by=user)


class ImportRow(models.Model):
    """A row that stays outside as it is: an error or a duplicate. `fixes` is what a person typed instead."""

    unit_import = models.ForeignKey(UnitImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    fate = models.CharField(max_length=10, choices=list(FATE_LABELS.items()))
    name = models.CharField(max_length=300, blank=True)
    of = models.CharField(max_length=200, blank=True)
    cells = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    fixes = models.JSONField(default=dict)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ("unit_import_id", "number")
        constraints = [
            models.UniqueConstraint(fields=["unit_import", "number"], name="import_row_once"),
            models.CheckConstraint(condition=Q(fate__in=list(Fate)), name="import_row_fate_known"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_import} {self.number}"


class RememberedMapping(models.Model):
    """How a person mapped files with these headings; applied to the next file with the same ones."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signature = models.CharField(max_length=64)
    label = models.CharField(_("name of the mapping"), max_length=80, blank=True)
    columns = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("remembered mapping")
        verbose_name_plural = _("remembered mappings")
        constraints = [models.UniqueConstraint(fields=["by", "signature"], name="mapping_once")]

    def __str__(self) -> str:
        return self.label or self.signature[:8]
