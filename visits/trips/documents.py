"""The business trip as a sheet: request, decision, report."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from kam.approvals.cards import decisions_of
from kam.pdf.services import Sheet
from visits.trips.models import Trip
from visits.trips.services import SUBJECT, place_of


def trip_sheet(trip: Trip, *, language: str) -> Sheet:
    with override(language):
        return Sheet(
            "business_trip",
            {"trip": trip, "where": place_of(trip), "decisions": decisions_of(SUBJECT, trip)},
            _("Business trip: %(name)s, %(day)s")
            % {"name": trip.user.name, "day": trip.starts_on.isoformat()},
            f"T{trip.pk}",
            "visits.trip",
            language=language,
            signatures=(str(_("Traveller")), str(_("Manager")), str(_("Finance"))),
        )
