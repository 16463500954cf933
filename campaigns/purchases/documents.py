"""A purchase on paper 非常规用品采购计划书: plan, offers, who decided, what came, what was paid."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.purchases.models import Purchase
from campaigns.purchases.services import SUBJECT
from kam.approvals.cards import decisions_of
from kam.pdf.services import Sheet


def purchase_sheet(purchase: Purchase, *, language: str) -> Sheet:
    """Return the request as a form to be signed."""
    with override(language):
        return Sheet(
            "campaigns_purchase",
            {
                "purchase": purchase,
                "offers": list(purchase.offers.all()),
                "decisions": decisions_of(SUBJECT, purchase),
            },
            _("Purchase beside the routine"),
            purchase.number,
            "campaigns.purchase",
            language=language,
            signatures=(
                _("Applicant"),
                _("Key-account manager"),
                _("Clerk: bought and received"),
                _("Finance"),
            ),
        )
