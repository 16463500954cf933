"""How long something will take, in words."""

from datetime import timedelta

from django import template
from django.utils.translation import ngettext

register = template.Library()

MINUTE = 60


@register.filter
def seconds_left(left: timedelta) -> str:
    """Return "20 seconds" or "3 minutes", rounded up."""
    seconds = max(int(left.total_seconds()) + 1, 1)
    if seconds < MINUTE:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    minutes = -(-seconds // MINUTE)
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
