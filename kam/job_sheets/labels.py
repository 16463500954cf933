"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.job_sheets.terms import DEPARTMENT, Part, SheetState
from kam.users.models import POSITION_LABELS
from kam.users.terms import Position

SUBJECT_LABELS = {DEPARTMENT: _("Key-account department")} | {
    position.value: POSITION_LABELS[position] for position in Position
}
STATE_LABELS = {
    SheetState.DRAFT: _("Draft"),
    SheetState.PENDING: _("Waiting for approval"),
    SheetState.RETURNED: _("Returned for changes"),
    SheetState.APPROVED: _("Approved"),
    SheetState.REJECTED: _("Rejected"),
    SheetState.WITHDRAWN: _("Withdrawn"),
}
STATE_TONES = {
    SheetState.DRAFT: "draft",
    SheetState.PENDING: "pending",
    SheetState.RETURNED: "warn",
    SheetState.APPROVED: "good",
    SheetState.REJECTED: "danger",
    SheetState.WITHDRAWN: "draft",
}
PART_LABELS = {
    Part.PLACE: _("Superior and headcount"),
    Part.QUALIFICATION: pgettext_lazy("job sheet", "Qualification"),
    Part.ABILITIES: _("Abilities"),
    Part.ATTITUDE: _("Attitude"),
    Part.DUTIES: _("Duties"),
    Part.POWERS: _("Powers"),
    Part.ASSESSMENT: _("Assessment"),
}
