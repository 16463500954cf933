"""The register of issued documents: which number with which contents was printed first, by whom, on which day."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kam.core.models import Stamped


class IssuedDocument(Stamped):
    """One set of contents under one number. The sheet's QR code leads here; nothing of the contents is kept."""

    number = models.CharField(_("document number"), max_length=60)
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    printed_on = models.DateField(_("first printed on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="issued_documents")

    class Meta:
        verbose_name = _("issued document")
        verbose_name_plural = _("issued documents")
        constraints = [models.UniqueConstraint(fields=["number", "digest"], name="issued_document_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
