"""What receptions give to the frames: acts, the subject of approval, the tab of a unit, pages, the demo part."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.evaluation.registry import Cost, register_cost
from accounts.merge.registry import declare
from accounts.merge.terms import How
from accounts.persons.terms import Official as PersonOfficial
from accounts.units.models import KeyAccount
from accounts.units.registry import Panel, register_panel
from campaigns.budgets.selectors import budget_card
from campaigns.gifts.selectors import flags_card, history_card
from campaigns.receptions import services
from campaigns.receptions.demo import play_receptions
from campaigns.receptions.models import Reception, ReceptionGuest
from campaigns.receptions.permissions import can_ask_reception, can_see_receptions
from campaigns.receptions.selectors import cost_by_unit
from campaigns.receptions.services import EXCESS, SUBJECT, values_of
from campaigns.receptions.terms import STATE_TONES, ExcessState, ReceptionState
from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts
from kam.approvals.terms import Official
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.core.days import say_day
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.search.registry import register_page
from kam.users.models import User

register_act("campaigns.reception.pending", _("Reception asked for"))
register_act("campaigns.reception.changed", _("Amount of a reception changed"))
register_act("campaigns.reception.approved", _("Reception approved"))
register_act("campaigns.reception.returned", _("Reception request returned for changes"))
register_act("campaigns.reception.rejected", _("Reception rejected"))
register_act("campaigns.reception.withdrawn", _("Reception request withdrawn"))
register_act("campaigns.reception.reported", _("Reception reported"))
register_act("campaigns.reception.cancelled", _("Reception cancelled"))
register_act("campaigns.reception.excess_pending", _("Share above a limit told to the general manager"))
register_act("campaigns.reception.excess_returned", _("Share above a limit to be explained again"))
register_act("campaigns.reception.excess_accepted", _("Share above a limit accepted"))
register_act("campaigns.reception.excess_rejected", _("Share above a limit not accepted"))
register_act("campaigns.reception.excess_withdrawn", _("Explanation of a share above a limit withdrawn"))
register_history("campaigns.reception", Reception, load=visible_row(Reception.objects))
register_words(Reception, label={"amount": _("Amount")}.get, text=lambda _name, _value: None)
register_link("reception", lambda pk: f"/receptions/{int(pk)}/")


def _guests(reception: Reception) -> list[ReceptionGuest]:
    return list(reception.guests.select_related("person__unit", "benefit__giver"))


def _snapshot(reception: Reception) -> Mapping[str, Any]:
    """Return what the deciders see: guests, days, the money before and after, what each guest has received, why."""
    guests = _guests(reception)
    own = [guest.benefit for guest in guests if guest.benefit is not None]
    values = values_of(reception, [guest.person for guest in guests], reception.estimate_amount)
    told = {
        _("Guests"): "、".join(f"{guest.person.name} {guest.person.post}".strip() for guest in guests),
        _("Other guests"): f"{reception.other_count} {reception.other_guests}".strip()
        if reception.other_count
        else "",
        _("Accompanied by"): f"{reception.staff_count} {reception.staff}".strip(),
        _("Days"): f"{say_day(reception.arrives_on)} – {say_day(reception.leaves_on)}",
        _("Share of each"): f"{values[0].amount:,.2f}" if values else "",
        _("Itinerary"): reception.itinerary,
        _("Standard of hospitality"): reception.standard,
        _("Vehicle"): reception.vehicle,
        _("Accommodation"): reception.lodging,
        _("Reason for compliance"): reception.compliance_reason,
    }
    return {
        "title": f"{reception.number} · {reception.unit.name}",
        "unit": reception.unit.name,
        "amount": reception.estimate_amount,
        "why": reception.purpose,
        "flags": flags_card(values, own),
        "budget": budget_card(reception.line, reception.estimate_amount),
        "history": history_card(values, own),
        "facts": [[str(label), value] for label, value in told.items() if value],
        "url": reception.get_absolute_url(),
    }


def _facts(reception: Reception) -> Facts:
    guests = _guests(reception)
    needs = any(guest.benefit is not None and guest.benefit.needs_compliance for guest in guests)
    official = any(guest.person.official != PersonOfficial.NO for guest in guests)
    return Facts(
        amount=reception.estimate_amount,
        official=Official.YES if official else Official.NO,
        kinds=frozenset({"compliance"}) if needs else frozenset(),
    )


register(
    Subject(
        key=SUBJECT,
        model=Reception,
        label=_("Reception request"),
        group=_("Money"),
        icon="users",
        snapshot=_snapshot,
        facts=_facts,
        requester=lambda reception: reception.asked_by,
        url=lambda reception: reception.get_absolute_url(),
        return_reasons=(_("The purpose is not clear"), _("The cost is too high"), _("Another budget line")),
        on_approved=services.approve_reception,
        on_returned=services.return_reception,
        on_rejected=lambda row, by: services.close_reception(row, by, state=ReceptionState.REJECTED),
        on_withdrawn=lambda row, by: services.close_reception(row, by, state=ReceptionState.WITHDRAWN),
    )
)


def _excess_snapshot(reception: Reception) -> Mapping[str, Any]:
    """Return what the general manager sees afterwards: what was allowed, what it came to, who received how much, why."""
    guests = [guest for guest in _guests(reception) if guest.came]
    own = [guest.benefit for guest in guests if guest.benefit is not None]
    actual = reception.actual_amount or reception.estimate_amount
    values = values_of(reception, [guest.person for guest in guests], actual)
    heads = (_("Guest"), _("Allowed"), _("Received"))
    return {
        "title": f"{reception.number} · {reception.unit.name}",
        "unit": reception.unit.name,
        "amount": actual,
        "why": reception.over_reason,
        "flags": flags_card(values, own),
        "history": history_card(values, own),
        "facts": [
            [str(_("Estimated cost in yuan")), f"{reception.estimate_amount:,.2f}"],
            [str(_("Actual cost in yuan")), f"{actual:,.2f}"],
            [str(_("What happened")), reception.course],
        ],
        "line_heads": [str(head) for head in heads],
        "lines": [
            [value.person.name, f"{benefit.amount:,.2f}", f"{value.amount:,.2f}"]
            for value, benefit in zip(values, own, strict=True)
        ],
        "url": reception.get_absolute_url(),
    }


register(
    Subject(
        key=EXCESS,
        model=Reception,
        label=_("Share of a reception above its limit"),
        group=_("Money"),
        icon="scale",
        snapshot=_excess_snapshot,
        facts=lambda reception: Facts(amount=reception.actual_amount or reception.estimate_amount),
        requester=lambda reception: reception.reported_by or reception.asked_by,
        url=lambda reception: reception.get_absolute_url(),
        return_reasons=(_("The reason is not clear"),),
        on_approved=services.end_excess(ExcessState.ACCEPTED),
        on_returned=services.end_excess(ExcessState.RETURNED),
        on_rejected=services.end_excess(ExcessState.REJECTED),
        on_withdrawn=services.end_excess(ExcessState.WITHDRAWN),
    )
)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    rows = Reception.objects.filter(unit=unit).select_related("asked_by")[:50]
    return {
        "receptions": [(row, STATE_TONES[ReceptionState(row.state)]) for row in rows],
        "can_ask": can_ask_reception(user, unit),
    }


register_panel(
    Panel(
        "receptions",
        _("Receptions"),
        27,
        "campaigns/receptions/_tab.html",
        _tab,
        counted=lambda unit: Reception.objects.filter(unit_id=unit),
    )
)
register_page(
    "campaigns.receptions",
    _("Receptions"),
    "/receptions/",
    icon="users",
    visible=can_see_receptions,
    order=38,
)
register_part(87, "receptions", play_receptions)
register_cost(Cost("receptions", _("receptions"), 30, cost_by_unit))
declare(How.STRICT, "campaigns.Reception.unit")
declare(How.MOVE, "campaigns.ReceptionGuest.person")
