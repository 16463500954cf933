"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.satisfaction.terms import InvitationState, QuestionKind, Via

KIND_LABELS = {
    QuestionKind.SCORE: _("Score 1–5"),
    QuestionKind.NPS: _("Recommendation 0–10"),
    QuestionKind.SINGLE: _("One of several"),
    QuestionKind.MULTIPLE: _("Several of several"),
    QuestionKind.TEXT: _("Own words"),
}
STATE_LABELS = {
    InvitationState.OPEN: pgettext_lazy("survey", "Waits for an answer"),
    InvitationState.ANSWERED: pgettext_lazy("survey", "Answered"),
    InvitationState.EXPIRED: pgettext_lazy("survey", "Expired"),
    InvitationState.WITHDRAWN: pgettext_lazy("survey", "Withdrawn"),
}
STATE_TONES = {
    InvitationState.OPEN: "pending",
    InvitationState.ANSWERED: "good",
    InvitationState.EXPIRED: "draft",
    InvitationState.WITHDRAWN: "draft",
}
VIA_LABELS = {Via.LINK: _("through the link"), Via.VISIT: _("written down by us")}
LINE_PROBLEMS = {
    "kind": _("Line %(line)s: begin with score, nps, single, multiple or text."),
    "text": _("Line %(line)s: the question is missing."),
    "choices": _("Line %(line)s: only single and multiple name choices, two to twelve."),
    "empty": _("A questionnaire needs a question."),
    "too_many": _("At most forty questions."),
}
ANSWER_PROBLEMS = {
    "required": _("Please answer this question."),
    "scale": _("Choose a number of the scale."),
    "too_long": _("At most 2,000 characters."),
    "choice": _("Choose from what is offered."),
}
