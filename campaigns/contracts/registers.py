"""What contracts give to the frames: acts, files, the section of Today, the demo part."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.contracts.demo import play_contracts
from campaigns.contracts.labels import CONCESSION_LABELS, ITEM_LABELS
from campaigns.contracts.selectors import DUE, due_milestones
from campaigns.contracts.services import FILES
from campaigns.deals.models import Deal
from kam.audit.records import register_words
from kam.audit.registry import register_act
from kam.core.asked import number_in
from kam.demo.registry import register_part
from kam.files.registry import register_owner
from kam.today.registry import Section, register_section
from kam.today.terms import Exit
from kam.users.models import User

register_act("campaigns.deal.negotiated", _("Round of a negotiation recorded"))
register_act("campaigns.deal.milestones_planned", _("Milestones of a deal planned"))
register_act("campaigns.deal.milestone_reached", _("Milestone of a deal reached"))
register_act("campaigns.deal.payments_planned", _("Payment plan of a deal written"))
register_act("campaigns.deal.archived", _("Contract archived"))
register_act("campaigns.deal.archive_checked", _("Archived contract checked"))
_VALUES: dict[str, dict[str, Any]] = {
    "item": {key.value: label for key, label in ITEM_LABELS.items()},
    "concession": {key.value: label for key, label in CONCESSION_LABELS.items()},
}
register_words(Deal, label=lambda _name: None, text=lambda name, value: _VALUES.get(name, {}).get(value))


def _may_read(user: User, owner_id: str) -> bool:
    return Deal.objects.visible_to(user).filter(pk=number_in(owner_id) or 0).exists()


def _may_add(_user: User, _owner_id: str) -> bool:
    """The scan comes with its archive entry only."""
    return False


register_owner(FILES, _("Contract"), may_read=_may_read, may_add=_may_add)


def _today_text(data: Sequence[Any]) -> str:
    return "\n".join(
        f"- {due.milestone.deal.unit.name} · {due.milestone.get_kind_display()} · {due.milestone.planned_on}"
        for due in data
    )


register_section(
    Section(
        key="milestones",
        label=_("Milestones of deals"),
        order=117,
        slots=(Exit.TODAY, Exit.PLAN),
        collect=due_milestones,
        asks=(DUE,),
        template="campaigns/contracts/_today.html",
        text=_today_text,
        summary=lambda data: ngettext("%(n)s milestone", "%(n)s milestones", len(data)) % {"n": len(data)},
    )
)
register_part(89, "contracts", play_contracts)
