"""Days and moments as people say them: "12 Jun", "6月12日", with the year when it is not this one."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.translation import get_language

from kam.core.clock import business_date


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


def say_day(day: date) -> str:
    """Return a day as the reader says it."""
    return day_words(day, business_date().year, get_language() or "en")
