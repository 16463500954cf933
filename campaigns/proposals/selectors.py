"""What proposals tell: the phases of development, and a unit's timeline."""

from collections.abc import Collection
from datetime import date

from accounts.development.rules.checks import Event
from accounts.development.terms import Told
from campaigns.proposals.models import Presentation


def tell_proposals(unit_ids: Collection[int], day: date) -> dict[int, dict[Told, list[Event]]]:
    """Tell the phases which proposals were presented, by their titles. One statement."""
    rows = Presentation.objects.filter(version__proposal__unit__in=unit_ids, on__lte=day).order_by("on", "pk")
    told: dict[int, dict[Told, list[Event]]] = {}
    names = ("version__proposal__unit", "on", "version__proposal__title")
    for unit_id, on, title in rows.values_list(*names):
        told.setdefault(unit_id, {Told.PROPOSALS: []})[Told.PROPOSALS].append(Event(on, title))
    return told
