"""Labels of the words in terms.py, and the sentence of each change, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from accounts.charts.terms import ChangeKind, StepKind

SENTENCES = {
    ChangeKind.JOINED: _("%(name)s is new"),
    ChangeKind.LEFT: _("%(name)s is gone"),
    ChangeKind.POST: _("%(name)s: post %(new)s instead of %(old)s"),
    ChangeKind.DEPARTMENT: _("%(name)s: department %(new)s instead of %(old)s"),
    ChangeKind.BOSS: _("%(name)s reports to %(new)s instead of %(old)s"),
    ChangeKind.ROLE_GAINED: _("%(name)s became %(new)s"),
    ChangeKind.ROLE_LOST: _("%(name)s is no longer %(old)s"),
    ChangeKind.ROLE_CONFIRMED: _("%(name)s is confirmed as %(new)s"),
    ChangeKind.ATTITUDE: _("%(name)s: attitude %(new)s instead of %(old)s"),
    ChangeKind.INFLUENCE: _("%(name)s: influence %(new)s instead of %(old)s"),
    ChangeKind.INSIDER: _("%(name)s: %(new)s instead of %(old)s"),
    ChangeKind.KEY_PERSON: _("%(name)s became the key person"),
    ChangeKind.TIE_MADE: _("%(name)s %(tie)s %(other)s: new"),
    ChangeKind.TIE_ENDED: _("%(name)s %(tie)s %(other)s: over"),
}
NO_KEY_PERSON_ANY_MORE = _("%(name)s is no longer the key person")

STEP_LABELS = {
    StepKind.PROPOSE: _("Proposes"),
    StepKind.REVIEW: _("Reviews technically"),
    StepKind.BUDGET: _("Guards the budget"),
    StepKind.DECIDE: _("Decides finally"),
    StepKind.SIGN: _("Signs"),
}
FLOW_PROBLEMS = {
    "empty": _("Draw at least one step."),
    "too_many": _("A flow has at most 20 steps."),
    "who": _("Name a person, or say who it is."),
    "both": _("Either a person of the unit or a description, not both."),
    "days": _("Days from 0 to 365."),
}
