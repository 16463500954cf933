"""Briefings on paper: the plan 产品说明会申请表, and attendance with intentions 说明会签到/意向登记表."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.briefings.models import Briefing
from campaigns.briefings.permissions import can_read_numbers
from campaigns.briefings.rules import Statistics
from campaigns.briefings.selectors import came_of, statistics, steps_of, takes_part
from campaigns.briefings.services import SUBJECT
from campaigns.prospects.labels import INTENTION_LABELS
from kam.approvals.cards import decisions_of
from kam.pdf.services import Sheet
from kam.people.rules import mask_mobile
from kam.users.models import User

#: Empty lines to be written on by hand where nobody is taken down yet: as many as leave room for the signatures on one sheet, on two.
_ONE_SHEET, _TWO_SHEETS = 12, 33


def plan_sheet(briefing: Briefing, *, language: str) -> Sheet:
    """Return the plan: where, when, for how many, why, who and what takes part, the seven steps, the decisions."""
    with override(language):
        return Sheet(
            "campaigns_briefing_plan",
            {
                "briefing": briefing,
                "staff": side_by_side(list(briefing.staff.all())),
                "items": side_by_side(list(briefing.items.select_related("material", "resource"))),
                "steps": side_by_side(steps_of(briefing, came_of(briefing.attendees.all()))),
                "halves": range(2),
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
                "blank": range(0 if people else _blank_rows(briefing.expected_count)),
                "told": told,
                "sums": side_by_side(_sums(told), 3),
            },
            _("Attendance and intentions"),
            f"{briefing.number}-A",
            "campaigns.briefing_attendance",
            language=language,
            landscape=True,
            signatures=(_("Taken down by"), _("Key-account manager")),
        )


def _sums(told: Statistics) -> list[tuple[Any, Any]]:
    """Return the figures below the names."""
    return [
        (_("Came"), f"{told.came} / {told.expected}"),
        *((INTENTION_LABELS[one], n) for one, n in told.by_intention.items()),
        (_("Return visits planned"), told.returns),
        (_("Joined as members"), told.joined),
    ]


def side_by_side(rows: Sequence[Any], columns: int = 2) -> list[list[Any]]:
    """Return rows with `columns` of them in each, the last filled up with None: a short form fits on one sheet."""
    gaps = -len(rows) % columns
    cells = [*rows, *([None] * gaps)]
    return [cells[at : at + columns] for at in range(0, len(cells), columns)]


def _blank_rows(expected: int) -> int:
    return _ONE_SHEET if expected <= _ONE_SHEET else _TWO_SHEETS
