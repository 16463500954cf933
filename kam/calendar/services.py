"""Changing the department's days. Called by an approved rule change, by fixtures and by the demo."""

from datetime import date

from django.db import transaction

from kam.audit.services import record
from kam.calendar.models import DayOverride
from kam.calendar.terms import DAY_CLEARED, DAY_SET
from kam.users.models import User


@transaction.atomic
def set_day(day: date, *, is_working: bool, by: User | None, note: str = "") -> DayOverride:
    """Say that the department works on `day`, or not; a day said before is replaced."""
    old = DayOverride.objects.filter(day=day).first()
    row, _ = DayOverride.objects.update_or_create(
        day=day, defaults={"is_working": is_working, "note": note[:200]}
    )
    record(DAY_SET, row, by=by, changes={"is_working": (old.is_working if old else None, is_working)})
    return row


@transaction.atomic
def clear_day(day: date, *, by: User | None) -> None:
    """Let the public calendar decide about `day` again."""
    row = DayOverride.objects.select_for_update().filter(day=day).first()
    if row is not None:
        record(DAY_CLEARED, row, by=by, changes={"is_working": (row.is_working, None)})
        row.delete()
