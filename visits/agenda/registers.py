"""What the calendar gives to the frames: its page, and the sources of the rooms below."""

from django.utils.translation import gettext_lazy as _

from kam.search.registry import register_page
from visits.agenda import sources
from visits.agenda.permissions import can_read_agenda
from visits.agenda.registry import register_source

register_source("lines", sources.plan_lines)
register_source("appointments", sources.appointments)
register_source("visits", sources.unplanned_visits)
register_source("trips", sources.trips)
register_source("tasks", sources.tasks)
register_source("followups", sources.follow_ups)
register_source("absences", sources.absences)

register_page(
    "visits.agenda",
    _("Calendar"),
    "/visits/calendar/",
    icon="calendar-month",
    words="calendar rili 日历 日曆",
    visible=can_read_agenda,
    order=11,
)
