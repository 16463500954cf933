"""What quotes give to the frames: acts, open offers for the preview of rules, special terms' approval, the list, the tab."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.merge.registry import declare
from accounts.merge.terms import How
from accounts.units.models import KeyAccount
from accounts.units.registry import Panel, register_panel
from campaigns.discounts.registry import register_open_offers
from campaigns.quotes import specials
from campaigns.quotes.api import PREVIEW
from campaigns.quotes.api import QUOTES as READ_QUOTES
from campaigns.quotes.demo import play_quotes
from campaigns.quotes.models import Quote, SpecialTerms
from campaigns.quotes.permissions import can_make_quote, can_see_quotes
from campaigns.quotes.selectors import open_quotes, quotes_of
from campaigns.quotes.tables import QUOTES
from campaigns.quotes.terms import SpecialKind
from kam.api.registry import register_operation, register_resource
from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts
from kam.audit.registry import register_act
from kam.core.money import ZERO
from kam.demo.registry import register_part
from kam.search.registry import register_page
from kam.users.models import User
from kam.webhooks.registry import register_event

register_event("campaigns.quote.priced")

register_act("campaigns.quote.made", _("Quote made"))
register_act("campaigns.quote.priced", _("Quote priced anew"))
register_act("campaigns.quote.withdrawn", _("Quote withdrawn"))
register_act("campaigns.quote.agreed", _("Quote became a deal"))
register_act("campaigns.special.asked", _("Special terms asked for"))
register_open_offers(open_quotes)


def _less(special: SpecialTerms) -> Facts:
    """What the department gives up: the difference over all sets."""
    if special.kind != SpecialKind.PRICE or special.wanted_amount is None:
        return Facts(amount=ZERO, kinds=frozenset({special.kind}))
    difference = special.quote.price_amount - special.wanted_amount
    return Facts(amount=special.quote.quantity * difference, kinds=frozenset({special.kind}))


def _snapshot(special: SpecialTerms) -> Mapping[str, Any]:
    """Return what the deciders see."""
    quote = special.quote
    wanted = "–" if special.wanted_amount is None else f"{special.wanted_amount:,.2f}"
    return {
        "title": f"{quote.number} · {quote.unit.name}",
        "subtitle": str(special.get_kind_display()),
        "unit": quote.unit.name,
        "amount": _less(special).amount,
        "why": special.evaluation,
        "facts": [
            [str(_("Campaign")), quote.campaign.name],
            [str(_("Customer")), quote.customer.name],
            [str(_("Sets")), str(quote.quantity)],
            [str(_("List price of one set")), f"{quote.list_amount:,.2f}"],
            [str(_("Price of one set")), f"{quote.price_amount:,.2f}"],
            [str(_("Proposed price of one set")), wanted],
            [str(_("What was negotiated")), special.negotiation or "–"],
        ],
        "url": quote.get_absolute_url(),
    }


register(
    Subject(
        key=specials.SUBJECT,
        model=SpecialTerms,
        label=_("Exceptional discount"),
        group=_("Money"),
        icon="discount",
        snapshot=_snapshot,
        facts=_less,
        requester=lambda special: special.asked_by,
        url=lambda special: special.quote.get_absolute_url(),
        on_approved=specials.grant_special,
        on_returned=specials.give_back_special,
        on_rejected=specials.refuse_special,
        on_withdrawn=specials.refuse_special,
    )
)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    return {"quotes": quotes_of(unit), "can_make": can_make_quote(user, unit)}


register_panel(
    Panel(
        "quotes",
        _("Quotes"),
        21,
        "campaigns/quotes/_tab.html",
        _tab,
        counted=lambda unit: Quote.objects.filter(unit_id=unit),
    )
)
register_page("campaigns.quotes", _("Quotes"), QUOTES.url, icon="receipt", visible=can_see_quotes, order=11)

register_part(84, "quotes", play_quotes)

register_resource(READ_QUOTES)
register_operation(PREVIEW)
declare(How.STRICT, "campaigns.Quote.unit", "campaigns.Quote.customer")
