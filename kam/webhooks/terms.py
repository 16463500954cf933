"""Words and figures of webhooks."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: Addresses at most.
MOST_ENDPOINTS = 10
#: An address that does not answer within so many seconds did not take the event.
PATIENCE_SECONDS = 10
#: Attempts before an event is given up for an address.
MAX_ATTEMPTS = 10
#: A worker that took an event and died: it goes again after this. The receiver knows it by its id.
TAKEN_MINUTES = 5
#: Events of the past are forgotten after so many days; the audit keeps what happened.
KEEP_DAYS = 30
#: So many events are planned in one go.
CHUNK = 500
#: One run ends after so many seconds; the rest waits for the next.
RUN_SECONDS = 60
#: Deliveries shown on the page.
SHOWN = 50
#: What a trial sends.
PING = "ping"
SIGNATURE_HEADER = "KAM-Signature"


class DeliveryState(StrEnum):
    PLANNED = "planned"
    SENT = "sent"
    DEAD = "dead"


DELIVERY_TRANSITIONS = {
    DeliveryState.PLANNED: frozenset({DeliveryState.SENT, DeliveryState.DEAD}),
    DeliveryState.SENT: frozenset(),
    DeliveryState.DEAD: frozenset({DeliveryState.PLANNED}),
}
DELIVERY_LABELS = {
    DeliveryState.PLANNED: pgettext_lazy("event", "waits"),
    DeliveryState.SENT: pgettext_lazy("event", "taken"),
    DeliveryState.DEAD: _("given up"),
}
DELIVERY_TONES = {DeliveryState.PLANNED: "warn", DeliveryState.SENT: "good", DeliveryState.DEAD: "bad"}
