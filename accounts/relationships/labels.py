"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from accounts.relationships.terms import EasyTask, Lack, Outcome, Strength

STRENGTH_LABELS = {
    Strength.STRANGER: _("Stranger"),
    Strength.ACQUAINTED: _("Acquainted"),
    Strength.TRUSTING: _("Trusts us"),
    Strength.SUPPORTING: _("Supports us"),
    Strength.ALLIED: _("Allied with us"),
}
EASY_LABELS = {
    EasyTask.INTRODUCE: _("introduces us to a colleague"),
    EasyTask.DATES: _("tells when assemblies and outings are"),
    EasyTask.NEWS: _("tells what is new in the house"),
    EasyTask.NAMES: _("tells who is responsible for what"),
    EasyTask.OPINION: _("tells what people think of our product"),
    EasyTask.DISPLAY: _("finds a place for our material"),
}
LACK_LABELS = {
    Lack.LEARN: _("not said what to learn from them"),
    Lack.CULTIVATE: _("not said how to cultivate"),
    Lack.TASKS: _("no easy task named"),
    Lack.RARE: _("met too rarely last month"),
}
OUTCOME_LABELS = {
    Outcome.REACHED: _("Goal reached"),
    Outcome.KEPT: _("Relationship kept"),
    Outcome.GIVEN_UP: _("Given up"),
}
