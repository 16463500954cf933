"""What the planner gives to the frames: names of acts, and its two subjects of approval."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from accounts.merge.registry import declare
from accounts.merge.terms import How
from accounts.red_flags.models import RedFlag
from accounts.red_flags.telling import title_and_reason
from accounts.units.models import KeyAccount
from accounts.units.picks import unit_pick
from accounts.units.registry import (
    GoesAlong,
    HeadFact,
    register_beside_rows,
    register_goes_along,
    register_head_fact,
    register_reading,
)
from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts
from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.core.sentences import labelled, listed
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.people.registry import Holding, HoldingRow, register_holding
from kam.search.registry import register_page, register_pick
from kam.users.models import User
from visits.plans import services
from visits.plans.demo import play_plans
from visits.plans.labels import short_day, week_day
from visits.plans.models import PlanLine, WeekPlan
from visits.plans.permissions import can_read_plans
from visits.plans.registry import quota_of, register_proposals
from visits.plans.selectors import (
    core_proposals,
    first_days,
    next_visit_asked,
    next_visit_of,
    people_to_plan_for,
    service_plan_proposals,
)
from visits.plans.services.plans import PLAN_SUBJECT, SUPPLEMENT_SUBJECT
from visits.plans.terms import LineState, PlanState

register_act("visits.week_plan.opened", _("Week plan opened"))
register_act("visits.week_plan.goal_set", _("Goal of the week written"))
register_act("visits.week_plan.submitted", _("Week plan submitted"))
register_act("visits.week_plan.approved", _("Week plan approved"))
register_act("visits.week_plan.returned", _("Week plan returned for changes"))
register_act("visits.week_plan.rejected", _("Week plan rejected"))
register_act("visits.week_plan.withdrawn", _("Week plan withdrawn"))
register_act("visits.plan_line.added", _("Plan line added"))
register_act("visits.plan_line.edited", _("Plan line edited"))
register_act("visits.plan_line.moved", _("Plan line moved"))
register_act("visits.plan_line.postponed", _("Plan line moved to another week"))
register_act("visits.plan_line.cancelled", _("Plan line cancelled"))
register_act("visits.plan_line.reclaimed", _("Planned visit back with its unit"))
register_act("visits.plan_line.restored", _("Plan line taken back into the plan"))
register_act("visits.plan_line.done", _("Plan line done"))
register_act("visits.plan_line.outlined", _("Question outline written"))
register_act("visits.plan_line.handed_over", _("Plan line handed over"))
register_act("visits.plan_line.submitted", _("Supplement line submitted"))
register_act("visits.plan_line.approved", _("Supplement line approved"))
register_act("visits.plan_line.returned", _("Supplement line returned for changes"))
register_act("visits.plan_line.rejected", _("Supplement line rejected"))
register_act("visits.plan_line.withdrawn", _("Supplement line withdrawn"))

register_history(
    "visits.week_plan", WeekPlan, load=visible_row(WeekPlan.objects), parts=lambda plan: plan.lines.all()
)
register_link("plan_line", lambda pk: f"/visits/prepare/{int(pk)}/")

register_proposals("core", core_proposals)
register_proposals("service_plans", service_plan_proposals)

#: Red flags on the card of a plan; the board of the week has them all.
FLAGS = 6

LINE_HEADS = (
    _("Day"),
    _("Time"),
    _("Unit"),
    _("Persons"),
    _("Purpose"),
    pgettext_lazy("of a visit", "Mode"),
    _("Vehicle, materials, gifts"),
    _("Cost"),
)


def plan_url(plan: WeekPlan) -> str:
    """Return the address of the week board of this plan."""
    return f"/visits/week/?week={plan.label}&user={plan.user_id}"


def _line_row(line: PlanLine) -> list[str]:
    things = [line.vehicle.name if line.vehicle else "", line.materials, line.gifts]
    return [
        week_day(line.day),
        f"{line.start:%H:%M}–{line.end:%H:%M}",
        line.title,
        listed(person.name for person in line.persons.all()),
        line.purpose,
        str(line.get_mode_display()),
        " · ".join(thing for thing in things if thing),
        str(line.cost) if line.cost else "",
    ]


def _days(lines: Sequence[PlanLine]) -> list[dict[str, Any]]:
    """Return the week day by day, as the card shows it."""
    days: dict[str, list[dict[str, str]]] = {}
    for line in lines:
        things = [line.vehicle.name if line.vehicle else "", line.materials, line.gifts]
        days.setdefault(week_day(line.day), []).append(
            {
                "time": f"{line.start:%H:%M}",
                "unit": line.title,
                "tier": line.unit.tier if line.unit else "",
                "persons": listed(person.name for person in line.persons.all()),
                "purpose": line.purpose if line.unit else "",
                "mode": str(line.get_mode_display()),
                "things": " · ".join(thing for thing in things if thing),
                "cost": str(line.cost) if line.cost else "",
            }
        )
    return [{"day": day, "lines": rows} for day, rows in days.items()]


def _flags(units: set[int]) -> list[str]:
    """Return the open red flags of the units that are visited with whom they are about, the grave ones first, none twice."""
    rows = RedFlag.objects.open().filter(unit__in=units).select_related("unit")
    rows = rows.order_by("-severity", "since_on", "pk")
    told = (labelled(flag.unit.name, title_and_reason(flag)[0]) for flag in rows[: FLAGS * 2])
    return list(dict.fromkeys(told))[:FLAGS]


def plan_snapshot(plan: WeekPlan) -> Mapping[str, Any]:
    """Return what the deciders see of a week, as it stood when it was submitted."""
    rows = plan.lines.standing().filter(is_supplement=False).select_related("unit", "vehicle")
    lines = list(rows.prefetch_related("persons"))
    total = sum((line.cost for line in lines), Decimal(0))
    units = {line.unit_id for line in lines if line.unit_id}
    return {
        "title": f"{plan.user.name} · {plan.label}",
        "subtitle": f"{short_day(plan.monday)} – {short_day(plan.sunday)}",
        "why": plan.goal,
        "amount": total,
        "facts": [
            [str(_("Lines")), str(len(lines))],
            [str(_("Units")), f"{len(units)} / {quota_of(plan.user, 'units_a_week', plan.monday)}"],
            [str(_("A units")), str(sum(1 for u in {ln.unit for ln in lines if ln.unit} if u.tier == "A"))],
        ],
        "flags": _flags(units),
        "days": _days(lines),
        "line_heads": [str(head) for head in LINE_HEADS],
        "lines": [_line_row(line) for line in lines],
        "url": plan_url(plan),
    }


def plan_facts(plan: WeekPlan) -> Facts:
    rows = plan.lines.standing().filter(is_supplement=False).values_list("cost", flat=True)
    return Facts(amount=sum(rows, Decimal(0)))


def supplement_snapshot(line: PlanLine) -> Mapping[str, Any]:
    """Return what the deciders see of one line that was added to an approved week."""
    return {
        "title": f"{line.plan.user.name} · {line.plan.label} · {line.title}",
        "subtitle": str(_("Supplement to an approved week plan")),
        "unit": line.unit.name if line.unit else "",
        "why": line.purpose,
        "amount": line.cost,
        "flags": _flags({line.unit_id} if line.unit_id else set()),
        "days": _days([line]),
        "line_heads": [str(head) for head in LINE_HEADS],
        "lines": [_line_row(line)],
        "url": plan_url(line.plan),
    }


def _held_lines(user: User) -> list[HoldingRow]:
    """Everything planned from today on, but what goes along with their own units."""
    rows = _planned_by(user).exclude(unit__in=KeyAccount.objects.filter(owner=user))
    return [
        HoldingRow(str(line.pk), str(line), line.plan.label, plan_url(line.plan))
        for line in rows.select_related("plan__user", "unit")
    ]


def _planned_by(user: User) -> QuerySet[PlanLine]:
    rows = PlanLine.objects.standing().of_live_plans().filter(plan__user=user, day__gte=business_date())
    return rows.exclude(state=LineState.DONE)


def _waiting(owner: User) -> dict[int, int]:
    """Count but those that stand for an appointment, which takes its line along."""
    rows = _planned_by(owner).filter(unit__owner=owner, appointment__isnull=True)
    return Counter(rows.values_list("unit", flat=True))


register_goes_along(
    GoesAlong(
        "plan_lines",
        20,
        lambda n: ngettext("%(n)s planned visit", "%(n)s planned visits", n) % {"n": n},
        services.follow_owner,
        _waiting,
        services.reclaim,
    )
)


def _move_lines(row_ids: Sequence[str], frm: User, to: User, by: User) -> None:
    for line in PlanLine.objects.filter(pk__in=row_ids, plan__user=frm).order_by("pk"):
        services.hand_over_line(line, to=to, by=by)


register_holding(Holding("visits.plan_lines", _("Planned visits"), _held_lines, _move_lines, order=40))

RETURN_REASONS = (_("Too few A units"), _("The purpose is not clear"), _("The cost is too high"))

register(
    Subject(
        key=PLAN_SUBJECT,
        model=WeekPlan,
        label=_("Week plan"),
        group=_("Plans"),
        icon="calendar-week",
        snapshot=plan_snapshot,
        facts=plan_facts,
        requester=lambda plan: plan.user,
        last_editor=lambda plan: services.last_to_set_cost(plan.lines.standing()),
        url=plan_url,
        bulk=True,
        return_reasons=RETURN_REASONS,
        on_approved=services.approve_plan,
        on_returned=services.return_plan,
        on_voided=services.return_plan,
        on_rejected=lambda plan, by: services.close_plan(plan, by, state=PlanState.REJECTED),
        on_withdrawn=lambda plan, by: services.close_plan(plan, by, state=PlanState.WITHDRAWN),
    )
)
register(
    Subject(
        key=SUPPLEMENT_SUBJECT,
        model=PlanLine,
        label=_("Supplement to a week plan"),
        group=_("Plans"),
        icon="calendar-plus",
        snapshot=supplement_snapshot,
        facts=lambda line: Facts(amount=line.cost),
        requester=lambda line: line.plan.user,
        last_editor=lambda line: services.last_to_set_cost([line]),
        url=lambda line: plan_url(line.plan),
        bulk=True,
        return_reasons=RETURN_REASONS,
        on_approved=services.approve_supplement,
        on_returned=services.return_supplement,
        on_voided=services.return_supplement,
        on_rejected=lambda line, by: services.close_supplement(line, by, state=PlanState.REJECTED),
        on_withdrawn=lambda line, by: services.close_supplement(line, by, state=PlanState.WITHDRAWN),
    )
)

register_page(
    "visits.week", _("Week plan"), "/visits/week/", icon="calendar-week", visible=can_read_plans, order=10
)
register_part(50, "plans", play_plans)


def _plannable_units(user: User, within: str) -> QuerySet[KeyAccount]:
    """Return the units of the person whose week is planned, for those who may plan it."""
    owner = next((person for person in people_to_plan_for(user) if str(person.pk) == within), None)
    return KeyAccount.objects.visible_to(owner) if owner is not None else KeyAccount.objects.none()


def _whose_week(user: User, within: str) -> int:
    return number_in(within) or user.pk


register_pick(unit_pick("visits.plan_unit", _plannable_units, whose=_whose_week))


register_beside_rows("next_visit", first_days, date.fromisoformat)


def _next_visit(unit: KeyAccount, user: User) -> HeadFact:
    today = business_date()
    day = next_visit_of(unit, user)
    if day is None:
        return HeadFact(_("Next visit"), str(_("none planned")), tone="c-warn")
    hint = str(_("today")) if day == today else week_day(day)
    return HeadFact(_("Next visit"), say_day(day), hint=hint)


register_head_fact("next-visit", 40, _next_visit)
register_reading("next_visit", next_visit_asked)
declare(How.MOVE, "visits.PlanLine.unit", "visits.PlanLine_persons.person")
