"""What the administrator asks about the outbox, and how old the oldest due message is (R-28)."""

from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.utils import timezone

from kam.outbox.models import Message
from kam.outbox.terms import MessageState


def counts() -> dict[str, int]:
    """Return state → number of messages, every state named."""
    found = dict(Message.objects.order_by().values_list("state").annotate(n=Count("id")))
    return {state.value: found.get(state.value, 0) for state in MessageState}


def oldest_due_age(now: datetime | None = None) -> timedelta:
    """Return for how long the message that has waited longest is due; 0 when none is."""
    now = now or timezone.now()
    oldest = Message.objects.filter(state=MessageState.PLANNED, next_at__lte=now).aggregate(at=Min("next_at"))
    return now - oldest["at"] if oldest["at"] else timedelta(0)
