"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.competition.terms import Supply, Turn

SUPPLY_LABELS = {
    Supply.UNKNOWN: pgettext_lazy("supply", "Not known"),
    Supply.NOBODY: pgettext_lazy("supply", "Nobody yet"),
    Supply.COMPETITOR: pgettext_lazy("supply", "A competitor"),
    Supply.OURS: pgettext_lazy("supply", "We"),
    Supply.NOT_APPLICABLE: pgettext_lazy("supply", "Not applicable"),
}
PROBLEMS = {
    "competitor": _("Say which competitor."),
    "not_competitor": _("Only a competitor’s line names one."),
    "share": _("A share from 0 to 100 per cent."),
    "no_share": _("Nobody has a share of this line."),
    "value": _("An amount from 0."),
    "no_value": _("A line that does not apply has no value."),
    "contract": _("Only a competitor or we have a contract."),
}
TURN_LABELS = {
    Turn.CAME: _("came in"),
    Turn.LEFT: _("is out"),
    Turn.WON: _("we took it from them"),
    Turn.LOST: _("they took it from us"),
}
TURN_TONES = {Turn.CAME: "warn", Turn.LEFT: "draft", Turn.WON: "good", Turn.LOST: "danger"}
