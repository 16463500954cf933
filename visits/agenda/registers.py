"""What the calendar gives to the frames: its page, and the sources of the rooms below."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.outbox.attachments import register_maker
from kam.search.registry import register_action, register_page
from visits.agenda import sources
from visits.agenda.birthdays import birthdays
from visits.agenda.calendars import invitation_by_id
from visits.agenda.demo import play_invitations
from visits.agenda.invitations import SOURCE, follow
from visits.agenda.permissions import can_read_agenda, can_subscribe
from visits.agenda.registry import register_source
from visits.appointments.registry import register_follower

register_act("visits.feed.made", _("Calendar subscription made"))
register_act("visits.feed.renewed", _("Calendar subscription given a new link"))
register_act("visits.feed.ended", _("Calendar subscription ended"))
register_act("visits.invitation.sent", _("Invitation to an appointment sent"))
register_act("visits.invitation.followed", _("Invitation to an appointment brought up to date"))

register_part(63, "invitations", play_invitations)
register_maker(SOURCE, invitation_by_id)
register_follower("invitations", follow)

register_source("lines", sources.plan_lines)
register_source("appointments", sources.appointments)
register_source("visits", sources.unplanned_visits)
register_source("trips", sources.trips)
register_source("tasks", sources.tasks)
register_source("followups", sources.follow_ups)
register_source("absences", sources.absences)
register_source("birthdays", birthdays)

register_page(
    "visits.agenda",
    _("Calendar"),
    "/visits/calendar/",
    icon="calendar-month",
    words="calendar rili 日历 日曆",
    visible=can_read_agenda,
    order=11,
)
register_action(
    "visits.agenda.feed",
    _("Subscribe to my calendar"),
    "/visits/calendar/subscription/",
    icon="link",
    words="ICS dingyue 订阅 訂閱",
    visible=can_subscribe,
)
