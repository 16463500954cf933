"""What follow-up forms give to the frames below."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.merge.registry import declare, register_rows
from accounts.merge.terms import How
from kam.api.registry import register_resource
from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.search.registry import register_action, register_page
from kam.today.registry import Duty, Section, register_duty, register_section
from kam.today.terms import Exit, Slot
from kam.users.terms import Position
from kam.webhooks.registry import register_event
from visits.followups import selectors, tables
from visits.followups.api import FOLLOW_UPS
from visits.followups.demo import play_followups
from visits.followups.models import FollowUp, FollowUpRow
from visits.followups.permissions import can_file_followup

register_event("visits.followup.submitted")

__all__ = ["tables"]  # imported so that workers know the list

register_act("visits.followup.submitted", _("Follow-up form handed in"))
register_history("visits.followup", FollowUp, load=visible_row(FollowUp.objects))
register_link("followup", lambda pk: reverse("followup", args=[pk]))


def form_url(day: date) -> str:
    """Return the address of one's own form of a day."""
    return f"{reverse('file_followup')}?day={day.isoformat()}"


register_duty(
    Duty(
        key="followup",
        label=_("Follow-up form"),
        order=20,
        kept=selectors.HANDED_IN,
        url=form_url,
        missing=_("The follow-up form is missing."),
        due_at=Slot.FOLLOWUP,
        upcoming=_("The follow-up form is due today at 17:00."),
        slots=(Exit.TODAY, Exit.FOLLOWUP),
    )
)
register_section(
    Section(
        key="raised",
        label=_("Problems raised and help asked"),
        order=120,
        slots=(Exit.TODAY, Exit.FOLLOWUP),
        positions=(Position.TEAM_LEAD, Position.MANAGER, Position.DIRECTOR),
        collect=selectors.raised_on,
        template="visits/followups/_raised.html",
        text=selectors.text_of_raised,
    )
)
register_part(71, "followups", play_followups)

register_page("visits.followups", _("Follow-up forms"), "/followups/", icon="clipboard-text", order=20)
register_action(
    "visits.followup.new",
    _("New follow-up"),
    "/followups/new/",
    icon="pencil-plus",
    visible=can_file_followup,
)
declare(How.MOVE, "visits.FollowUpRow.unit")
register_rows(
    "visits.FollowUpRow.unit",
    lambda user: FollowUpRow.objects.filter(follow_up__in=FollowUp.objects.visible_to(user)),
)
register_resource(FOLLOW_UPS)
