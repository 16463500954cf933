"""What gift plans give to the frames: acts, the subject of approval, the tab of a unit, Today, the handover, pages, the demo part."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.models import KeyAccount
from accounts.units.registry import Panel, register_panel
from campaigns.gift_plans import services
from campaigns.gift_plans.demo import play_gift_plans
from campaigns.gift_plans.models import GiftPlan, GiftPlanLine, GiftSchedule
from campaigns.gift_plans.permissions import can_add_schedule, can_ask_line, can_see_plans
from campaigns.gift_plans.selectors import (
    GIFTS_DUE,
    lines_of_unit,
    loads,
    schedules_of_unit,
    total_of,
    verdicts,
    with_all,
)
from campaigns.gift_plans.tables import when_words
from campaigns.gift_plans.terms import OPEN_STATES, PlanState
from campaigns.gifts.selectors import day_for
from campaigns.integrity.services import said
from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.core.days import say_day
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.people.registry import Holding, HoldingRow, register_holding
from kam.search.registry import register_page
from kam.today.registry import Section, register_section
from kam.today.terms import Exit, Place
from kam.users.models import User
from kam.users.terms import SELLERS

register_act("campaigns.gift_schedule.added", _("Recurring gift written"))
register_act("campaigns.gift_schedule.ended", _("Recurring gift stopped"))
register_act("campaigns.gift_plan.drafted", _("Gift plan drafted"))
register_act("campaigns.gift_plan.changed", _("Gift plan changed"))
register_act("campaigns.gift_plan.filled", _("Gift plan filled"))
register_act("campaigns.gift_plan.line_added", _("Gift planned"))
register_act("campaigns.gift_plan.line_removed", _("Gift taken out of the plan"))
register_act("campaigns.gift_plan.pending", _("Gift plan handed in"))
register_act("campaigns.gift_plan.approved", _("Gift plan approved"))
register_act("campaigns.gift_plan.returned", _("Gift plan returned for changes"))
register_act("campaigns.gift_plan.rejected", _("Gift plan rejected"))
register_act("campaigns.gift_plan.withdrawn", _("Gift plan withdrawn"))
register_act("campaigns.gift_plan.asked", _("Planned gift asked for"))
register_act("campaigns.gift_plan.dropped", _("Planned gift left out"))
register_act("campaigns.gift_plan.handed_over", _("Gift plan handed over"))
register_history("campaigns.giftplan", GiftPlan, load=visible_row(GiftPlan.objects))
register_history("campaigns.giftschedule", GiftSchedule, load=visible_row(GiftSchedule.objects))
_WORDS = {"line": _("Planned gift"), "lines": _("Gifts"), "rhythm": _("When")}
for _model in (GiftPlan, GiftSchedule):
    register_words(_model, label=_WORDS.get, text=lambda _name, _value: None)
register_link("gift_plan", lambda pk: f"/gifts/plans/{int(pk)}/")


def _snapshot(plan: GiftPlan) -> Mapping[str, Any]:
    """Return what the deciders see: every gift, what it takes from each line, what line, policy and limits object to."""
    lines = list(with_all(plan.lines.all()))
    over = _("%(line)s has %(free)s free; the plan needs %(planned)s: %(over)s more.")
    shown = loads(lines)
    flags = [
        over
        % {
            "line": row.name,
            "free": f"{row.load.free:,.2f}",
            "planned": f"{row.load.planned:,.2f}",
            "over": f"{row.load.over:,.2f}",
        }
        for row in shown
        if row.load.over
    ]
    flags += [said(value, finding) for value, verdict in verdicts(plan) for finding in verdict.findings]
    heads = (_("Day"), pgettext_lazy("gift", "For whom"), _("Gift"), _("Occasion"), _("Amount in yuan"))
    return {
        "title": plan.name,
        "subtitle": f"{plan.number} · {say_day(plan.starts_on)} – {say_day(plan.ends_on)}",
        "amount": total_of(lines),
        "why": plan.note,
        "flags": flags,
        "facts": [[row.name, f"{row.load.planned:,.2f} / {row.load.free:,.2f}"] for row in shown],
        "line_heads": [str(head) for head in heads],
        "lines": [
            [
                day_for(line, None),
                f"{line.person.name} · {line.unit.name}",
                f"{line.item.name} × {line.quantity}",
                str(line.get_occasion_display()),
                f"{line.amount:,.2f}",
            ]
            for line in lines
        ],
        "url": plan.get_absolute_url(),
    }


def _facts(plan: GiftPlan) -> Facts:
    needs = any(verdict.needs_compliance for _value, verdict in verdicts(plan))
    kinds = frozenset({"compliance"}) if needs else frozenset()
    return Facts(amount=total_of(plan.lines.all()), kinds=kinds)


register(
    Subject(
        key=services.SUBJECT,
        model=GiftPlan,
        label=_("Gift plan"),
        group=_("Money"),
        icon="gift",
        snapshot=_snapshot,
        facts=_facts,
        requester=lambda plan: plan.owner,
        url=lambda plan: plan.get_absolute_url(),
        return_reasons=(
            _("Too much for the budget"),
            _("Choose smaller gifts"),
            _("The reason is not clear"),
        ),
        on_approved=services.end_decision(PlanState.APPROVED),
        on_returned=services.end_decision(PlanState.RETURNED),
        on_rejected=services.end_decision(PlanState.REJECTED),
        on_withdrawn=services.end_decision(PlanState.WITHDRAWN),
    )
)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    rows = lines_of_unit(unit, user)
    return {
        "rows": [(row, row.is_open and can_ask_line(user, row.line)) for row in rows],
        "schedules": [(row, when_words(row)) for row in schedules_of_unit(unit)],
        "can_add": can_add_schedule(user, unit),
    }


register_panel(
    Panel(
        "gift-plan",
        _("Planned gifts"),
        26,
        "campaigns/gift_plans/_tab.html",
        _tab,
        counted=lambda unit: GiftPlanLine.objects.filter(unit_id=unit, plan__state=PlanState.APPROVED),
    )
)

_HELD = (*OPEN_STATES, PlanState.PENDING)


def _holdings(user: User) -> list[HoldingRow]:
    """Plans that are not decided yet; gifts of decided ones go with their units."""
    rows = GiftPlan.objects.filter(owner=user, state__in=_HELD)
    return [HoldingRow(str(row.pk), row.name, row.number, row.get_absolute_url()) for row in rows]


def _hand_over(row_ids: Sequence[str], frm: User, to: User, by: User) -> None:
    for plan in GiftPlan.objects.filter(pk__in=row_ids, owner=frm).order_by("pk"):
        services.hand_over_plan(plan, to=to, by=by)


register_holding(Holding("campaigns.gift_plans", _("Gift plans"), _holdings, _hand_over, order=62))


def collect_due(users: Sequence[User], day: date) -> dict[int, list[GiftPlanLine]]:
    """Return user id → planned gifts whose day comes near and that nobody has asked for."""
    return GIFTS_DUE(users, day)


def text_of_due(data: list[GiftPlanLine]) -> str:
    return "\n".join(
        f"- {day_for(row, None)} {row.item.name} × {row.quantity} · {row.unit.name}" for row in data
    )


register_section(
    Section(
        key="gifts_due",
        label=_("Planned gifts to ask for"),
        order=420,
        slots=(Exit.TODAY, Exit.PLAN),
        positions=SELLERS,
        place=Place.SIDE,
        collect=collect_due,
        asks=(GIFTS_DUE,),
        template="campaigns/gift_plans/_today.html",
        text=text_of_due,
    )
)
register_page(
    "campaigns.gift_plans",
    _("Gift plans"),
    "/gifts/plans/",
    icon="gift",
    visible=can_see_plans,
    under="/gifts/",
)
register_page(
    "campaigns.gift_schedules",
    _("Recurring gifts"),
    "/gifts/schedules/",
    icon="gift",
    visible=can_see_plans,
    under="/gifts/",
)
register_part(89, "gift_plans", play_gift_plans)
