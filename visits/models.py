"""Django looks here for models; each room keeps its own."""

import visits.agenda.models
import visits.appointments.models
import visits.bookings.models
import visits.bulletins.models
import visits.equipment.models
import visits.followups.models
import visits.papers.models
import visits.plans.models
import visits.preparation.models
import visits.quotas.models
import visits.reports.models
import visits.trips.models
import visits.visits.models
