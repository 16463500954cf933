"""The report's table: one line a field, first and second visit side by side; later visits append (S-163)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.forms import BoundField, Form
from django.urls import reverse

from kam.today.asks import Ask
from kam.users.models import User
from visits.reports.labels import FIELD_LABELS, GROUP_LABELS, MEASURE_LABELS, shown
from visits.reports.models import VisitReport
from visits.reports.rules import Group, answered, groups_of
from visits.reports.terms import Variant
from visits.visits.models import Visit
from visits.visits.terms import VisitKind

#: How long Today reminds of a visit without a report.
UNREPORTED_DAYS = 7


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the form beside what the earlier visit said."""

    key: str
    label: str
    shape: str
    measure: str
    first: str
    first_raw: str
    now: str
    remark: str
    field: BoundField | None = None
    field_to: BoundField | None = None
    remark_field: BoundField | None = None
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A group of lines with how much of it is answered."""

    key: str
    label: str
    lines: Sequence[Line]
    answered: int
    total: int


def report_links(ids: Collection[str]) -> dict[str, str]:
    """Return id → address of these reports, with one statement."""
    rows = VisitReport.objects.filter(pk__in=ids).order_by().values_list("pk", "visit_id")
    return {str(pk): reverse("visit_report", args=[visit_id]) for pk, visit_id in rows}


def earlier_report(visit: Visit, user: User) -> VisitReport | None:
    """Return the report in the left column: of the unit's first visit, or of the one before for later visits."""
    before = (
        VisitReport.objects.visible_to(user)
        .submitted()
        .filter(visit__unit=visit.unit_id, visit__on__lte=visit.on)
        .exclude(visit=visit)
        .select_related("visit__user")
        .order_by("visit__on", "visit_id")
    )
    if visit.kind == VisitKind.SECOND:
        return before.first()
    return before.last()


def columns_of(visit: Visit, user: User) -> QuerySet[VisitReport]:
    """Return the submitted reports of the unit, oldest first: the columns of the printed form."""
    return (
        VisitReport.objects.visible_to(user)
        .submitted()
        .filter(visit__unit=visit.unit_id)
        .select_related("visit__user", "visit__unit")
        .order_by("visit__on", "visit_id")
    )


def sections_of(
    variant: Variant, *, first: VisitReport | None, now: VisitReport | None, form: Form | None = None
) -> list[Section]:
    """Return the table of the form; with `form` its lines carry the fields to type into."""
    before: dict[str, Any] = first.values if first else {}
    current: dict[str, Any] = now.values if now else {}
    remarks: dict[str, str] = now.remarks if now else {}
    sections = []
    for group, specs in groups_of(variant).items():
        lines = [
            Line(
                key=spec.key,
                label=str(FIELD_LABELS[spec.key]),
                shape=spec.shape.value,
                measure=str(MEASURE_LABELS.get(spec.measure, "")),
                first=shown(spec, before.get(spec.key, "")),
                first_raw=_raw(before.get(spec.key, "")),
                now=shown(spec, current.get(spec.key, "")),
                remark=remarks.get(spec.key, ""),
                field=form[f"v_{spec.key}"] if form else None,
                field_to=form[f"v_{spec.key}_to"] if form and f"v_{spec.key}_to" in form.fields else None,
                remark_field=form[f"r_{spec.key}"] if form else None,
                is_changed=bool(current.get(spec.key))
                and bool(first)
                and current.get(spec.key) != before.get(spec.key),
            )
            for spec in specs
        ]
        done, total = answered(variant, group, current)
        sections.append(Section(group.value, str(GROUP_LABELS[Group(group)]), lines, done, total))
    return sections


def usual_variant(visit: Visit) -> Variant:
    """Return the form used for this unit last, property where there was none."""
    last = VisitReport.objects.filter(visit__unit=visit.unit_id).order_by("-visit__on", "-visit_id").first()
    return Variant(last.variant) if last else Variant.PROPERTY


def _raw(value: Any) -> str:
    """Return a value as the page's script compares it."""
    return "|".join(value) if isinstance(value, list) else str(value)


UNREPORTED: Ask[Visit] = Ask(
    "reports.unreported",
    lambda people, day: (
        Visit.objects.held()
        .filter(user__any_of=people, report__isnull=True)
        .between(day - timedelta(days=UNREPORTED_DAYS), day)
        .select_related("unit")
        .order_by("on", "pk")
    ),
)


def unreported(users: Sequence[User], day: date) -> dict[int, list[Visit]]:
    """Return user id → held visits of the last week up to `day` without a report."""
    return UNREPORTED(users, day)


def text_of_unreported(visits: list[Visit]) -> str:
    """Return the visits in plain lines for a mail."""
    return "\n".join(
        f"- {visit.on.isoformat()} {visit.unit.name} ({visit.get_kind_display()})" for visit in visits
    )
