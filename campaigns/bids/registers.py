"""What bids give to the frames: acts, the setting, the section of Today, the list's page, the demo part."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from accounts.merge.registry import declare
from accounts.merge.terms import How
from campaigns.bids.demo import play_bids
from campaigns.bids.labels import STATE_LABELS
from campaigns.bids.models import Bid
from campaigns.bids.permissions import can_see_bids
from campaigns.bids.selectors import OPEN, due_bids
from campaigns.bids.services import DAYS_BEFORE
from campaigns.bids.tables import BIDS
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.search.registry import register_page
from kam.settings_rows.registry import define
from kam.today.registry import Section, register_section
from kam.today.terms import Exit

register_act("campaigns.bid.opened", _("Bid begun"))
register_act("campaigns.bid.ready", _("Documents of a bid ready"))
register_act("campaigns.bid.delivered", _("Bid delivered"))
register_act("campaigns.bid.won", _("Bid won"))
register_act("campaigns.bid.lost", _("Bid lost"))
register_act("campaigns.bid.withdrawn", _("Bid withdrawn"))
define(
    DAYS_BEFORE,
    2,
    label=_("Documents of a bid are ready before the opening"),
    unit=_("days"),
    assumption=False,
    group=_("Deals"),
)
_WORDS = {code.value: label for code, label in STATE_LABELS.items()}


def _text(name: str, value: Any) -> Any:
    """States are kept as codes."""
    return _WORDS.get(value) if name == "state" else None


register_history("campaigns.bid", Bid, load=visible_row(Bid.objects.select_related("unit")))
register_words(Bid, label=lambda _name: None, text=_text)
register_link("bid", lambda pk: f"/bids/{int(pk)}/")


def _today_text(data: Sequence[Any]) -> str:
    return "\n".join(f"- {due.bid.unit.name} · {due.bid.title} · {due.words} · {due.until}" for due in data)


register_section(
    Section(
        key="bids",
        label=pgettext_lazy("bid", "Bids"),
        order=118,
        slots=(Exit.TODAY, Exit.PLAN),
        collect=due_bids,
        asks=(OPEN,),
        template="campaigns/bids/_today.html",
        text=_today_text,
        summary=lambda data: ngettext("%(n)s bid", "%(n)s bids", len(data)) % {"n": len(data)},
    )
)
register_page(
    "campaigns.bids",
    pgettext_lazy("bid", "Bids"),
    BIDS.url,
    icon="gavel",
    words="投标 招标",
    visible=can_see_bids,
    order=17,
)
register_part(87, "bids", play_bids)
declare(How.MOVE, "campaigns.Bid.unit")
