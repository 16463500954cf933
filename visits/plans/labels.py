"""Days as people say them, in the reader's language, and what form and service both refuse."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

DAY_OVER = _("This day is over. Log the visit instead; it counts as unplanned.")
UNIT_MISSING = _("Choose the unit.")


def short_day(day: date) -> str:
    """Return `June 29` or `6月29日`."""
    return date_format(day, "MONTH_DAY_FORMAT")


def week_day(day: date) -> str:
    """Return `Mon June 29` or `周一 6月29日`."""
    return f"{date_format(day, 'D')} {short_day(day)}"
