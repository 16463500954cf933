"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.expenses.terms import ClaimState, ExpenseKind, LimitState, NoVehicle, RideProblem

KIND_LABELS = {
    ExpenseKind.TRANSPORT: _("Transport at actual cost"),
    ExpenseKind.PHONE: _("Phone"),
    ExpenseKind.TRIP: _("Business trip"),
    ExpenseKind.MATERIAL: _("Material"),
    ExpenseKind.OTHER: pgettext_lazy("expense", "Other"),
}
STATE_LABELS = {
    ClaimState.DRAFT: pgettext_lazy("claim", "Draft"),
    ClaimState.PENDING: pgettext_lazy("claim", "Waiting for approval"),
    ClaimState.APPROVED: pgettext_lazy("claim", "Approved, to be paid"),
    ClaimState.PAID: pgettext_lazy("claim", "Paid"),
    ClaimState.CANCELLED: pgettext_lazy("claim", "Cancelled"),
    ClaimState.REJECTED: pgettext_lazy("claim", "Rejected"),
    ClaimState.WITHDRAWN: pgettext_lazy("claim", "Withdrawn"),
}
NO_VEHICLE_LABELS = {
    NoVehicle.TAKEN: _("All vehicles were taken"),
    NoVehicle.DID_NOT_COME: _("The vehicle did not come"),
    NoVehicle.FASTER: _("Cheaper or faster than a vehicle of ours"),
    NoVehicle.OWN_CAR: _("Own car"),
}
RIDE_PROBLEMS = {
    RideProblem.NO_VISIT: _("Receipt %(number)s: no visit is named for this ride."),
    RideProblem.NO_REASON: _("Receipt %(number)s: it is not said why no vehicle of the department was used."),
    RideProblem.BOOKED: _("Receipt %(number)s: %(vehicles)s was booked for this visit."),
    RideProblem.FREE: _("Receipt %(number)s: %(vehicles)s was free the whole day."),
}
LIMIT_LABELS = {
    LimitState.PENDING: pgettext_lazy("phone limit", "Waiting for approval"),
    LimitState.RETURNED: pgettext_lazy("phone limit", "Returned for changes"),
    LimitState.APPROVED: pgettext_lazy("phone limit", "Approved"),
    LimitState.REPLACED: pgettext_lazy("phone limit", "Replaced by a later one"),
    LimitState.REJECTED: pgettext_lazy("phone limit", "Rejected"),
    LimitState.WITHDRAWN: pgettext_lazy("phone limit", "Withdrawn"),
}
