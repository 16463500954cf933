"""What sponsorships give to the frames: acts, the subject of approval, the tab of a unit, the card of an outlet, pages, the demo part."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.evaluation.registry import Cost, register_cost
from accounts.merge.registry import declare
from accounts.merge.terms import How
from accounts.persons.terms import Official as PersonOfficial
from accounts.units.models import KeyAccount
from accounts.units.registry import Panel, register_panel
from campaigns.budgets.selectors import budget_card
from campaigns.gifts.selectors import flags_card, history_card
from campaigns.outlets.models import Outlet
from campaigns.outlets.registry import OutletPart, register_outlet_part
from campaigns.sponsorships import services
from campaigns.sponsorships.demo import play_sponsorships
from campaigns.sponsorships.models import Recipient, Sponsorship
from campaigns.sponsorships.permissions import (
    can_ask_sponsorship,
    can_ask_without_unit,
    can_see_sponsorships,
)
from campaigns.sponsorships.selectors import EVENTS, cost_by_unit
from campaigns.sponsorships.services import SUBJECT, values_of
from campaigns.sponsorships.tables import SPONSORSHIPS
from campaigns.sponsorships.terms import STATE_TONES, SponsorshipState
from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts
from kam.approvals.terms import Official
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.core.days import say_day
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.search.registry import register_action, register_page
from kam.settings_rows.registry import define
from kam.users.models import User

register_act("campaigns.sponsorship.pending", _("Sponsorship asked for"))
register_act("campaigns.sponsorship.changed", _("Amount of a sponsorship changed"))
register_act("campaigns.sponsorship.approved", _("Sponsorship approved"))
register_act("campaigns.sponsorship.returned", _("Sponsorship request returned for changes"))
register_act("campaigns.sponsorship.rejected", _("Sponsorship rejected"))
register_act("campaigns.sponsorship.withdrawn", _("Sponsorship request withdrawn"))
register_act("campaigns.sponsorship.reported", _("Sponsorship reported"))
register_act("campaigns.sponsorship.cancelled", _("Sponsorship cancelled"))
register_history("campaigns.sponsorship", Sponsorship, load=visible_row(Sponsorship.objects))
register_words(Sponsorship, label={"amount": _("Amount")}.get, text=lambda _name, _value: None)
register_link("sponsorship", lambda pk: f"/sponsorships/{int(pk)}/")
define(EVENTS, 80, label=_("Sports events to be sponsored in a year"), unit=_("events"), group=_("Outlets"))


def _recipients(row: Sponsorship) -> list[Recipient]:
    return list(row.recipients.select_related("person__unit", "benefit__giver"))


def _snapshot(row: Sponsorship) -> Mapping[str, Any]:
    """Return what the deciders see: the event, the money before and after, who receives what, why."""
    recipients = _recipients(row)
    own = [one.benefit for one in recipients if one.benefit is not None]
    values = values_of(row, [one.person for one in recipients])
    told = {
        _("Kind"): str(row.get_kind_display()),
        _("Organiser"): row.organiser,
        _("Place"): row.place,
        _("Days"): f"{say_day(row.on)} – {say_day(row.until)}",
        _("Outlet"): row.outlet.name if row.outlet else "",
        _("Products given"): row.goods,
        _("Publicity"): row.publicity,
        _("Who receives something"): "、".join(
            f"{one.person.name} {one.person.post}".strip() for one in recipients
        ),
        _("What each receives"): f"{row.get_benefit_kind_display()} {row.each_amount:,.2f}"
        if row.each_amount
        else "",
        _("Reason for compliance"): row.compliance_reason,
        _("Written basis"): row.basis_document,
        _("How the employer was informed"): row.employer_document,
    }
    return {
        "title": f"{row.number} · {row.title}",
        "unit": row.unit.name if row.unit else "",
        "amount": row.estimate_amount,
        "why": row.purpose,
        "flags": flags_card(values, own),
        "budget": budget_card(row.line, row.estimate_amount),
        "history": history_card(values, own),
        "facts": [[str(label), value] for label, value in told.items() if value],
        "url": row.get_absolute_url(),
    }


def _facts(row: Sponsorship) -> Facts:
    recipients = _recipients(row)
    needs = any(one.benefit is not None and one.benefit.needs_compliance for one in recipients)
    official = any(one.person.official != PersonOfficial.NO for one in recipients)
    return Facts(
        amount=row.estimate_amount,
        official=Official.YES if official else Official.NO,
        kinds=frozenset({"compliance"}) if needs else frozenset(),
    )


register(
    Subject(
        key=SUBJECT,
        model=Sponsorship,
        label=_("Sponsorship request"),
        group=_("Money"),
        icon="trophy",
        snapshot=_snapshot,
        facts=_facts,
        requester=lambda row: row.asked_by,
        url=lambda row: row.get_absolute_url(),
        return_reasons=(
            _("What it is to bring is not clear"),
            _("The cost is too high"),
            _("Another budget line"),
        ),
        on_approved=services.approve_sponsorship,
        on_returned=services.return_sponsorship,
        on_rejected=lambda row, by: services.close_sponsorship(row, by, state=SponsorshipState.REJECTED),
        on_withdrawn=lambda row, by: services.close_sponsorship(row, by, state=SponsorshipState.WITHDRAWN),
    )
)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    rows = Sponsorship.objects.filter(unit=unit).select_related("asked_by")[:50]
    return {
        "sponsorships": [(row, STATE_TONES[SponsorshipState(row.state)]) for row in rows],
        "can_ask": can_ask_sponsorship(user, unit),
    }


def _card(outlet: Outlet, user: User) -> dict[str, Any]:
    rows = Sponsorship.objects.filter(outlet=outlet)[:20]
    may = outlet.closed_on is None and can_ask_sponsorship(user, outlet.unit)
    ask = reverse("unit-sponsorship-new", args=[outlet.unit_id])
    return {
        "sponsorships": [(row, STATE_TONES[SponsorshipState(row.state)]) for row in rows],
        "ask_url": f"{ask}?outlet={outlet.pk}" if may else "",
    }


register_panel(
    Panel(
        "sponsorships",
        _("Sponsorships"),
        29,
        "campaigns/sponsorships/_tab.html",
        _tab,
        counted=lambda unit: Sponsorship.objects.filter(unit_id=unit),
    )
)
register_outlet_part(OutletPart("sponsorships", 20, "campaigns/sponsorships/_card.html", _card))
register_page(
    "campaigns.sponsorships",
    _("Sponsorships"),
    SPONSORSHIPS.url,
    icon="trophy",
    visible=can_see_sponsorships,
    order=38,
)
register_action(
    "campaigns.sponsorship_new",
    _("Ask for a sponsorship"),
    "/sponsorships/new/",
    icon="trophy",
    visible=can_ask_without_unit,
)
register_part(88, "sponsorships", play_sponsorships)
register_cost(Cost("sponsorships", _("sponsorships"), 35, cost_by_unit))
declare(How.STRICT, "campaigns.Sponsorship.unit")
declare(How.MOVE, "campaigns.Recipient.person")
