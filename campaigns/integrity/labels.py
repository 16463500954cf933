"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.labels import CHANNEL_LABELS
from accounts.units.terms import Channel
from campaigns.integrity.terms import OFFICIALS, BenefitKind, BenefitState, MoveKind, Outcome

KIND_LABELS = {
    BenefitKind.PROMOTIONAL: _("Promotional item"),
    BenefitKind.GIFT: _("Gift"),
    BenefitKind.MEAL: _("Meal or reception"),
    BenefitKind.CASH_EQUIVALENT: _("Card or voucher"),
    BenefitKind.CASH: _("Cash"),
    BenefitKind.SET_OFF: _("Set off against a purchase"),
    BenefitKind.DISCOUNT: _("Benefit of an own purchase"),
}
OUTCOME_LABELS = {
    Outcome.FREE: _("recorded only"),
    Outcome.LIMITS: _("within limits"),
    Outcome.SMALL: _("within the limit for officials"),
    Outcome.COMPLIANCE: _("compliance approval"),
    Outcome.REFUSED: pgettext_lazy("policy", "refused"),
}
PARTY_LABELS = {OFFICIALS: _("Public officials")} | {
    channel.value: CHANNEL_LABELS[channel] for channel in Channel
}
MOVE_LABELS = {
    MoveKind.GIVEN: pgettext_lazy("benefit", "Given"),
    MoveKind.FREED: pgettext_lazy("benefit", "Freed"),
}
STATE_LABELS = {
    BenefitState.RESERVED: pgettext_lazy("benefit", "Reserved"),
    BenefitState.GIVEN: pgettext_lazy("benefit", "Given"),
    BenefitState.FREED: pgettext_lazy("benefit", "Freed"),
}
#: What a limit that does not hold says; the same words on forms and on the decider's card.
FINDINGS = {
    "item": _("%(name)s: %(amount)s is above the limit of %(limit)s an item."),
    "person": _(
        "%(name)s has %(counted)s in a year by all colleagues together; with %(amount)s the limit of"
        " %(limit)s a person is exceeded, %(left)s is left."
    ),
    "unit": _(
        "%(unit)s has %(counted)s in a year by all colleagues together; with %(amount)s the limit of"
        " %(limit)s a unit is exceeded, %(left)s is left."
    ),
    "colleague": _(
        "The giver gave %(counted)s in a year; with %(amount)s the limit of %(limit)s a colleague is"
        " exceeded, %(left)s is left."
    ),
    "small": _(
        "%(name)s has promotional items of %(counted)s in a year; with %(amount)s the limit of %(limit)s for"
        " public officials is exceeded, %(left)s is left."
    ),
    "split": _(
        "%(name)s gets %(counted)s within a few days as well: together with %(amount)s more than the %(limit)s"
        " of one item. That looks like one gift in pieces."
    ),
}
SHORT_FINDINGS = {
    "item": _("item above the limit"),
    "person": _("year of the person exceeded"),
    "unit": _("year of the unit exceeded"),
    "colleague": _("year of the colleague exceeded"),
    "small": _("limit for officials exceeded"),
    "split": _("looks split"),
}
