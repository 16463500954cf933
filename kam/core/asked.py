"""Reading what an address or a form carries as bare text: a number, a day. Whatever stands there, nothing is raised."""

from datetime import date

#: The days the house knows: week and month around each of them are still dates.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
#: One figure less than the largest key a table can hold.
MAX_FIGURES = 18


def number_in(text: str | None) -> int | None:
    """Return the whole number that `text` spells in plain figures, None for anything else."""
    if not text or len(text) > MAX_FIGURES or not (text.isascii() and text.isdecimal()):
        return None
    return int(text)


def day_in(text: str | None) -> date | None:
    """Return the day that `text` spells as 2026-11-23, None for anything else and for days nobody means."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None
