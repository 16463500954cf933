"""What agreements give to the frames: acts, the notice, files, the unit's tab, timeline, Today, the daily look, the demo part."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.merge.registry import declare
from accounts.merge.terms import How
from accounts.red_flags.registry import register_facts
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.registers import day_moment
from accounts.units.registry import Panel, TimelineEntry, register_panel, register_timeline
from campaigns.agreements.demo import play_agreements
from campaigns.agreements.labels import STATE_LABELS
from campaigns.agreements.models import Agreement
from campaigns.agreements.permissions import can_see_agreements
from campaigns.agreements.selectors import ENDING, ending_for, ends_told, standing_of
from campaigns.agreements.services import FILES, remind_of_ends
from campaigns.agreements.tables import AGREEMENTS
from campaigns.agreements.terms import NOTICE_DAYS, STATE_TONES
from campaigns.bids.models import Bid
from campaigns.bids.terms import STATE_TONES as BID_TONES
from campaigns.bids.terms import BidState
from campaigns.proposals.models import Proposal
from campaigns.proposals.terms import STATE_TONES as PROPOSAL_TONES
from campaigns.proposals.terms import ProposalState
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.demo.registry import register_part
from kam.files.registry import register_owner
from kam.jobs.registry import periodic
from kam.notes.registry import register_link
from kam.search.registry import register_page
from kam.settings_rows.registry import define
from kam.today.registry import Section, register_section
from kam.today.terms import Exit
from kam.users.models import User

register_facts(ends_told)
register_act("campaigns.agreement.recorded", _("Agreement recorded"))
register_act("campaigns.agreement.ended", _("Agreement ended early"))
define(
    NOTICE_DAYS,
    90,
    label=_("An agreement is renewed before its last day"),
    unit=_("days"),
    group=_("Deals"),
)
periodic(
    "campaigns.agreements.ends",
    every="daily 00:40",
    run=remind_of_ends,
    label=_("Agreements that end: tasks for their renewal"),
)
register_history("campaigns.agreement", Agreement, load=visible_row(Agreement.objects.select_related("unit")))
register_words(Agreement, label=lambda _name: None, text=lambda _name, _value: None)
register_link("agreement", lambda pk: f"/agreements/{int(pk)}/")


def _seen(user: User, owner_id: str) -> Agreement | None:
    return Agreement.objects.visible_to(user).filter(pk=number_in(owner_id) or 0).first()


def _may_add(_user: User, _owner_id: str) -> bool:
    """The signed paper comes with its agreement."""
    return False


register_owner(
    FILES,
    _("Long-term agreement"),
    may_read=lambda user, owner_id: _seen(user, owner_id) is not None,
    may_add=_may_add,
)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    """Return proposals, bids and agreements of a unit."""
    today = business_date()
    agreements = Agreement.objects.filter(unit=unit).select_related("renewal")[:50]
    stand = [(row, standing_of(row, today)) for row in agreements]
    bids = Bid.objects.filter(unit=unit).select_related("responsible")[:50]
    return {
        "can_write": can_edit_unit(user, unit),
        "proposals": [
            (row, PROPOSAL_TONES[ProposalState(row.state)]) for row in Proposal.objects.filter(unit=unit)[:50]
        ],
        "bids": [(row, BID_TONES[BidState(row.state)]) for row in bids],
        "agreements": [(row, STATE_LABELS[state], STATE_TONES[state]) for row, state in stand],
    }


register_panel(Panel("offers", _("Proposals and agreements"), 23, "campaigns/agreements/_tab.html", _tab))


def _timeline(unit: KeyAccount, user: User, before: datetime, limit: int) -> list[TimelineEntry]:
    del user
    rows = Agreement.objects.filter(
        unit=unit, signed_on__lte=timezone.localtime(before).date()
    ).select_related("by")
    entries = [
        TimelineEntry(
            at=day_moment(row.signed_on, row.created_at),
            kind="agreements",
            title=gettext("Agreement signed: %(title)s") % {"title": row.title},
            who=row.by.name,
            url=row.get_absolute_url(),
            tone="good",
            icon="file-text",
        )
        for row in rows.order_by("-signed_on", "-pk")[: limit + 5]
    ]
    return [entry for entry in entries if entry.at < before][:limit]


register_timeline("agreements", _("Long-term agreements"), _timeline)


def _today_text(data: Sequence[Any]) -> str:
    return "\n".join(
        f"- {row.agreement.unit.name} · {row.agreement.title} · {row.agreement.ends_on}" for row in data
    )


register_section(
    Section(
        key="agreements",
        label=_("Agreements that end"),
        order=119,
        slots=(Exit.TODAY, Exit.PLAN),
        collect=ending_for,
        asks=(ENDING,),
        template="campaigns/agreements/_today.html",
        text=_today_text,
        summary=lambda data: (
            ngettext("%(n)s agreement ends", "%(n)s agreements end", len(data)) % {"n": len(data)}
        ),
    )
)
register_page(
    "campaigns.agreements",
    _("Long-term agreements"),
    AGREEMENTS.url,
    icon="file-text",
    words="长期合作协议 续签",
    visible=can_see_agreements,
    order=18,
)
register_part(88, "agreements", play_agreements)
declare(How.STRICT, "campaigns.Agreement.unit")
