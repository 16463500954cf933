"""The receipt of a rebate, signed at finance's counter."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.integrity.selectors import relaxed_for
from campaigns.rebates.models import Rebate, RebatePayment
from campaigns.rebates.services.claims import BENEFITS
from campaigns.rebates.terms import RebateMode
from kam.pdf.services import Sheet
from kam.users.models import User


def receipt_sheet(payment: RebatePayment, *, by: User) -> Sheet:
    """Return the receipt: what for, gross, tax, net, documents by their last four digits; a policy that was let go is printed."""
    rebate: Rebate = payment.rebate
    with override(by.language):
        kind = BENEFITS[RebateMode(rebate.mode)]
        return Sheet(
            "campaigns_rebate",
            {"rebate": rebate, "payment": payment, "relaxed": relaxed_for(rebate.person, kind, payment.on)},
            title=_("Receipt of a rebate"),
            number=rebate.number,
            kind="campaigns.rebate",
            language=by.language,
            signatures=(_("Key person"), _("Accompanied by"), _("Finance"), _("Key-account director")),
        )
