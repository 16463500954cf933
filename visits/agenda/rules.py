"""The calendar: which days a page shows, where the arrows lead, and when an invitation has to be sent anew. See docs/domain/calendar.md."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kam.core.periods import Period, iso_week_of, month_of
from visits.agenda.terms import Look, Method

#: The list shows two weeks from the Monday of the chosen day.
LIST_DAYS = 14
#: A subscription holds what lies this far behind and ahead.
FEED_BEHIND, FEED_AHEAD = timedelta(days=31), timedelta(days=184)


def span_of(look: Look, day: date) -> Period:
    """Return the days that a page shows: whole weeks around a month, a week, a day, two weeks."""
    if look is Look.DAY:
        return Period(day, day)
    if look is Look.WEEK:
        return iso_week_of(day)
    if look is Look.LIST:
        monday = iso_week_of(day).first
        return Period(monday, monday + timedelta(days=LIST_DAYS - 1))
    month = month_of(day)
    return Period(iso_week_of(month.first).first, iso_week_of(month.last).last)


def neighbours(look: Look, day: date) -> tuple[date, date]:
    """Return the days to which “back” and “on” lead."""
    if look is Look.MONTH:
        month = month_of(day)
        return (month.first - timedelta(days=1)).replace(day=1), month.last + timedelta(days=1)
    shown = span_of(look, day)
    if look is Look.DAY:
        return day - timedelta(days=1), day + timedelta(days=1)
    return shown.first - timedelta(days=shown.days), shown.last + timedelta(days=1)


def due_week(shown: Period, today: date) -> Period:
    """Return the week whose unplanned units stand beside the calendar: this one, or the first shown where all of it lies ahead."""
    return iso_week_of(max(today, shown.first))


def feed_span(today: date) -> Period:
    """Return the days that a subscription holds."""
    return Period(today - FEED_BEHIND, today + FEED_AHEAD)


@dataclass(frozen=True, slots=True)
class Told:
    """What the last letter of an invitation said: to whom of us, when, where; or that it is off."""

    user_id: int
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    method: Method = Method.REQUEST


def letters_due(last: Told, now: Told) -> tuple[tuple[int, Method], ...]:
    """Return (user, method) of what must be sent so that everybody's calendar is right again; () where nothing changed.

    Who does not go any more gets a cancellation, whoever goes now the new request; what is off is off for all.
    """
    if last.method is Method.CANCEL or last == now:
        return ()
    if now.method is Method.CANCEL:
        return ((last.user_id, Method.CANCEL),)
    if last.user_id != now.user_id:
        return ((last.user_id, Method.CANCEL), (now.user_id, Method.REQUEST))
    return ((now.user_id, Method.REQUEST),)
