"""The acts on a unit. Each locks, checks, writes, audits and marks the unit dirty in one transaction."""

from django.utils import timezone

from accounts.units.models import DirtyUnit


def mark_dirty(unit_id: int) -> None:
    """Ask the tick to compute this unit's red flags again; call it inside the act's transaction."""
    DirtyUnit.objects.bulk_create(
        [DirtyUnit(unit_id=unit_id, marked_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["unit"],
        update_fields=["marked_at"],
    )
