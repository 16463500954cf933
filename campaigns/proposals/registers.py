"""What proposals give to the frames: acts, facts of the phases, files, timeline, the list's page, the demo part."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.development.registry import register_facts
from accounts.development.terms import Told
from accounts.merge.registry import declare
from accounts.merge.terms import How
from accounts.units.models import KeyAccount
from accounts.units.registers import day_moment
from accounts.units.registry import TimelineEntry, register_timeline
from campaigns.proposals.demo import play_proposals
from campaigns.proposals.models import Presentation, Proposal
from campaigns.proposals.permissions import can_see_proposals
from campaigns.proposals.selectors import tell_proposals
from campaigns.proposals.services import FILES
from campaigns.proposals.tables import PROPOSALS
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.core.asked import number_in
from kam.demo.registry import register_part
from kam.files.registry import register_owner
from kam.notes.registry import register_link
from kam.search.registry import register_page
from kam.users.models import User

register_act("campaigns.proposal.opened", _("Proposal begun"))
register_act("campaigns.proposal.version_written", _("Version of a proposal written"))
register_act("campaigns.proposal.presented", _("Proposal presented"))
register_act("campaigns.proposal.accepted", _("Proposal accepted"))
register_act("campaigns.proposal.declined", _("Proposal declined"))
register_act("campaigns.proposal.open", _("Proposal open again"))
register_history("campaigns.proposal", Proposal, load=visible_row(Proposal.objects.select_related("unit")))
register_words(Proposal, label=lambda _name: None, text=lambda _name, _value: None)
register_link("proposal", lambda pk: f"/proposals/{int(pk)}/")
register_facts([Told.PROPOSALS], tell_proposals)


def _seen(user: User, owner_id: str) -> Proposal | None:
    rows = Proposal.objects.visible_to(user).select_related("unit")
    return rows.filter(pk=number_in(owner_id) or 0).first()


def _may_add(_user: User, _owner_id: str) -> bool:
    """Files come with their version only."""
    return False


register_owner(
    FILES,
    pgettext_lazy("to a customer", "Proposal"),
    may_read=lambda user, owner_id: _seen(user, owner_id) is not None,
    may_add=_may_add,
)


def _timeline(unit: KeyAccount, user: User, before: datetime, limit: int) -> list[TimelineEntry]:
    del user
    rows = Presentation.objects.filter(
        version__proposal__unit=unit, on__lte=timezone.localtime(before).date()
    )
    entries = [
        TimelineEntry(
            at=day_moment(row.on, row.created_at),
            kind="proposals",
            title=gettext("Proposal presented: %(title)s") % {"title": row.version.proposal.title},
            text=row.reaction,
            who=row.by.name,
            url=row.version.proposal.get_absolute_url(),
            icon="presentation",
        )
        for row in rows.select_related("version__proposal", "by")[: limit + 5]
    ]
    return [entry for entry in entries if entry.at < before][:limit]


register_timeline("proposals", _("Proposals"), _timeline)
register_page(
    "campaigns.proposals",
    _("Proposals"),
    PROPOSALS.url,
    icon="presentation",
    words="方案 建议书",
    visible=can_see_proposals,
    order=16,
)
register_part(86, "offered_proposals", play_proposals)
declare(How.MOVE, "campaigns.Proposal.unit", "campaigns.Presentation_persons.person")
