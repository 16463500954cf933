"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.discounts.rules.pricing import Reason, StepKey
from campaigns.discounts.terms import BenefitKind, GroupState, PaymentMode, RuleKind

RULE_LABELS = {
    RuleKind.REGULAR: _("Regular discount"),
    RuleKind.GROUP: _("Group discount"),
    RuleKind.GENERAL: _("General number of sets"),
}
BENEFIT_LABELS = {
    BenefitKind.FACTOR: _("factor on the price"),
    BenefitKind.AMOUNT: _("yuan off each set"),
}
PAYMENT_LABELS = {
    PaymentMode.LUMP_SUM: _("Lump sum"),
    PaymentMode.INSTALMENTS: _("Instalments"),
    PaymentMode.MORTGAGE: _("Mortgage"),
}
GROUP_LABELS = {
    GroupState.NOT_CONFIGURED: pgettext_lazy("group discount", "Not configured"),
    GroupState.NO_RULE: pgettext_lazy("group discount", "No rule for this channel"),
    GroupState.OUTSIDE_WINDOW: pgettext_lazy("group discount", "Outside the offer"),
    GroupState.CERTIFICATE_MISSING: pgettext_lazy("group discount", "Certificate missing"),
    GroupState.NOT_REACHED: pgettext_lazy("group discount", "Not reached yet"),
    GroupState.REACHED: pgettext_lazy("group discount", "Reached"),
}
STEP_LABELS = {
    StepKey.REGULAR: _("Regular discount"),
    StepKey.GROUP: _("Group discount on top"),
    StepKey.SPECIAL: _("Special terms"),
}
REASONS = {
    Reason.PAYMENT: _("regular discount of this payment mode"),
    Reason.NO_REGULAR: _("no regular discount is set for this payment mode"),
    Reason.SPECIAL: _("approved for this deal alone"),
    GroupState.NOT_CONFIGURED: _("no group discount is configured in this campaign yet"),
    GroupState.NO_RULE: _("this channel has no group discount; special terms are the exceptional way"),
    GroupState.OUTSIDE_WINDOW: _("the day lies outside the offer; the regular discount stays"),
    GroupState.CERTIFICATE_MISSING: _("a valid certificate is asked for and none is verified"),
    GroupState.NOT_REACHED: _("%(count)s of %(threshold)s sets signed, %(missing)s missing"),
    GroupState.REACHED: _("%(count)s sets signed, %(threshold)s needed"),
}
TIER_PROBLEMS = {
    "factor": _("A factor lies above 0 and up to 1: 9.8折 is 0.98."),
    "amount": _("An amount above 0."),
    "number": _("Only a single tier inherits the general number; say from how many sets."),
    "negative": _("A number of sets from 0."),
    "order": _("Each tier asks for more sets than the one before."),
    "mixed": _("The tiers of one rule are all factors or all amounts."),
    "not_better": _("A tier that asks for more sets gives more."),
}
