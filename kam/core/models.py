"""Abstract bases without behaviour, and the guard every text column gets."""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.db import models
from django.db.models.base import ModelState


class Stamped(models.Model):
    """Knows when it was made. Who made it is in the audit."""

    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def from_db(  # type: ignore[override]  # the stubs know what the next Django hands over
        cls, db: str | None, field_names: Collection[str], values: Iterable[Any]
    ) -> Self:
        """Return the row as Django does, quicker: nobody listens to signals here, and a page makes a hundred rows."""
        row, state = cls.__new__(cls), ModelState()
        state.adding, state.db = False, db
        row.__dict__.update(zip(field_names, values, strict=True), _state=state)
        return row


class Versioned(models.Model):
    """Counts its edits, so that a stale page is answered with 409 instead of overwriting."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
