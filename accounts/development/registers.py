"""What development gives to the frames: acts, norms, the tab, the timeline, the page of the board, the step in the list."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext

from accounts.development import services_plan
from accounts.development.demo import play_development
from accounts.development.models import AccountPlan, PhaseChange, PlanReview
from accounts.development.permissions import can_move_phase, can_see_phases
from accounts.development.registry import Measure, measures, register_facts, register_measure
from accounts.development.selectors.board import NORM
from accounts.development.selectors.overrides import TOLD, overrides_for, overrides_want
from accounts.development.selectors.plans import (
    contacts_a_month,
    freshness_in_force,
    role_coverage,
    shown_plan,
    visits_held,
)
from accounts.development.selectors.record import (
    changes_of,
    shown_swot,
    standing_of,
    steps_shown,
)
from accounts.development.selectors.rooms import (
    tell_complaints,
    tell_reports,
    tell_service_plans,
    tell_surveys,
)
from accounts.development.services import keep_steps
from accounts.development.terms import Told
from accounts.red_flags.registry import register_follower
from accounts.units.labels import PHASE_LABELS
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.registry import Panel, TimelineEntry, register_action, register_panel, register_timeline
from accounts.units.terms import Phase
from kam.approvals.registry import Subject, register
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.core.sentences import lazy_sentence
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.search.registry import register_page
from kam.settings_rows.registry import define
from kam.today.registry import Section, register_section
from kam.today.terms import Exit
from kam.users.models import User
from kam.users.terms import Position
from kam.webhooks.registry import register_event

register_event("accounts.phase.moved")

register_act("accounts.phase.moved", _("Phase changed"))
register_act("accounts.phase.overridden", _("Phase changed against the conditions"))
register_act("accounts.swot.written", _("SWOT written"))

register_act("accounts.plan.begun", _("Account plan begun"))
register_act("accounts.plan.written", _("Account plan written"))
register_act("accounts.plan.submitted", _("Account plan submitted"))
register_act("accounts.plan.approved", _("Account plan approved"))
register_act("accounts.plan.returned", _("Account plan returned for changes"))
register_act("accounts.plan.rejected", _("Account plan rejected"))
register_act("accounts.plan.withdrawn", _("Account plan withdrawn"))
register_act("accounts.plan.reviewed", _("Account plan reviewed"))
register_link("accounts.plan", lambda pk: f"/accounts/{int(pk)}/plan/")

register_facts([Told.COMPLAINTS, Told.AFTER_SALES], tell_complaints)
register_facts([Told.SURVEYS], tell_surveys)
register_facts([Told.REPORTS], tell_reports)
register_facts([Told.SERVICE_PLANS, Told.REVIEWS], tell_service_plans)

register_measure(Measure("visits", _("Visits held since the plan is in force"), visits_held, _("visits")))
register_measure(Measure("contacts", _("Contacts in the last 30 days"), contacts_a_month, _("contacts")))
register_measure(Measure("coverage", _("Role coverage"), role_coverage, _("points")))

#: Days that a unit should stay in a phase at most; our assumption.
_NORMS = (21, 30, 30, 30, 60, 15, 90)
for _phase, _days in zip(Phase, _NORMS, strict=True):
    define(
        NORM[_phase],
        _days,
        label=lazy_sentence(gettext_noop("Longest time in phase %(n)s"), n=int(_phase)),
        unit=_("days"),
        group=_("Development"),
    )

register_follower(keep_steps)
register_part(97, "development", play_development)
register_page(
    "accounts.phases", _("Phases"), "/accounts/phases/", icon="layout-kanban", visible=can_see_phases, order=8
)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    today = business_date()
    return {
        "standing": standing_of(unit),
        "steps": steps_shown(unit, today),
        "fresh": freshness_in_force(unit, today),
        "swot": shown_swot(unit, today),
        "changes": changes_of(unit)[:10],
        "today": today,
        "can_move": can_move_phase(user, unit),
        "can_edit": can_edit_unit(user, unit),
    }


register_panel(Panel("development", _("Development"), 12, "accounts/development/_tab.html", _tab))


def _moves(unit: KeyAccount, user: User, before: datetime, limit: int) -> list[TimelineEntry]:
    del user
    return [
        TimelineEntry(
            at=change.created_at,
            kind="phases",
            title=_("Phase"),
            text=change.reason,
            who=change.by.name if change.by else "",
            tone="warn" if change.is_override else "good" if change.new > change.old else "",
            icon="layout-kanban",
            url=f"/accounts/{unit.pk}/development/",
            changes=(("", str(PHASE_LABELS[Phase(change.old)]), str(PHASE_LABELS[Phase(change.new)])),),
        )
        for change in changes_of(unit).filter(created_at__lt=before)[:limit]
    ]


def _plans(unit: KeyAccount, user: User, before: datetime, limit: int) -> list[TimelineEntry]:
    del user
    rows = PlanReview.objects.filter(plan__unit=unit, created_at__lt=before).select_related("by", "plan")
    return [
        TimelineEntry(
            at=review.created_at,
            kind="plans",
            title=_("Account plan reviewed"),
            text=review.conclusion,
            who=review.by.name if review.by else "",
            icon="target-arrow",
            url=f"/accounts/{unit.pk}/plan/",
        )
        for review in rows.order_by("-created_at", "-id")[:limit]
    ]


register_timeline("phases", _("Phases"), _moves)
register_timeline("plans", _("Account plan"), _plans)


def _goal(goal: Any, known: Mapping[str, Any]) -> str:
    measured = (
        f"{known[goal.measure].label} {goal.target.normalize():f}"
        if goal.measure in known and goal.target is not None
        else ""
    )
    return " · ".join(part for part in (goal.title, measured, goal.due_on.isoformat()) if part)


def _snapshot(plan: AccountPlan) -> Mapping[str, Any]:
    """What the deciders see: the vision, the goals with their measures, who does what until when."""
    shown = shown_plan(plan, business_date())
    known = measures()
    return {
        "title": f"{plan.unit.name} · V{plan.revision}",
        "subtitle": str(_("Account plan")),
        "unit": plan.unit.name,
        "why": plan.vision,
        "facts": [
            [str(_("Phase")), f"{plan.unit.phase} {PHASE_LABELS[Phase(plan.unit.phase)]}"],
            [str(_("Still to be won, yuan a year")), f"{shown.open_amount:,.2f}"],
            [str(_("Reviewed every (days)")), str(plan.review_days)],
        ],
        "goals": [_goal(row.goal, known) for row in shown.goals],
        "line_heads": [str(_("Action")), str(_("Who")), str(_("Until"))],
        "lines": [[a.text, a.owner.name, a.due_on.isoformat()] for a in shown.actions],
        "url": f"/accounts/{plan.unit_id}/plan/?revision={plan.revision}",
    }


register(
    Subject(
        key=services_plan.SUBJECT,
        model=AccountPlan,
        label=_("Account plan"),
        group=_("Accounts"),
        icon="target-arrow",
        snapshot=_snapshot,
        requester=lambda plan: plan.author,
        material=("why", "goals", "lines"),
        labels={"goals": _("Stage goals")},
        url=lambda plan: f"/accounts/{plan.unit_id}/plan/?revision={plan.revision}",
        return_reasons=(_("The goals cannot be measured"), _("Nobody is named for an action")),
        on_approved=services_plan.approve_plan,
        on_returned=services_plan.return_plan,
        on_voided=services_plan.return_plan,
        on_rejected=services_plan.reject_plan,
        on_withdrawn=services_plan.withdraw_plan,
    )
)
register_action("plan", 5, lambda unit, _user: (_("Account plan"), f"/accounts/{unit.pk}/plan/"))


def text_of_overrides(rows: Sequence[PhaseChange]) -> str:
    """Return the overrides in plain lines for a mail."""
    return "\n".join(
        f"- {row.unit.name} · {row.old} → {row.new} · {row.by.name if row.by else ''} · {say_day(row.on)} · {row.reason}"
        for row in rows[:TOLD]
    )


register_section(
    Section(
        key="phase_overrides",
        label=_("Phases moved although conditions were missing"),
        order=125,
        slots=(Exit.TODAY, Exit.PLAN),
        positions=(Position.DIRECTOR,),
        collect=overrides_for,
        wants=overrides_want,
        template="accounts/development/_overrides.html",
        text=text_of_overrides,
        summary=lambda data: ngettext("%(n)s override", "%(n)s overrides", len(data)) % {"n": len(data)},
    )
)
