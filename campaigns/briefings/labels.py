"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.briefings.rules import StepProblem
from campaigns.briefings.terms import BriefingState, ItemKind, StaffRole, Step

STATE_LABELS = {
    BriefingState.PENDING: pgettext_lazy("briefing", "Waiting for approval"),
    BriefingState.RETURNED: pgettext_lazy("briefing", "Returned for changes"),
    BriefingState.APPROVED: pgettext_lazy("briefing", "Approved, to be prepared"),
    BriefingState.PREPARED: pgettext_lazy("briefing", "Prepared"),
    BriefingState.HELD: pgettext_lazy("briefing", "Held, to be counted"),
    BriefingState.CLOSED: pgettext_lazy("briefing", "Closed"),
    BriefingState.CANCELLED: pgettext_lazy("briefing", "Cancelled"),
    BriefingState.REJECTED: pgettext_lazy("briefing", "Rejected"),
    BriefingState.WITHDRAWN: pgettext_lazy("briefing", "Withdrawn"),
}
STEP_LABELS = {
    Step.AGREE: _("Agree time and place"),
    Step.ARRIVE: _("Arrive, set up, seat people"),
    Step.HAND_OUT: _("Hand out materials and small gifts"),
    Step.PRESENT: _("Explain the slides"),
    Step.TALK: _("Talk, answer, register intentions"),
    Step.COUNT: _("Count, sort, analyse"),
    Step.RETURN_VISITS: _("Return visits"),
}
ROLE_LABELS = {
    StaffRole.SALES: _("Sales representative"),
    StaffRole.ENGINEER: _("Engineer of the developer"),
    StaffRole.PROPERTY: _("Property manager"),
    StaffRole.DRIVER: _("Driver"),
}
ITEM_LABELS = {
    ItemKind.LEAFLET: _("Folded leaflets"),
    ItemKind.SHEET: _("Floor-plan sheets, sets"),
    ItemKind.BOOKLET: _("Product booklets"),
    ItemKind.BAG: _("Tote bags"),
    ItemKind.SLIDES: _("Slides, set"),
    ItemKind.GIFT: _("Small gifts"),
    ItemKind.MEMBER_PACK: _("Membership packs"),
    ItemKind.VEHICLE: _("Vehicle"),
    ItemKind.PROJECTOR: _("Projector"),
    ItemKind.LAPTOP: _("Laptop"),
}
PROBLEM_LABELS = {
    StepProblem.FINISHED: _("All seven steps are done."),
    StepProblem.OUT_OF_ORDER: _("The steps are taken one after the other."),
    StepProblem.NOT_PREPARED: _("People and materials are not reserved yet."),
    StepProblem.NOT_TODAY: _("This day has not come yet."),
    StepProblem.NOBODY_CAME: _("Nobody who came is registered yet."),
    StepProblem.RETURNS_OPEN: _("Some who want something have no day of a return visit yet."),
}
