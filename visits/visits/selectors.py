"""Reads for the visit pages."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet, Value
from django.forms import Form, ModelChoiceField
from django.utils import timezone

from accounts.contacts.models import Contact
from accounts.units.models import KeyAccount
from kam.approvals.models import Request
from kam.approvals.selectors import request_for
from kam.core.asked import number_in
from kam.core.sentences import listed
from kam.files.models import Attachment
from kam.notes.models import Task
from kam.search.forms import TEXT
from kam.settings_rows.selectors import int_setting
from kam.today.asks import Tally
from kam.users.models import User
from visits.plans.models import PlanLine
from visits.plans.terms import LineState, VisitMode
from visits.visits.models import PersonsChange, Submission, Visit
from visits.visits.rules import may_change_persons_met
from visits.visits.terms import MARKET_QUESTIONS, VisitKind

#: Units offered on the page that asks where one was; more are found by typing.
OFFERED_UNITS = 12
#: The kind under which photos of a visit are kept.
PHOTOS = "visits.visit"
#: Visits on a unit's tab; the list of visits has them all.
TAB_VISITS = 30


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that differs between what is stored and what was sent."""

    label: str
    kept: str
    sent: str


def open_lines(user: User, day: date) -> QuerySet[PlanLine]:
    """Return today's plan lines that have no visit yet; a unit that moved on is its new owner's to visit."""
    return (
        PlanLine.objects.standing()
        .of_live_plans()
        .filter(plan__user=user, day=day, state=LineState.PLANNED)
        .filter(unit__in=KeyAccount.objects.visible_to(user))
        .exclude(mode=VisitMode.CALLS)
        .select_related("unit")
        .prefetch_related("persons")
        .order_by("start", "pk")
    )


def units_to_log(user: User, query: str) -> QuerySet[KeyAccount]:
    """Return units of one's own that match, those visited last first."""
    units = KeyAccount.objects.filter(owner=user)
    if query:
        units = KeyAccount.objects.visible_to(user).filter(name__icontains=query)
    return units.order_by(F("last_visit_on").desc(nulls_last=True), "sort_key", "pk")[:OFFERED_UNITS]


def visit_for_page(user: User, pk: int) -> QuerySet[Visit]:
    """Return the visit with what its page shows."""
    return (
        Visit.objects.visible_to(user)
        .filter(pk=pk)
        .select_related("unit", "unit__team", "user", "plan_line", "appointment")
        .prefetch_related("persons_met__person", "answers", "companions")
    )


def persons_changes(visit: Visit) -> list[tuple[PersonsChange, Request | None]]:
    """Return what was asked about the persons met, with the way of each request, newest first."""
    changes = visit.persons_changes.select_related("asked_by").prefetch_related("persons").order_by("-pk")
    return [(change, request_for("first_visit_change", change)) for change in changes]


def photos_of(visit: Visit) -> QuerySet[Attachment]:
    """Return the photos of a visit that were not removed."""
    return Attachment.objects.of(PHOTOS, visit.pk).select_related("by")


def tasks_of(visit: Visit) -> QuerySet[Task]:
    """Return the promises and next steps that a visit left behind."""
    return Task.objects.filter(source_kind="visit", source_id=str(visit.pk)).select_related("assignee")


def market_answers(visit: Visit) -> list[tuple[str, str]]:
    """Return the four market questions as they are called, with the answers (S-171)."""
    return [(question_label(name), getattr(visit, name)) for name in MARKET_QUESTIONS]


def question_label(name: str) -> str:
    """Return what a market question is called, as the beginning of a line."""
    label = str(Visit._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001 -- documented API; these are text fields
    return label[:1].upper() + label[1:]


def differences(
    kept: Submission, sent: Mapping[str, Any], form: Form, labels: Mapping[str, Any]
) -> list[Difference]:
    """Return the answers that differ, in words; `labels` name what is no field of the form."""
    found = []
    for name in dict.fromkeys([*kept.body, *sent]):
        plain = name.removesuffix(TEXT)
        if plain != name and (plain in kept.body or plain in sent):
            continue  # the text beside the number of a picked row
        old, new = kept.body.get(name, []), sent.get(name, [])
        if sorted(old) != sorted(new):
            label = form.fields[plain].label if plain in form.fields else labels.get(plain)
            found.append(Difference(str(label or name), _words(form, name, old), _words(form, name, new)))
    return found


def _words(form: Form, name: str, values: list[str]) -> str:
    field = form.fields.get(name)
    if isinstance(field, ModelChoiceField) and field.queryset is not None:
        return listed(str(row) for row in field.queryset.filter(pk__in=[v for v in values if number_in(v)]))
    choices = dict(getattr(field, "choices", ()) or ())
    return listed(str(choices.get(value, value)) for value in values if value)


def calls_made(user: User, day: date) -> QuerySet[Contact]:
    """Return the day's calls of a person, the last one first."""
    return (
        Contact.objects.filter(by=user, on=day, called=True)
        .select_related("unit")
        .prefetch_related("persons")
        .order_by("-pk")
    )


def _held(people: Collection[int], day: date) -> QuerySet[Visit, Any]:
    rows = Visit.objects.filter(user__any_of=people, on=day).held().order_by()
    return rows.values_list("user").annotate(of=Value(0), n=Count("pk"))


#: Visits held on a day.
HELD = Tally("visits.held", _held)


def unit_visits(unit: KeyAccount, user: User) -> dict[str, Any]:
    """Return what the tab of visits on a unit's page shows."""
    visits = (
        Visit.objects.visible_to(user)
        .filter(unit=unit)
        .select_related("user", "report")
        .prefetch_related("persons_met__person")
    )
    return {"visits": visits[:TAB_VISITS], "unit": unit}


def is_frozen(visit: Visit) -> bool:
    """Say whether the persons met change only with an approval."""
    return not may_change_persons_met(
        VisitKind(visit.kind),
        entered_at=visit.entered_at,
        now=timezone.now(),
        hours=int_setting("key_person_freeze_hours"),
    )
