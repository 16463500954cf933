"""What the operations page says about the calendar and about messages."""

from django.utils.translation import gettext as _

from kam.calendar.selectors import year_without_days
from kam.core.clock import business_date
from kam.ops.registry import Finding
from kam.outbox.selectors import counts
from kam.outbox.terms import MessageState


def calendar() -> Finding:
    """From 1 November on the next year's holidays must be known, or digests come on holidays."""
    year = year_without_days(business_date())
    if year is None:
        return Finding(True, _("the holidays of this and the coming year are known"))
    return Finding(
        False,
        _("nobody has entered the holidays and make-up days of %(year)s; until then Monday to Friday count")
        % {"year": year},
    )


def messages() -> Finding:
    """Dead and unsure messages wait for an administrator."""
    found = counts()
    dead, unsure = found[MessageState.DEAD], found[MessageState.UNSURE]
    text = _("%(dead)s dead, %(unsure)s unsure: see /ops/outbox/") % {"dead": dead, "unsure": unsure}
    return Finding(not (dead or unsure), text)
