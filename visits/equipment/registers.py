"""What equipment on loan gives to the frames: acts, the subject of approval, Today, the handover of public items, pages, the demo part."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.approvals.registry import Subject, register
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.core.days import say_day
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.people.registry import Holding, HoldingRow, register_holding
from kam.search.registry import register_action, register_page
from kam.today.registry import Section, register_section
from kam.today.terms import Exit, Place
from kam.users.models import User
from visits.equipment import services
from visits.equipment.demo import play_equipment
from visits.equipment.models import Loan
from visits.equipment.permissions import can_ask_loan, can_see_loans
from visits.equipment.selectors import LOANS_DUE
from visits.equipment.tables import LOANS
from visits.equipment.terms import HELD, LoanState

__all__ = ["LOANS"]  # workers write its files

register_act("visits.loan.pending", _("Equipment asked for"))
register_act("visits.loan.approved", _("Loan of equipment approved"))
register_act("visits.loan.sent_back", _("Request for equipment returned for changes"))
register_act("visits.loan.rejected", _("Loan of equipment rejected"))
register_act("visits.loan.withdrawn", _("Request for equipment withdrawn"))
register_act("visits.loan.cancelled", _("Loan of equipment cancelled"))
register_act("visits.loan.out", _("Equipment handed out"))
register_act("visits.loan.back", _("Equipment given back"))
register_act("visits.loan.passed_on", _("Equipment passed on to a successor"))
register_history("visits.loan", Loan, load=visible_row(Loan.objects))
register_words(
    Loan, label={"purpose": pgettext_lazy("equipment", "Purpose")}.get, text=lambda _name, _value: None
)
register_link("loan", lambda pk: f"/visits/equipment/{int(pk)}/")


def _snapshot(loan: Loan) -> Mapping[str, Any]:
    """What the deciders see: what, for what, which days."""
    return {
        "title": f"{loan.resource.name} · {loan.user.name}",
        "subtitle": f"{loan.number} · {say_day(loan.starts_on)} – {say_day(loan.ends_on)}",
        "why": loan.purpose,
        "facts": [
            [str(_("First day")), say_day(loan.starts_on)],
            [str(_("To be given back on")), say_day(loan.ends_on)],
        ],
        "url": loan.get_absolute_url(),
    }


register(
    Subject(
        key=services.SUBJECT,
        model=Loan,
        label=_("Equipment"),
        group=_("Plans"),
        icon="package",
        snapshot=_snapshot,
        requester=lambda loan: loan.user,
        url=lambda loan: loan.get_absolute_url(),
        bulk=True,
        return_reasons=(_("The purpose is not clear"), _("Fewer days will do")),
        on_approved=services.approve_loan,
        on_returned=services.end_request(LoanState.SENT_BACK),
        on_rejected=services.end_request(LoanState.REJECTED),
        on_withdrawn=services.end_request(LoanState.WITHDRAWN),
    )
)


def _holdings(user: User) -> list[HoldingRow]:
    """What a person has drawn, or is about to draw: a public item (S-222)."""
    rows = Loan.objects.filter(user=user, state__in=(*HELD, LoanState.SENT_BACK)).select_related("resource")
    return [
        HoldingRow(str(row.pk), row.resource.name, str(row.get_state_display()), row.get_absolute_url())
        for row in rows
    ]


def _hand_over(row_ids: Sequence[str], frm: User, to: User, by: User) -> None:
    for loan in Loan.objects.filter(pk__in=row_ids, user=frm).order_by("pk"):
        services.pass_on(loan, to=to, by=by)


register_holding(
    Holding("visits.equipment", _("Equipment on loan"), _holdings, _hand_over, order=80, is_public_item=True)
)


def collect_due(users: Sequence[User], day: date) -> dict[int, list[Loan]]:
    """Return user id → equipment to be given back by tomorrow, or overdue."""
    return LOANS_DUE(users, day)


def text_of_due(data: list[Loan]) -> str:
    return "\n".join(f"- {row.resource.name} · {say_day(row.ends_on)}" for row in data)


register_section(
    Section(
        key="equipment_due",
        label=_("Equipment to give back"),
        order=430,
        slots=(Exit.TODAY, Exit.PLAN),
        place=Place.SIDE,
        collect=collect_due,
        asks=(LOANS_DUE,),
        template="visits/equipment/_today.html",
        text=text_of_due,
    )
)
register_page(
    "visits.equipment",
    _("Equipment on loan"),
    "/visits/equipment/",
    icon="package",
    visible=can_see_loans,
    under="/visits/resources/",
)
register_action(
    "visits.loan.new", _("Ask for equipment"), "/visits/equipment/new/", icon="package", visible=can_ask_loan
)
register_part(53, "equipment", play_equipment)
