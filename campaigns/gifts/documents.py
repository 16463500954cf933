"""Gifts on paper: the request 礼品馈赠申请表 with its decisions and boxes to be signed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from campaigns.gifts.models import GiftRequest
from kam.approvals.cards import ACTION_LABELS, decided_by, positions_text
from kam.approvals.selectors import request_for, with_rounds
from kam.approvals.terms import Action
from kam.pdf.services import Sheet


def gift_sheet(gift: GiftRequest, *, language: str) -> Sheet:
    """Return the request: who, for whom, what, worth, why, from which money, who decided, issued, received."""
    with override(language):
        return Sheet(
            "campaigns_gift_request",
            {"gift": gift, "decisions": decisions_of("gift_request", gift)},
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


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision as a paper prints it."""

    position: str
    who: str
    action: Any
    at: datetime
    reason: str


def decisions_of(subject: str, obj: Any) -> list[Decided]:
    """Return the decisions of the last round, oldest first."""
    found = request_for(subject, obj)
    if found is None:
        return []
    (request,) = with_rounds([found.pk])
    rounds = list(request.rounds.all())
    return [
        Decided(
            positions_text([row.position]),
            decided_by(row),
            ACTION_LABELS[Action(row.action)],
            row.at,
            row.reason,
        )
        for row in rounds[-1].decisions.all()
    ]
