"""What the administrator asks about the outbox, and how old the oldest due message is (R-28)."""

from django.db.models import Count

from kam.outbox.models import Message
from kam.outbox.terms import MessageState


def counts() -> dict[str, int]:
    """Return state → number of messages, every state named."""
    found = dict(Message.objects.order_by().values_list("state").annotate(n=Count("id")))
    return {state.value: found.get(state.value, 0) for state in MessageState}
