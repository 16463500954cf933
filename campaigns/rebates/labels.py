"""Labels of the words in terms.py, and the sentence of each condition, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.rebates.terms import Condition, RebateKind, RebateMode, RebateState, RecoveryState

KIND_LABELS = {
    RebateKind.BASE: _("Rebate"),
    RebateKind.SUPPLEMENT: pgettext_lazy("rebate", "Supplement of a higher tier"),
}
MODE_LABELS = {
    RebateMode.CASH: pgettext_lazy("rebate", "In cash"),
    RebateMode.SET_OFF: _("Set off against the own purchase"),
}
STATE_LABELS = {
    RebateState.ASKED: pgettext_lazy("rebate", "Asked for"),
    RebateState.RETURNED: pgettext_lazy("rebate", "Returned"),
    RebateState.APPROVED: pgettext_lazy("rebate", "Payable"),
    RebateState.VERIFIED: pgettext_lazy("rebate", "Documents checked"),
    RebateState.PAID: pgettext_lazy("rebate", "Paid"),
    RebateState.VOID: pgettext_lazy("rebate", "Void"),
}
RECOVERY_LABELS = {
    RecoveryState.OPEN: pgettext_lazy("recovery", "To be recovered"),
    RecoveryState.RECOVERED: pgettext_lazy("recovery", "Recovered"),
    RecoveryState.WAIVED: pgettext_lazy("recovery", "Let go"),
}
#: Condition → (sentence when it is met, sentence when it is not). A dash stands for what is not known.
SENTENCES = {
    Condition.CONFIGURED: (
        _("%(sets)s closed sets of the unit: one set earns %(per_set)s yuan (rule version %(version)s)."),
        _("No rebate is configured for this campaign on the day of signing, or the sets reach no tier."),
    ),
    Condition.OF_UNIT: (
        _("%(customer)s belongs to %(unit)s."),
        _("%(customer)s does not belong to %(unit)s."),
    ),
    Condition.PROOF: (
        _("It is proved: %(proof)s."),
        _("Nothing proves that %(customer)s belongs to the unit."),
    ),
    Condition.SIGNED: (_("Signed on %(signed)s, not cancelled."), _("Not signed, or cancelled.")),
    Condition.FIRST_PAYMENT: (
        _("First payment received on %(paid)s."),
        _("The first payment has not been received."),
    ),
    Condition.IN_WINDOW: (
        _("Inside the campaign's offer, or excepted from its days."),
        _("Outside the days of the campaign's offer."),
    ),
    Condition.NO_TRIAL: (_("No trial order."), _("A trial order earns nothing.")),
    Condition.DESIGNATED: (
        _("%(key)s was designated on %(designated)s, within 7 days of the campaign's first visit."),
        _("Nobody was designated within 7 days of the campaign's first visit (%(visited)s)."),
    ),
    Condition.MET_FIRST: (
        _("The campaign's first visit on %(visited)s met %(key)s."),
        _("The campaign's first visit (%(visited)s) did not meet the key person (%(key)s)."),
    ),
    Condition.LIST_STANDS: (
        _("The list of persons met stood before the unit's first signing."),
        _("The list of persons met was changed on %(changed)s, not before the unit's first signing."),
    ),
    Condition.SAME_PERSON: (
        _("The same key person from the first visit, before the signing, to the first payment."),
        _(
            "Personnel change not recognised: %(key)s was not the key person without a break from the first visit,"
            " before the signing, to the first payment."
        ),
    ),
    Condition.NOT_OWN: (
        _("Not the key person's own purchase."),
        _("It is the key person's own purchase: it earns nothing, it only allows a set-off."),
    ),
    Condition.NOT_CLAIMED: (
        _("Not asked for yet, or a higher tier adds something."),
        _("Asked for already."),
    ),
}
MISSING_LABELS = {
    "identity": _("the identity card"),
    "permit": _("the work permit"),
    "escort": _("the member of the department who comes along"),
    "finance": _("finance, who pays"),
}
