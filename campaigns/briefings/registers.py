"""What briefings give to the frames: acts, the subject of approval, the unit's tab, effect, board, proposals, Today, handover, demo."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.merge.registry import declare
from accounts.merge.terms import How
from accounts.units.models import KeyAccount
from accounts.units.registry import Panel, register_panel
from campaigns.briefings import services
from campaigns.briefings.demo import play_briefings
from campaigns.briefings.models import Briefing
from campaigns.briefings.permissions import can_ask_briefing, can_see_briefings
from campaigns.briefings.selectors import (
    BRIEFINGS_DUE,
    BRIEFINGS_TO_EQUIP,
    board_entries,
    briefings_of,
    held_by_unit,
    return_proposals,
    warnings_of,
)
from campaigns.briefings.services import SUBJECT
from campaigns.briefings.tables import BRIEFINGS
from campaigns.briefings.terms import STATE_TONES, BriefingState
from campaigns.budgets.selectors import budget_card
from campaigns.campaigns.registry import EffectStep, register_effect
from campaigns.prospects.labels import INTENTION_LABELS
from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.core.clock import department_zone
from kam.core.days import say_day
from kam.core.sentences import said_when_drawn
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.people.registry import Holding, HoldingRow, register_holding
from kam.search.registry import register_page
from kam.today.registry import Due, Section, register_due, register_section
from kam.today.terms import Exit, Place
from kam.users.models import User
from kam.users.terms import SELLERS, Position
from visits.plans.registry import register_entries, register_proposals

register_act("campaigns.briefing.pending", _("Briefing asked for"))
register_act("campaigns.briefing.approved", _("Briefing approved"))
register_act("campaigns.briefing.returned", _("Briefing request returned for changes"))
register_act("campaigns.briefing.rejected", _("Briefing rejected"))
register_act("campaigns.briefing.withdrawn", _("Briefing request withdrawn"))
register_act("campaigns.briefing.prepared", _("People and materials reserved for a briefing"))
register_act("campaigns.briefing.cancelled", _("Briefing called off"))
register_act("campaigns.briefing.held", _("Briefing held"))
_INTENTIONS: dict[str, Any] = {key.value: label for key, label in INTENTION_LABELS.items()}
register_act("campaigns.briefing.closed", _("Briefing closed"))
register_act("campaigns.briefing.step_done", _("Step of a briefing done"))
register_act("campaigns.briefing.step_undone", _("Step of a briefing taken back"))
register_act("campaigns.briefing.attended", _("Participant of a briefing taken down"))
register_act("campaigns.briefing.attendee_changed", _("Participant of a briefing corrected"))
register_act("campaigns.briefing.handed_over", _("Briefing handed over"))
register_history("campaigns.briefing", Briefing, load=visible_row(Briefing.objects))
register_words(
    Briefing,
    label={"amount": _("Amount"), "step": _("Step")}.get,
    text=lambda name, value: _INTENTIONS.get(value) if name == "intention" else None,
)
register_link("briefing", lambda pk: f"/briefings/{int(pk)}/")


def said_time(briefing: Briefing) -> str:
    """Return day and hours on the department's clock."""
    start, end = (localtime(at, department_zone()) for at in (briefing.starts_at, briefing.ends_at))
    return f"{say_day(start.date())} {start:%H:%M}–{end:%H:%M}"


def _snapshot(briefing: Briefing) -> Mapping[str, Any]:
    """Return what the deciders see: where, when, for how many, why, the money before and after, what goes along, earlier briefings."""
    told = {
        _("Campaign"): briefing.campaign.name,
        _("Time"): said_time(briefing),
        _("Place"): briefing.place,
        _("Agreed with"): str(briefing.contact.name) if briefing.contact else "",
        _("Participants expected"): str(briefing.expected_count),
    }
    card: dict[str, Any] = {
        "title": f"{briefing.number} · {briefing.unit.name}",
        "unit": briefing.unit.name,
        "why": briefing.why,
        "flags": warnings_of(briefing),
        "facts": [[str(label), value] for label, value in told.items() if value],
        "history": _earlier(briefing),
        "line_heads": [str(_("What goes along")), str(_("Quantity"))],
        "lines": [
            [str(item.get_kind_display()), str(item.quantity or _("some"))] for item in briefing.items.all()
        ],
        "url": briefing.get_absolute_url(),
    }
    if briefing.line is not None and briefing.estimate_amount > 0:
        card |= {
            "amount": briefing.estimate_amount,
            "budget": budget_card(briefing.line, briefing.estimate_amount),
        }
    return card


def _earlier(briefing: Briefing) -> list[list[str]]:
    """Return what briefings at this unit came to: day, who came and wanted something, cost."""
    rows = [row for row in briefings_of(briefing.unit) if row.state in {"held", "closed"}]
    words = _("%(number)s: %(came)s came, %(willing)s with an intention")
    return [
        [
            say_day(row.day),
            str(words) % {"number": row.number, "came": row.came, "willing": row.willing},  # type: ignore[attr-defined]  # by with_numbers()
            f"{row.actual_amount or 0:,.2f}",
        ]
        for row in rows
    ]


register(
    Subject(
        key=SUBJECT,
        model=Briefing,
        label=_("Product briefing"),
        group=_("Plans"),
        icon="presentation",
        snapshot=_snapshot,
        facts=lambda briefing: Facts(amount=briefing.estimate_amount),
        requester=lambda briefing: briefing.asked_by,
        url=lambda briefing: briefing.get_absolute_url(),
        return_reasons=(
            _("The time does not fit"),
            _("Too few people are expected"),
            _("The cost is too high"),
        ),
        on_approved=services.approve_briefing,
        on_returned=lambda row, by: services.end_request(row, by, state=BriefingState.RETURNED),
        on_rejected=lambda row, by: services.end_request(row, by, state=BriefingState.REJECTED),
        on_withdrawn=lambda row, by: services.end_request(row, by, state=BriefingState.WITHDRAWN),
    )
)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    return {
        "briefings": [(row, STATE_TONES[BriefingState(row.state)]) for row in briefings_of(unit)],
        "can_ask": can_ask_briefing(user, unit),
    }


def _holdings(user: User) -> list[HoldingRow]:
    """Briefings on which something is still to be done."""
    rows = Briefing.objects.open().filter(owner=user).select_related("unit").order_by("pk")
    return [HoldingRow(str(row.pk), str(row), said_time(row), row.get_absolute_url()) for row in rows]


def _hand_over(row_ids: Sequence[str], frm: User, to: User, by: User) -> None:
    services.hand_over(row_ids, frm=frm, to=to, by=by)


_DUE_WORDS = {
    BriefingState.APPROVED: _("reserve people and materials"),
    BriefingState.PREPARED: _("seven steps to be ticked"),
    BriefingState.HELD: _("count it and plan the return visits"),
}


def collect_briefings(
    users: Sequence[User], day: date
) -> dict[int, list[tuple[Briefing, Promise, Any, bool]]]:
    """Return user id → briefings with their time, what is due, and whether their day has come."""
    return {
        pk: [
            (row, said_when_drawn(said_time, row), _DUE_WORDS[BriefingState(row.state)], row.day <= day)
            for row in rows
        ]
        for pk, rows in BRIEFINGS_DUE(users, day).items()
    }


def text_of_briefings(data: list[tuple[Briefing, Promise, Any, bool]]) -> str:
    return "\n".join(f"- {when} {row.unit.name} · {words}" for row, when, words, _today in data)


def collect_for_clerk(users: Sequence[User], day: date) -> dict[int, list[tuple[Promise, str]]]:
    """Return user id → the briefings of the next week, what is to be brought out for each, and where it stands."""
    return {
        pk: [(said_when_drawn(_said_to_clerk, row), row.get_absolute_url()) for row in rows]
        for pk, rows in BRIEFINGS_TO_EQUIP(users, day).items()
    }


def _said_to_clerk(row: Briefing) -> str:
    when = said_time(row)
    if row.state == BriefingState.APPROVED:
        return gettext("Briefing %(when)s, %(unit)s: nothing is reserved yet") % {
            "when": when,
            "unit": row.unit.name,
        }
    count: int = row.things  # type: ignore[attr-defined]  # by the ask
    words = ngettext(
        "Briefing %(when)s, %(unit)s: bring out %(n)s kind of things",
        "Briefing %(when)s, %(unit)s: bring out %(n)s kinds of things",
        count,
    )
    return words % {"when": when, "unit": row.unit.name, "n": count}


register_due(
    Due(
        key="briefings",
        positions=(Position.CLERK,),
        collect=collect_for_clerk,
        asks=(BRIEFINGS_TO_EQUIP,),
    )
)
register_section(
    Section(
        key="briefings",
        label=_("Product briefings"),
        order=405,
        slots=(Exit.TODAY, Exit.PLAN),
        positions=SELLERS,
        place=Place.SIDE,
        collect=collect_briefings,
        asks=(BRIEFINGS_DUE,),
        template="campaigns/briefings/_today.html",
        text=text_of_briefings,
    )
)
register_holding(Holding("campaigns.briefings", _("Product briefings"), _holdings, _hand_over, order=53))
register_effect(EffectStep("briefings", _("Briefings held"), 20, held_by_unit))
register_entries("briefings", board_entries)
register_proposals("briefings", return_proposals)
register_panel(
    Panel(
        "briefings",
        _("Product briefings"),
        20,
        "campaigns/briefings/_tab.html",
        _tab,
        counted=lambda unit: Briefing.objects.filter(unit_id=unit),
    )
)
register_page(
    "campaigns.briefings",
    _("Product briefings"),
    BRIEFINGS.url,
    icon="presentation",
    visible=can_see_briefings,
    order=9,
)
register_part(88, "briefings", play_briefings)
declare(How.MOVE, "campaigns.Briefing.unit", "campaigns.Briefing.contact", "campaigns.Attendee.person")
