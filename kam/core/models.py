"""Abstract bases without behaviour, and the guard every text column gets."""

from django.db import models


class Stamped(models.Model):
    """Knows when it was made. Who made it is in the audit."""

    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """Counts its edits, so that a stale page is answered with 409 instead of overwriting."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
