"""Labels of the words in terms.py, and the sentences of each flag, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from accounts.red_flags.terms import FlagKind, FlagState, Severity

KIND_LABELS = {
    FlagKind.ROLE_MISSING: _("Role missing"),
    FlagKind.ROLE_ASSUMED: _("Role only assumed"),
    FlagKind.NEVER_INTERVIEWED: _("Never interviewed"),
    FlagKind.DECISION_MAKER_UNSEEN: _("Decision maker not seen"),
    FlagKind.NO_INSIDER: _("No insider"),
    FlagKind.SINGLE_THREAD: _("Single thread"),
    FlagKind.NEW_FACE: _("New face"),
    FlagKind.PERSON_CHANGED: _("Person left or changed post"),
    FlagKind.PURCHASING_POWER_CHANGED: _("Purchasing power changed"),
    FlagKind.NO_OUTLINE: _("No question outline"),
    FlagKind.NOTHING_WRITTEN: _("Nothing in writing"),
    FlagKind.NO_CONTACT: _("No contact"),
    FlagKind.KEY_PERSON_CHANGED: _("Key person changed"),
}
SEVERITY_LABELS = {Severity.DANGER: _("Danger"), Severity.ATTENTION: _("Attention")}
STATE_LABELS = {
    FlagState.OPEN: _("Open"),
    FlagState.ACKNOWLEDGED: _("Accepted"),
    FlagState.CLEARED: _("Cleared"),
}
