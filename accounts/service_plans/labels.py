"""Labels of the words in terms.py, and sentences of what cannot be, in the reader's language."""

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.service_plans.terms import Because, DayPart, Every, Mode, Standing

MODE_LABELS = {
    Mode.VISIT: _("Visit"),
    Mode.CALL: _("Call"),
    Mode.WRITTEN: _("In writing"),
}
EVERY_LABELS = {
    Every.DAYS: _("days"),
    Every.WEEKS: _("weeks"),
    Every.MONTHS: _("months"),
}
DAY_PART_LABELS = {
    DayPart.MORNING: _("Morning"),
    DayPart.AFTERNOON: _("Afternoon"),
    DayPart.OUTSIDE_WORK: _("Outside work"),
}
STANDING_LABELS = {
    Standing.DONE: pgettext_lazy("planned contact", "Done"),
    Standing.LATE: pgettext_lazy("planned contact", "Late"),
    Standing.DUE: pgettext_lazy("planned contact", "Due"),
    Standing.OVERDUE: pgettext_lazy("planned contact", "Overdue"),
    Standing.MISSED: pgettext_lazy("planned contact", "Missed"),
    Standing.AHEAD: pgettext_lazy("planned contact", "Ahead"),
}
STANDING_TONES = {
    Standing.DONE: "good",
    Standing.LATE: "warn",
    Standing.DUE: "pending",
    Standing.OVERDUE: "danger",
    Standing.MISSED: "danger",
    Standing.AHEAD: "draft",
}
BECAUSE_LABELS = {
    Because.MONTH: _("a month has passed"),
    Because.VISIT: _("a focus unit was visited"),
}
WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
PROBLEMS = {
    "number_days": _("Every 1 to 90 days."),
    "number_weeks": _("Every 1 to 26 weeks."),
    "number_months": _("Every 1 to 12 months."),
    "weekdays": _("Choose at least one day of the week."),
    "day_of_month": _("A day of the month from 1 to 31."),
    "objective": _("Say what is to be reached with this person."),
    "action": _("Say what is to be done."),
    "reason": _("Say why the plan changes."),
}


def say_frequency(every: str, number: int, weekdays: Sequence[int], day_of_month: int | None) -> str:
    """Return a frequency in words: "every 2 weeks on Tue, Thu"."""
    if every == Every.DAYS:
        return ngettext("every day", "every %(n)s days", number) % {"n": number}
    if every == Every.WEEKS:
        days = gettext(", ").join(str(WEEKDAYS[day]) for day in sorted(weekdays))
        words = ngettext("every week on %(days)s", "every %(n)s weeks on %(days)s", number)
        return words % {"n": number, "days": days}
    words = ngettext("every month on day %(day)s", "every %(n)s months on day %(day)s", number)
    return words % {"n": number, "day": day_of_month}
