"""Labels of seats and losses, and advice on how to speak with whom: written by us, in the reader's language (S-033 … S-040, S-051)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.persons.terms import Style
from accounts.roles.terms import Loss, Seat

SEAT_LABELS = {
    Seat.DECISION_MAKER: _("Decision maker"),
    Seat.TECHNICAL: _("Technical gatekeeper"),
    Seat.FINANCIAL: _("Financial gatekeeper"),
    Seat.USER: pgettext_lazy("buyer role", "User"),
}
LOSS_LABELS = {
    Loss.NOBODY: _("nobody named"),
    Loss.ASSUMED: _("only assumed"),
    Loss.NEVER_SEEN: _("never seen"),
    Loss.SILENT: _("silent"),
    Loss.ATTITUDE_UNKNOWN: _("attitude unknown"),
    Loss.NEUTRAL: _("neutral"),
    Loss.OPPOSES: _("opposes"),
}
SEAT_QUESTIONS = {
    Seat.DECISION_MAKER: _("Who signs in the end?"),
    Seat.TECHNICAL: _("Who reviews quality?"),
    Seat.FINANCIAL: _("Who guards the budget?"),
    Seat.USER: _("Who will live with it every day?"),
}
SEAT_ADVICE = {
    Seat.DECISION_MAKER: (
        _("Holds the money and says the last word; usually the general manager or the head of the project."),
        _("Is hard to reach: learn the day’s routine and way of working first, and come prepared."),
        _("Speak of results and risks in three sentences; speak the way this person’s style asks for."),
    ),
    Seat.TECHNICAL: (
        _(
            "Judges whether it can be done and how good it is; may advise, and may veto. Terms matter little here."
        ),
        _("Show respect for what this person knows and for the place they have in the purchase."),
        _(
            "When they doubt the product, do not argue back with evidence at once: agree that the question is fair, ask what lies behind it."
        ),
    ),
    Seat.FINANCIAL: (
        _("Pays, and wants the budget to hold; will negotiate the price."),
        _("Bring the schedule of payments and what each step costs; no surprises later."),
        _("Never go around this person to the decision maker."),
    ),
    Seat.USER: (
        _("Lives with it every day: it must be easy, quick and no extra work."),
        _("Does not decide, but counts: show, let them try, promise only what we keep."),
        _("Ask what annoys them today; their answers persuade the others."),
    ),
}
STYLE_ADVICE = {
    Style.TIGER: (
        _("Be brief: the result first, then two choices, then wait."),
        _("Do not lecture and do not waste time; let them decide."),
    ),
    Style.PEACOCK: (
        _("Be warm and lively; praise what deserves it and let them shine before others."),
        _("Keep agreements in writing afterwards: enthusiasm forgets."),
    ),
    Style.OWL: (
        _("Bring figures, drawings and references, in order; say what you do not know."),
        _("Give time to check and never push for an answer today."),
    ),
    Style.KOALA: (
        _("Be patient and steady; build trust before business."),
        _("Take away the fear of change: small steps, a named person who helps."),
    ),
}
