"""How the digests of the last days went."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from kam.calendar.selectors import work_calendar
from kam.calendar.terms import DayKind
from kam.outbox.terms import MessageState
from kam.today.models import Digest
from kam.today.terms import DigestState, Slot

SHOWN_DAYS = 14


@dataclass(frozen=True, slots=True)
class DigestDay:
    """One slot of one day in numbers."""

    day: date
    slot: str
    kind: DayKind
    made: int
    late: int
    missed: int
    sent: int
    unsure: int
    dead: int


def digest_days(today: date) -> list[DigestDay]:
    """Return the last days, newest first, with what was made, sent and missed; one query and the calendar."""
    first, calendar = today - timedelta(days=SHOWN_DAYS - 1), work_calendar()
    rows = (
        Digest.objects.filter(date__gte=first)
        .order_by()
        .values("date", "slot")
        .annotate(
            made=Count("pk", filter=Q(state=DigestState.MADE)),
            late=Count("pk", filter=Q(is_late=True)),
            missed=Count("pk", filter=Q(state=DigestState.MISSED)),
            sent=Count("pk", filter=Q(message__state=MessageState.SENT)),
            unsure=Count("pk", filter=Q(message__state=MessageState.UNSURE)),
            dead=Count("pk", filter=Q(message__state=MessageState.DEAD)),
        )
    )
    found: dict[tuple[date, str], Mapping[str, Any]] = {(row["date"], row["slot"]): row for row in rows}
    nothing = dict.fromkeys(("made", "late", "missed", "sent", "unsure", "dead"), 0)
    days = []
    for n in range(SHOWN_DAYS):
        day = today - timedelta(days=n)
        for slot in (Slot.FOLLOWUP, Slot.PLAN):
            numbers = {key: found.get((day, slot.value), nothing)[key] for key in nothing}
            days.append(DigestDay(day=day, slot=slot.value, kind=calendar.kind(day), **numbers))
    return days
