"""What the pages, the red flags, the Today page and the assessments ask of complaints."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Count

from accounts.complaints.models import Complaint, Crisis, CrisisStep
from accounts.complaints.rules import Standing, fact_key, is_overdue
from accounts.complaints.terms import ComplaintState, Verdict
from accounts.units.models import KeyAccount
from kam.core.periods import Period
from kam.notes.models import Task
from kam.today.asks import Ask
from kam.users.models import User

#: So many are told on Today; the list has the rest.
TOLD = 8


@dataclass(frozen=True, slots=True)
class DueComplaint:
    """A complaint that waits for this person, and whether it waits too long."""

    complaint: Complaint
    is_overdue: bool


def standing_of(complaint: Complaint) -> Standing:
    return Standing(ComplaintState(complaint.state), Verdict(complaint.verdict))


WAITING: Ask[Complaint] = Ask(
    "complaints.waiting",
    lambda people, _day: (
        Complaint.objects.waiting()
        .filter(owner__any_of=people)
        .select_related("unit")
        .order_by("due_on", "pk")
    ),
    attrgetter("owner_id"),
)


def waiting_for(users: Sequence[User], day: date) -> dict[int, list[DueComplaint]]:
    """Return user id → complaints they handle that the customer waits for, the most urgent first."""
    return {
        pk: [DueComplaint(row, is_overdue(standing_of(row), row.due_on, day)) for row in rows[:TOLD]]
        for pk, rows in WAITING(users, day).items()
    }


def complaints_told(unit_ids: Collection[int], today: date) -> dict[int, dict[str, Any]]:
    """Tell the red flags which severe complaints wait for us. One query."""
    rows = Complaint.objects.waiting().severe().filter(unit_id__in=unit_ids, received_on__lte=today)
    told: dict[int, dict[str, Any]] = {}
    for row in rows.order_by("pk"):
        fact = {
            "key": fact_key(row.pk, row.reopened),
            "received_on": row.received_on,
            "due_on": row.due_on,
            "number": row.number,
        }
        told.setdefault(row.unit_id, {"complaints": []})["complaints"].append(fact)
    return told


def valid_complaints(owners: Collection[User], period: Period) -> Mapping[int, int]:
    """Return user id → number of valid complaints received in the period at the units of each: the figure of S-200."""
    rows = Complaint.objects.valid().filter(
        unit__owner__in=owners, received_on__gte=period.first, received_on__lte=period.last
    )
    counted = rows.order_by().values_list("unit__owner").annotate(Count("pk"))
    return dict.fromkeys((owner.pk for owner in owners), 0) | dict(counted)


def service_tasks(unit: KeyAccount) -> list[Task]:
    """Return the tasks of service after the sale, the open ones first."""
    rows = Task.objects.filter(
        subject_kind="accounts.unit", subject_id=str(unit.pk), source_kind="accounts.service"
    ).select_related("assignee")
    return sorted(rows, key=lambda task: (task.done_at is not None, task.due_on or date.max, task.pk))


def crisis_of(complaint: Complaint) -> Crisis | None:
    return Crisis.objects.filter(complaint=complaint).select_related("leader").first()


def steps_of(crisis: Crisis) -> list[CrisisStep]:
    return list(crisis.steps.select_related("responsible", "done_by"))
