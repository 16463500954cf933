"""The demo's invitations: the next appointments are in their people's calendars."""

from kam.demo.story import Story
from visits.agenda.invitations import invite
from visits.appointments.models import Appointment

_SENT = 4


def play_invitations(story: Story) -> None:
    """Send the first appointments to come; their mails are withdrawn with the others when the story is told."""
    rows = Appointment.objects.open().filter(starts_at__date__gt=story.today).select_related("user")
    for row in rows.order_by("starts_at", "pk")[:_SENT]:
        with story.at(story.day(-1), 16, 40):
            invite(row, by=row.user)
