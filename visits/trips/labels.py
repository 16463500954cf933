"""Labels of the words in terms.py, and sentences of what cannot be, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from visits.trips.terms import TripState

STATE_LABELS = {
    TripState.DRAFT: _("Draft"),
    TripState.PENDING: _("Waiting for approval"),
    TripState.RETURNED: _("Returned for changes"),
    TripState.APPROVED: _("Approved"),
    TripState.REJECTED: _("Rejected"),
    TripState.WITHDRAWN: _("Withdrawn"),
    TripState.CANCELLED: _("Cancelled"),
    TripState.REPORTED: _("Reported"),
}
STATE_TONES = {
    TripState.DRAFT: "draft",
    TripState.PENDING: "pending",
    TripState.RETURNED: "warn",
    TripState.APPROVED: "good",
    TripState.REJECTED: "danger",
    TripState.WITHDRAWN: "draft",
    TripState.CANCELLED: "draft",
    TripState.REPORTED: "good",
}
PROBLEMS = {
    "order": _("The last day lies before the first."),
    "long": _("A trip takes at most 31 days."),
    "past": _("A trip is asked for before it begins."),
    "purpose": _("Say what the trip is for."),
    "where": _("Name a unit or the place."),
    "amount": _("An amount from 0."),
    "early": _("The trip is not over yet."),
    "result": _("Say what came of it."),
}
