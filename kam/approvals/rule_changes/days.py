"""The kind of rule that says which days the department works. A day is its own date of effect; days past never change."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from kam.approvals.rule_changes.registry import Preview
from kam.calendar.selectors import work_calendar
from kam.calendar.services import clear_day, set_day
from kam.core.days import say_day
from kam.core.errors import BusinessError
from kam.users.models import User

Payload = Mapping[str, Any]
#: A long holiday with its make-up days; nobody closes for longer in one change.
MOST_DAYS = 31
#: What a draft may ask for → what `set_day` is told; None: the public calendar decides again.
WISHES: dict[str, bool | None] = {"worked": True, "free": False, "public": None}


def days_of(payload: Payload) -> list[date]:
    """Return the days that a draft names."""
    first, last = date.fromisoformat(payload["first"]), date.fromisoformat(payload["last"])
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def preview_days(payload: Payload, valid_from: date) -> Preview:
    """Show each day now and then."""
    del valid_from
    calendar = work_calendar()
    wish = WISHES[payload["wish"]]
    public = type(calendar)({})
    rows = []
    for day in days_of(payload):
        then = public.is_working(day) if wish is None else wish
        rows.append([say_day(day), _say(calendar.is_working(day)), _say(then)])
    return Preview([_("Day"), _("Now"), _("Then")], rows)


def check_days(payload: Payload, valid_from: date) -> None:
    """Refuse too many days at once, and days before the change holds."""
    first, last = date.fromisoformat(payload["first"]), date.fromisoformat(payload["last"])
    if last < first:
        raise BusinessError(_("The last day lies before the first."), field="last", code="order")
    if (last - first).days >= MOST_DAYS:
        raise BusinessError(_("At most 31 days in one change."), field="last", code="too_many")
    if first < valid_from:
        raise BusinessError(
            _("These days begin before the change would hold. Days already past never change."),
            field="first",
            code="past",
        )


def apply_days(payload: Payload, valid_from: date, by: User, note: str) -> None:
    """Write the days; the calendar counts with them at once."""
    check_days(payload, valid_from)
    wish = WISHES[payload["wish"]]
    for day in days_of(payload):
        if wish is None:
            clear_day(day, by=by)
        else:
            set_day(day, is_working=wish, by=by, note=payload["note"] or note)


def _say(is_working: bool) -> str:
    return _("worked") if is_working else _("free")
