"""What the rooms below know of a unit's development, as dated events: one statement each."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from accounts.complaints.models import Complaint, ServiceRound
from accounts.complaints.terms import Verdict
from accounts.development.rules.checks import Event
from accounts.development.terms import Told

Events = Mapping[int, Mapping[Told, list[Event]]]


def tell_complaints(unit_ids: Collection[int], day: date) -> Events:
    """Complaints that were not judged invalid, over when they are resolved; and rounds of after-sales work."""
    found: dict[int, dict[Told, list[Event]]] = defaultdict(lambda: defaultdict(list))
    rows = Complaint.objects.exclude(verdict=Verdict.INVALID).filter(unit__in=unit_ids, received_on__lte=day)
    for row in rows.order_by("pk"):
        event = Event(row.received_on, row.number, row.resolved_on, row.severity)
        found[row.unit_id][Told.COMPLAINTS].append(event)
    rounds = ServiceRound.objects.filter(unit__in=unit_ids, started_on__lte=day).order_by("pk")
    for unit_id, on, occasion in rounds.values_list("unit", "started_on", "occasion"):
        found[unit_id][Told.AFTER_SALES].append(Event(on, occasion))
    return found
