"""What the rooms below know of a unit's development, as dated events: one statement each."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from accounts.complaints.models import Complaint, CooperationReport, ServiceRound
from accounts.complaints.terms import Verdict
from accounts.development.rules.checks import Event
from accounts.development.terms import Told
from accounts.satisfaction.models import Response
from accounts.service_plans.models import ServicePlanReview, ServicePlanRevision

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


def tell_service_plans(unit_ids: Collection[int], day: date) -> Events:
    """The plans that serve a role, over from the day on which they were stopped; and the reviews of them."""
    found: dict[int, dict[Told, list[Event]]] = defaultdict(lambda: defaultdict(list))
    rows = ServicePlanRevision.objects.filter(plan__unit__in=unit_ids, starts_on__lte=day)
    latest = rows.order_by("plan_id", "-revision").distinct("plan_id").select_related("plan")
    for row in latest:
        stopped_on = row.starts_on if row.is_stopped else None
        event = Event(row.starts_on, row.objective, stopped_on, row.plan.seat)
        found[row.plan.unit_id][Told.SERVICE_PLANS].append(event)
    reviews = ServicePlanReview.objects.filter(unit__in=unit_ids, on__lte=day).order_by("on", "pk")
    for unit_id, on, conclusion in reviews.values_list("unit", "on", "conclusion"):
        found[unit_id][Told.REVIEWS].append(Event(on, conclusion))
    return found


def tell_surveys(unit_ids: Collection[int], day: date) -> Events:
    """Answers to surveys, by the title of their round."""
    found: dict[int, dict[Told, list[Event]]] = defaultdict(lambda: defaultdict(list))
    rows = Response.objects.filter(invitation__unit__in=unit_ids, answered_on__lte=day).order_by("pk")
    for unit_id, on, title in rows.values_list("invitation__unit", "answered_on", "invitation__round__title"):
        found[unit_id][Told.SURVEYS].append(Event(on, title))
    return found


def tell_reports(unit_ids: Collection[int], day: date) -> Events:
    """Written evaluations of the cooperation, by their numbers."""
    found: dict[int, dict[Told, list[Event]]] = defaultdict(lambda: defaultdict(list))
    rows = CooperationReport.objects.filter(unit__in=unit_ids, written_on__lte=day).order_by("pk")
    for unit_id, on, number in rows.values_list("unit", "written_on", "number"):
        found[unit_id][Told.REPORTS].append(Event(on, number))
    return found
