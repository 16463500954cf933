"""Score sheets on their way: opened, reviewed, assessed, agreed, closed – through the services."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import time_machine

from kam.approvals import services as approvals
from kam.approvals.models import Seat
from kam.approvals.selectors import request_for
from kam.core.periods import month_of
from kam.users.models import User
from kpi.sheets import services
from kpi.sheets.lines import lines_of
from kpi.sheets.models import Sheet
from kpi.sheets.rules import open_lines
from kpi.sheets.selectors import shown
from kpi.targets.models import Target
from kpi.targets.services import NewTarget, set_target

JUNE = month_of(date(2026, 6, 1))


def at(day: date, hour: int = 4):
    """Move the clock to noon of a day in Shanghai."""
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))


def make_target(
    amount: int | str = 3_000_000, key: str = "sales.actual", *, year: int = 2026, **whose
) -> Target:
    return set_target(NewTarget(year, key, Decimal(amount), **whose), by=None)


def make_sheet(user: User, month=JUNE) -> Sheet:
    """Open a month and return this person's sheet."""
    services.open_sheets(month)
    return Sheet.objects.live().of_period(month).filter(user=user).latest("revision")


def hand_in(sheet: Sheet) -> Sheet:
    row = services.review_self(sheet, text="回访完成", version=sheet.version, by=sheet.user)
    return services.submit_sheet(row, version=row.version, by=sheet.user)


def assess_all(sheet: Sheet, *, by: User) -> Sheet:
    """Rate what is rated with 4, waive what cannot be assessed."""
    grades = {line.key: (4, "拜访记录齐全") for line in lines_of(shown(sheet)) if line.is_rated}
    row = services.rate(sheet, grades=grades, version=sheet.version, by=by) if grades else sheet
    for key in open_lines(shown(row).result):
        row = services.waive(row, key=key, reason="没有业务", version=row.version, by=by)
    return row


def approve_to_the_end(sheet, subject: str = services.SUBJECT):
    """Let the route run to its end; return what was approved, as it stands then."""
    request = request_for(subject, sheet)
    while request.state == "pending":
        seat = Seat.objects.filter(stage__round__request=request, stage__state="pending").first()
        request = approvals.approve(request, by=seat.user, version=request.version)
    sheet.refresh_from_db()
    return sheet


def make_agreed(user: User, *, by: User, month=JUNE) -> Sheet:
    """Return a sheet that only waits for the closing of its month."""
    with at(month.last + timedelta(days=2)):
        row = assess_all(hand_in(make_sheet(user, month)), by=by)
        return approve_to_the_end(row)
