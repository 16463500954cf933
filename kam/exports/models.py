"""A file somebody asked the director for: which list, which conditions, why. It is written only after the approval."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped
from kam.jobs.models import Job
from kam.lists.spec import list_called
from kam.lists.terms import Why
from kam.users.models import User

WHY_LABELS = {
    Why.PERSONAL: _("The file holds personal data."),
    Why.LARGE: _("The file has more rows than may leave without approval."),
    Why.MANY: _("Together with your files of the last thirty days these are too many rows."),
}
#: An address of a list that is longer asks for something nobody reads.
MAX_QUERY = 2_000


class ExportRequestQuerySet(models.QuerySet["ExportRequest"]):
    def visible_to(self, user: User) -> Self:
        """The own ones; who decides sees the approval's snapshot."""
        return self.filter(by=user)

    def open(self) -> Self:
        """Those that wait, or were returned."""
        return self.filter(closed_at__isnull=True)


class ExportRequest(Stamped):
    """One file of one list with its conditions. `rows` is how many there were when it was asked."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    list_key = models.CharField(max_length=60)
    query = models.CharField(max_length=MAX_QUERY, blank=True)
    file_format = models.CharField(max_length=4)
    language = models.CharField(max_length=10)
    position = models.CharField(max_length=30)
    why = models.CharField(max_length=10, choices=[(why.value, label) for why, label in WHY_LABELS.items()])
    rows = models.PositiveIntegerField(_("rows"))
    reason = models.TextField(_("reason"))
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = ExportRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("export request")
        verbose_name_plural = _("export requests")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["by", "list_key", "query", "file_format"],
                condition=Q(closed_at__isnull=True),
                name="export_asked_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="export_has_a_reason"),
        ]

    def __str__(self) -> str:
        spec = list_called(self.list_key)
        return f"{spec.title if spec else self.list_key} · {self.file_format.upper()}"
