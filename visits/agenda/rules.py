"""The calendar: which days a page shows, where the arrows lead, and when an invitation has to be sent anew. See docs/domain/calendar.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kam.core.periods import Period, iso_week_of, month_of
from visits.agenda.terms import Look, Method, PartOfDay

#: The list shows two weeks from the Monday of the chosen day.
LIST_DAYS = 14
#: The grid of hours shows these; what lies wholly outside stands in a row at its edge.
FIRST_MINUTE, LAST_MINUTE = 7 * 60, 21 * 60
#: What has no end is drawn as one hour; nothing is drawn lower than its one line of text needs; the grid knows five minutes.
NO_END, LOWEST, FINEST = 60, 25, 5
#: Beside each other in one column; what is beyond stands upon the last.
MOST_BESIDE = 12
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


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where something stands in the grid of hours: minutes after its first hour, how many, and its share of the width."""

    first: int
    last: int
    place: int = 0
    of: int = 1


def part_of_day(start: time | None, end: time | None) -> PartOfDay:
    """Return where something is drawn: above the hours without one, in the grid, or in the row before or after it."""
    if start is None:
        return PartOfDay.WHOLE
    first, last = _minutes(start, end)
    if last <= FIRST_MINUTE:
        return PartOfDay.EARLY
    return PartOfDay.LATE if first >= LAST_MINUTE else PartOfDay.HOURS


def drawn_at(start: time, end: time | None) -> Drawn:
    """Return the place of something inside the grid, cut at its edges, to the nearest five minutes outwards."""
    first, last = _minutes(start, end)
    first = max(first, FIRST_MINUTE) - FIRST_MINUTE
    last = min(last, LAST_MINUTE) - FIRST_MINUTE
    height = LAST_MINUTE - FIRST_MINUTE
    first = min(first - first % FINEST, height - LOWEST)
    return Drawn(first, max(last + -last % FINEST, first + LOWEST))


def beside(drawn: Sequence[Drawn]) -> list[Drawn]:
    """Return the same things, in the same order, with the width shared by those that overlap, at once or by way of others."""
    found = list(drawn)
    order = sorted(range(len(found)), key=lambda number: (found[number].first, -found[number].last))
    group: list[int] = []
    ends: list[int] = []
    for number in order:
        one = found[number]
        if ends and one.first >= max(ends):
            _share(found, group, len(ends))
            group, ends = [], []
        place = next((place for place, end in enumerate(ends) if end <= one.first), len(ends))
        place = min(place, MOST_BESIDE - 1)
        ends[place : place + 1] = [max([one.last, *ends[place : place + 1]])]
        found[number] = Drawn(one.first, one.last, place)
        group.append(number)
    _share(found, group, len(ends))
    return found


def hand_at(clock: time) -> tuple[int, int] | None:
    """Return the hour of the grid and its minute at which the line of this moment stands, None outside of the grid."""
    minutes = clock.hour * 60 + clock.minute - FIRST_MINUTE
    if not 0 <= minutes < LAST_MINUTE - FIRST_MINUTE:
        return None
    return minutes // 60, minutes % 60 - minutes % FINEST


def _share(found: list[Drawn], group: Sequence[int], of: int) -> None:
    for number in group:
        one = found[number]
        found[number] = Drawn(one.first, one.last, one.place, of)


def _minutes(start: time, end: time | None) -> tuple[int, int]:
    first = start.hour * 60 + start.minute
    last = end.hour * 60 + end.minute if end else first + NO_END
    return first, max(last, first)
