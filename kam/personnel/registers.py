"""What personnel proposals give to the frames. Nothing here reaches search, digests or files of rows."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.approvals.registry import Subject, register
from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.core.days import say_day
from kam.core.frame import register_menu
from kam.files.registry import register_owner
from kam.people.registry import OwnPart, register_own_part
from kam.personnel import services
from kam.personnel.models import Proposal
from kam.personnel.permissions import can_edit_proposal, can_read_register
from kam.personnel.selectors import FILES, as_seen, decided_about
from kam.personnel.tables import PROPOSALS
from kam.personnel.terms import ProposalState
from kam.search.registry import register_page
from kam.users.models import User

__all__ = ["PROPOSALS"]

register_act("personnel.proposal.drafted", _("Personnel proposal drafted"))
register_act("personnel.proposal.changed", _("Personnel proposal changed"))
register_act("personnel.proposal.pending", _("Personnel proposal handed in"))
register_act("personnel.proposal.approved", _("Personnel proposal agreed to"))
register_act("personnel.proposal.returned", _("Personnel proposal returned for changes"))
register_act("personnel.proposal.rejected", _("Personnel proposal rejected"))
register_act("personnel.proposal.withdrawn", _("Personnel proposal withdrawn"))
register_act("personnel.proposal.commented", _("Personnel proposal commented"))
register_history("personnel.proposal", Proposal, load=visible_row(Proposal.objects))


def snapshot(proposal: Proposal) -> Mapping[str, Any]:
    """What HR and the general manager decide on."""
    facts = [
        [_("Kind"), proposal.get_kind_display()],
        [_("Position"), proposal.get_position_display()],
        [_("Act or negligence"), proposal.get_fault_display()],
        [_("Happened on"), say_day(proposal.happened_on) if proposal.happened_on else ""],
        [_("Evidence"), proposal.evidence],
        [pgettext_lazy("personnel", "Proposal"), proposal.proposal],
    ]
    return {
        "title": proposal.who,
        "subtitle": str(proposal),
        "unit": proposal.unit_label,
        "why": proposal.what,
        "facts": [[str(label), str(value)] for label, value in facts if value],
        "url": proposal.get_absolute_url(),
    }


register(
    Subject(
        key=services.SUBJECT,
        model=Proposal,
        label=_("Personnel proposal"),
        group=_("People"),
        icon="gavel",
        snapshot=snapshot,
        requester=lambda proposal: proposal.proposed_by,
        beneficiary=lambda proposal: proposal.person,
        url=lambda proposal: proposal.get_absolute_url(),
        return_reasons=(_("The evidence is not enough"), _("The person was not heard")),
        on_approved=services.decide(ProposalState.APPROVED),
        on_rejected=services.decide(ProposalState.REJECTED),
        on_returned=services.end_request(ProposalState.RETURNED),
        on_withdrawn=services.end_request(ProposalState.WITHDRAWN),
    )
)


def _may_add(user: User, proposal_id: str) -> bool:
    proposal = as_seen(user, proposal_id)
    return proposal is not None and can_edit_proposal(user, proposal)


register_owner(
    FILES,
    _("Personnel proposal"),
    may_read=lambda user, proposal_id: as_seen(user, proposal_id) is not None,
    may_add=_may_add,
)


def own_card(user: User) -> QuerySet[Proposal] | None:
    """What was decided about this person; no card where there is nothing."""
    rows = decided_about(user)
    return rows or None


register_own_part(OwnPart("personnel", 20, "personnel/_own.html", own_card))
register_menu("proposals", _("Personnel proposals"), "gavel", "/people/proposals/", visible=can_read_register)
register_page(
    "personnel",
    _("Personnel proposals"),
    "/people/proposals/",
    icon="gavel",
    visible=can_read_register,
    order=91,
)
