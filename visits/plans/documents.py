"""The visit plan of a week on paper (S-161)."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from kam.core.sentences import labelled, listed
from kam.pdf.services import Sheet
from visits.plans.labels import short_day, week_day
from visits.plans.models import PlanLine, WeekPlan


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line as the paper shows it."""

    day: str
    time: str
    unit: str
    tier: str
    persons: str
    purpose: str
    mode: str
    questions: list[str]
    things: str
    cost: Decimal
    remark: str


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """Everything the paper shows."""

    person: str
    team: str
    week: str
    period: str
    state: str
    goal: str
    rows: list[PlanRow]
    total: Decimal


def plan_document(plan: WeekPlan) -> PlanDocument:
    """Return the week as it stands now, cancelled lines with their reason included."""
    lines = plan.lines.select_related("unit", "vehicle").prefetch_related("persons")
    rows = [line for line in lines if line.is_planned or line.state == "done" or plan.is_approved]
    standing = [line for line in rows if line.state in {"planned", "done"}]
    return PlanDocument(
        person=plan.user.name,
        team=plan.team.name if plan.team else "",
        week=plan.label,
        period=f"{short_day(plan.monday)} – {short_day(plan.sunday)}",
        state=str(plan.get_state_display()),
        goal=plan.goal,
        rows=[_row(line) for line in rows],
        total=sum((line.cost for line in standing), Decimal(0)),
    )


def _row(line: PlanLine) -> PlanRow:
    things = [line.vehicle.name if line.vehicle else "", line.materials, line.gifts]
    remarks = [
        str(_("supplement")) if line.is_supplement else "",
        "" if line.is_planned else labelled(line.get_state_display(), line.reason).strip(": ："),
    ]
    return PlanRow(
        day=week_day(line.day),
        time=f"{line.start:%H:%M}–{line.end:%H:%M}",
        unit=line.title,
        tier=line.unit.tier if line.unit else "",
        persons=listed(person.name for person in line.persons.all()),
        purpose=line.purpose,
        mode=str(line.get_mode_display()),
        questions=line.outline,
        things=" · ".join(thing for thing in things if thing),
        cost=line.cost,
        remark=" · ".join(remark for remark in remarks if remark),
    )


def plan_sheet(plan: WeekPlan, *, language: str) -> Sheet:
    """Return the sheet: landscape, with the boxes of those who decide."""
    with override(language):
        boxes = [_("Planned by"), _("Manager"), _("Director")]
        document = plan_document(plan)
        if document.total:
            boxes.append(_("Finance"))
        return Sheet(
            template="visit_plan",
            context={"doc": document},
            title=_("Visit plan"),
            number=f"VP-{plan.label}-{plan.user.staff_number}-{plan.revision}",
            kind="visit_plan",
            language=language,
            landscape=True,
            signatures=tuple(boxes),
        )
