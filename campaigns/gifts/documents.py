"""Gifts on paper: the request 礼品馈赠申请表 with its decisions and boxes to be signed."""

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from campaigns.gifts.models import GiftRequest
from campaigns.gifts.selectors import knows_day
from kam.approvals.cards import decisions_of
from kam.pdf.services import Sheet
from kam.users.models import User


def gift_sheet(gift: GiftRequest, *, by: User, language: str) -> Sheet:
    """Return the request: who, for whom, what, worth, why, from which money, who decided, issued, received."""
    with override(language):
        return Sheet(
            "campaigns_gift_request",
            {"gift": gift, "day": _day(gift, by), "decisions": decisions_of("gift_request", gift)},
            _("Gift request"),
            gift.number,
            "campaigns.gift_request",
            language=language,
            signatures=(
                _("Applicant"),
                _("Key-account manager"),
                _("Key-account director"),
                _("Finance or clerk: issued"),
                pgettext("receipt", "Received by"),
            ),
        )


def _day(gift: GiftRequest, by: User) -> str:
    """Return the day as papers write days, with its year: printed next year it is the same paper. Of a birthday the month, where one may not read it."""
    return f"{gift.on:%Y-%m-%d}" if knows_day(gift, by) else f"{gift.on:%Y-%m}"
