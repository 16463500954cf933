"""The five self-questions in words, as the source asks them (000:57-87)."""

from django.utils.translation import gettext_lazy as _

from visits.preparation.terms import SelfQuestion

GROUPS = {
    1: _("The worst experience: did you step on a mine?"),
    2: _("Ongoing sales: do you know all the buyers?"),
    3: _("The minefield: new or reorganised actors"),
    4: _("Is the question outline ready, and did you ask?"),
    5: _("Did you use written communication?"),
}
QUESTIONS = {
    SelfQuestion.INSIDER_CULTIVATED: _(
        "Have you cultivated insiders on purpose, enough of them and good enough?"
    ),
    SelfQuestion.INSIDER_PLAN: _(
        "Who may be an insider now, what should they tell you, how will you get along?"
    ),
    SelfQuestion.BUYERS_CLEAR: _("Is the identity of all buyers clear?"),
    SelfQuestion.NOT_INTERVIEWED: _("Which buyer was not yet interviewed?"),
    SelfQuestion.MORE_INFORMATION: _("Do you need more information through an insider, and through whom?"),
    SelfQuestion.POWER_CHANGED: _("Did purchasing power change recently?"),
    SelfQuestion.NEW_FACES: _("Are there new faces, and is their influence understood?"),
    SelfQuestion.REORGANISED: _("Was purchasing reorganised recently?"),
    SelfQuestion.DECIDERS_CERTAIN: _("Are you sure how many people have the final decision?"),
    SelfQuestion.OUTLINE: _(
        "Is there a question outline for this meeting, and were the questions asked last time?"
    ),
    SelfQuestion.WRITTEN: _("Did you write to them: message, letter, e-mail?"),
}

#: How to speak with each style (S-041 … S-044); "" where the style is not known.
ADVICE = {
    "tiger": _("Tiger: the conclusion first, two options to choose from, no longer than 20 minutes."),
    "peacock": _("Peacock: give the stage, praise in front of others, keep the details for a letter."),
    "owl": _("Owl: bring figures and sources, answer every question, do not press for a decision."),
    "koala": _("Koala: talk of family first, ask for an introduction, promise little and keep it."),
    "": _("Style not known: listen first, write down the first question they ask."),
}
