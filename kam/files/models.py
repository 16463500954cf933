"""An attachment of any record: the bytes lie outside the web root under a random name, the row says whose they are."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Expression, Q
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def of(self, owner_kind: str, owner_id: object) -> Self:
        """The attachments of one record that were not removed."""
        number = owner_id if isinstance(owner_id, Expression) else str(owner_id)
        return self.filter(owner_kind=owner_kind, owner_id=number, removed_at__isnull=True)


class Attachment(Stamped):
    """A file of a record; `owner_kind` is registered by the record's room, which decides who may read it."""

    owner_kind = models.CharField(max_length=40)
    owner_id = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=120, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(owner_kind="") & ~Q(owner_id=""), name="attachment_has_an_owner"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_not_empty"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner_kind", "owner_id"], name="attachment_by_owner")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")

    def get_absolute_url(self) -> str:
        return f"/files/{self.pk}/"
