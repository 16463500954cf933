"""Briefings on paper: the plan 产品说明会申请表, and attendance with intentions 说明会签到/意向登记表."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.briefings.models import Briefing
from campaigns.briefings.permissions import can_read_numbers
from campaigns.briefings.selectors import came_of, statistics, steps_of, takes_part
from campaigns.briefings.services import SUBJECT
from campaigns.prospects.labels import INTENTION_LABELS
from kam.approvals.cards import decisions_of
from kam.pdf.services import Sheet
from kam.people.rules import mask_mobile
from kam.users.models import User

#: Empty lines to be written on by hand where nobody is taken down yet.
_BLANK = 20


def plan_sheet(briefing: Briefing, *, language: str) -> Sheet:
    """Return the plan: where, when, for how many, why, who and what takes part, the seven steps, the decisions."""
    with override(language):
        return Sheet(
            "campaigns_briefing_plan",
            {
                "briefing": briefing,
                "staff": list(briefing.staff.all()),
                "items": list(briefing.items.select_related("material", "resource")),
                "steps": steps_of(briefing, came_of(briefing.attendees.all())),
                "decisions": decisions_of(SUBJECT, briefing),
            },
            _("Plan of a product briefing"),
            briefing.number,
            "campaigns.briefing_plan",
            language=language,
            signatures=(_("Applicant"), _("Key-account manager"), _("Key-account director")),
        )


def attendance_sheet(briefing: Briefing, *, by: User, language: str) -> Sheet:
    """Return who came with intention, need and return visit, and the statistics; a form to be written on before the briefing."""
    with override(language):
        people = list(briefing.attendees.all())
        is_clear = can_read_numbers(by, briefing, takes_part=takes_part(by, briefing))
        told = statistics(briefing, came_of(people))
        return Sheet(
            "campaigns_briefing_attendance",
            {
                "briefing": briefing,
                "people": [(row, row.mobile if is_clear else mask_mobile(row.mobile)) for row in people],
                "blank": range(0 if people else _BLANK),
                "told": told,
                "intentions": [(INTENTION_LABELS[one], n) for one, n in told.by_intention.items()],
            },
            _("Attendance and intentions"),
            f"{briefing.number}-A",
            "campaigns.briefing_attendance",
            language=language,
            landscape=True,
            signatures=(_("Taken down by"), _("Key-account manager")),
        )
