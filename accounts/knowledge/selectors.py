"""What pages, Today, standards and assessments ask of suggestions, support, knowledge and training."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.db.models import Avg

from accounts.complaints.models import Complaint
from accounts.complaints.terms import Verdict
from accounts.knowledge.models import Article, ServiceStandard, Suggestion, SupportRequest
from accounts.knowledge.registry import Measure, measure_called
from accounts.knowledge.rules import Promise, is_overdue, kept_percent, meets
from accounts.knowledge.terms import Better, SupportState
from accounts.satisfaction.models import Response
from kam.core.clock import business_date
from kam.core.periods import Period
from kam.today.asks import Ask
from kam.users.models import User

#: So many are told on Today; the lists have the rest.
TOLD = 8
#: Standards are compared with so many days up to today.
STANDARD_DAYS = 90


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something that waits for this person."""

    url: str
    label: str
    sub: str
    due_on: date
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A standard beside the actual figure."""

    standard: ServiceStandard
    measure: Measure | None
    actual: Decimal | None
    is_met: bool | None


TO_ANSWER: Ask[Suggestion] = Ask(
    "knowledge.to_answer",
    lambda people, _day: Suggestion.objects.unanswered().filter(owner__any_of=people).select_related("unit"),
    attrgetter("owner_id"),
)
TO_SUPPORT: Ask[SupportRequest] = Ask(
    "knowledge.to_support",
    lambda people, _day: (
        SupportRequest.objects.open().filter(helper__any_of=people).select_related("asked_by")
    ),
    attrgetter("helper_id"),
)


def waiting_for(users: Sequence[User], day: date) -> dict[int, list[DueItem]]:
    """Return user id → suggestions to answer and support to give, the most urgent first."""
    found: dict[int, list[DueItem]] = defaultdict(list)
    for pk, suggestions in TO_ANSWER(users, day).items():
        found[pk] += [_due(row, row.unit.name, row.text[:80], day) for row in suggestions]
    for pk, requests in TO_SUPPORT(users, day).items():
        found[pk] += [_due(row, row.text[:80], row.asked_by.name, day) for row in requests]
    return {pk: sorted(items, key=lambda item: (item.due_on, item.url))[:TOLD] for pk, items in found.items()}


def _due(row: Suggestion | SupportRequest, label: str, sub: str, day: date) -> DueItem:
    late = is_overdue(Promise(row.due_on, None), day)
    return DueItem(row.get_absolute_url(), label, sub, row.due_on, late)


def cooperation_rates(helpers: Collection[User], period: Period, today: date) -> Mapping[int, Decimal | None]:
    """Return user id → share of support requests due in the period that were done in time (S-266); None of none."""
    promises: dict[int, list[Promise]] = {person.pk: [] for person in helpers}
    rows = SupportRequest.objects.filter(
        helper__in=helpers, due_on__gte=period.first, due_on__lte=period.last
    ).exclude(state=SupportState.REFUSED)
    for row in rows:
        promises[row.helper_id].append(Promise(row.due_on, row.settled_on))
    return {pk: kept_percent(kept, today) for pk, kept in promises.items()}


def suggestions_in_time(period: Period) -> Decimal | None:
    rows = Suggestion.objects.filter(received_on__gte=period.first, received_on__lte=period.last)
    dates = rows.values_list("due_on", "answered_on")
    return kept_percent((Promise(due, answered) for due, answered in dates), period.last)


def complaints_in_time(period: Period) -> Decimal | None:
    rows = Complaint.objects.filter(received_on__gte=period.first, received_on__lte=period.last).exclude(
        verdict=Verdict.INVALID
    )
    dates = rows.values_list("due_on", "resolved_on")
    return kept_percent((Promise(due, resolved) for due, resolved in dates), period.last)


def support_in_time(period: Period) -> Decimal | None:
    rows = SupportRequest.objects.filter(due_on__gte=period.first, due_on__lte=period.last).exclude(
        state=SupportState.REFUSED
    )
    dates = rows.values_list("due_on", "settled_on")
    return kept_percent((Promise(due, settled) for due, settled in dates), period.last)


def mean_satisfaction(period: Period) -> Decimal | None:
    rows = Response.objects.filter(answered_on__gte=period.first, answered_on__lte=period.last)
    mean: Decimal | None = rows.aggregate(mean=Avg("score"))["mean"]
    return None if mean is None else mean.quantize(Decimal("0.01"))


def standings() -> list[Standing]:
    """Return the standards in force beside the figures of the last ninety days."""
    today = business_date()
    period = Period(today - timedelta(days=STANDARD_DAYS - 1), today)
    found = []
    for standard in ServiceStandard.objects.filter(retired_on__isnull=True):
        measure = measure_called(standard.measure)
        actual = measure.figure(period) if measure else None
        is_met = meets(actual, standard.target, Better(standard.better))
        found.append(Standing(standard, measure, actual, is_met))
    return found


def readers_of(article: Article) -> list[Any]:
    """Return who has read the present revision, the latest first."""
    rows = article.readings.filter(revision=article.revision).select_related("user")
    return list(rows.order_by("-at"))
