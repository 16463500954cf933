"""Days, moments and spans as people say them: "12 Jun", "6月12日", with the year when it is not this one; "1 个月 5 天"."""

import re
from calendar import monthrange
from datetime import date, datetime
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext

from kam.core.clock import business_date

#: A day or a month as rows keep it, by itself in a text: not in a number (KPI-2026-10-…) or a moment (…T08:00),
#: and no door of an address (1201-05, 2005-08室).
_KEPT_DAY = re.compile(
    r"(?<![0-9A-Za-z.-])((?:19|20)[0-9]{2})-([0-9]{2})(?:-([0-9]{2}))?(?![0-9A-Za-z-]|[室号號栋棟房楼樓座])"
)


#: A week as rows keep it ("2026-W48"), by itself too.
_KEPT_WEEK = re.compile(r"(?<![0-9A-Za-z.-])((?:19|20)[0-9]{2})-W([0-9]{2})(?![0-9A-Za-z-])")


@lru_cache(maxsize=4096)
def day_words(day: date, this_year: int, language: str) -> str:
    """Return a day in words of `language`."""
    if language.startswith("zh"):
        words = f"{day.month}月{day.day}日"
        return words if day.year == this_year else f"{day.year}年{words}"
    words = formats.date_format(day, "j M")
    return words if day.year == this_year else f"{words} {day.year}"


def moment_words(moment: datetime, this_year: int, language: str) -> str:
    """Return a moment in the person's zone: the day and the time."""
    local = timezone.localtime(moment)
    return f"{day_words(local.date(), this_year, language)} {local:%H:%M}"


def week_words(year: int, week: int, this_year: int, language: str) -> str:
    """Return a week of the calendar in words of `language`: "week 49", "第49周", with the year when it is not this one."""
    if language.startswith("zh"):
        words = f"第{week}{'週' if language == 'zh-hant' else '周'}"
        return words if year == this_year else f"{year}年{words}"
    return f"week {week}" if year == this_year else f"week {week} of {year}"


def say_day(day: date) -> str:
    """Return a day as the reader says it."""
    return day_words(day, business_date().year, get_language() or "en")


def say_kept_days(text: str) -> str:
    """Return a text that was kept in a row with its days, weeks and months as the reader says them; what is none stays as it stands."""

    def said(found: re.Match[str]) -> str:
        year, month, day = found.groups()
        try:
            first = date(int(year), int(month), int(day or 1))
        except ValueError:
            return found[0]
        return say_day(first) if day else formats.date_format(first, "YEAR_MONTH_FORMAT")

    def said_week(found: re.Match[str]) -> str:
        year, week = int(found[1]), int(found[2])
        try:
            date.fromisocalendar(year, week, 1)
        except ValueError:
            return found[0]
        return week_words(year, week, business_date().isocalendar().year, get_language() or "en")

    return _KEPT_WEEK.sub(said_week, _KEPT_DAY.sub(said, text))


def say_moment(moment: datetime) -> str:
    """Return a moment as the reader says it."""
    return moment_words(moment, business_date().year, get_language() or "en")


def elapsed(since: datetime, until: datetime) -> tuple[int, int, int, int, int]:
    """Return how many whole years, months, days, hours and minutes lie between two moments; none where `until` is not later."""
    since, until = timezone.localtime(since), timezone.localtime(until)
    if until <= since:
        return (0, 0, 0, 0, 0)
    months = (until.year - since.year) * 12 + until.month - since.month
    start = months_later(since, months)
    if start > until:
        months -= 1
        start = months_later(since, months)
    rest = until - start
    return (
        months // 12,
        months % 12,
        rest.days,
        rest.seconds // 3600,
        rest.seconds // 60 % 60,
    )


def months_later(moment: datetime, months: int) -> datetime:
    """Return the same day of a later month, the month's last where it is shorter."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    _weekday, last = monthrange(year, month + 1)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


def elapsed_words(since: datetime, until: datetime) -> str:
    """Return a span in its largest unit and the one below: "1 month 5 days", "1 个月 5 天"; under a minute is 0 minutes."""
    years, months, days, hours, minutes = counts = elapsed(since, until)
    words = (
        ngettext("%(n)s year", "%(n)s years", years) % {"n": years},
        ngettext("%(n)s month", "%(n)s months", months) % {"n": months},
        ngettext("%(n)s day", "%(n)s days", days) % {"n": days},
        ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours},
        ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes},
    )
    found = [place for place, n in enumerate(counts) if n]
    largest = found[0] if found else len(counts) - 1
    return " ".join(words[place] for place in (largest, *found[1:2]) if place <= largest + 1)
