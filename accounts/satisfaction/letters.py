"""The mail that asks a customer, and the task that follows a low answer."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.satisfaction.models import Invitation, Response
from accounts.units.models import KeyAccount
from kam.calendar.selectors import add_working_days
from kam.core.clock import business_date
from kam.notes.services import add_task
from kam.notes.terms import SourceKey
from kam.outbox import services as outbox
from kam.outbox.links import link_mark
from kam.users.models import User

#: The language in which customers are written to; the page itself speaks all three.
CUSTOMERS_LANGUAGE = "zh-hans"
DAYS_TO_CALL = 1
SOURCE = "accounts.invitation"


def mail_invitation(invitation: Invitation, *, by: User | None) -> bool:
    """Put the mail with the link into the outbox, in the name of whoever asks; False where there is no address.

    The row holds a mark instead of the link: the outbox writes the address when the mail goes out.
    """
    person = invitation.person
    if person is None or not person.email or by is None:
        return False
    key = f"survey:{invitation.pk}"
    with translation.override(CUSTOMERS_LANGUAGE):
        context = {
            "person": person,
            "asker": by,
            "title": str(invitation.round.version.questionnaire),
            "until": invitation.expires_at,
            "link": link_mark(SOURCE, invitation.pk, key=key),
        }
        subject = _("%(name)s asks for your opinion") % {"name": by.name}
        text = render_to_string("outbox/survey.txt", context)
    sent = outbox.post_outside(
        key=key, on_behalf_of=by, address=person.email, kind="accounts.survey", subject=subject, text=text
    )
    return sent is not None


def tell_low(response: Response, unit: KeyAccount) -> None:
    """Give the unit's owner a task to call, by the next working day."""
    if unit.owner is None or not unit.owner.is_active:
        return
    with translation.override(unit.owner.language):
        text = _("Low satisfaction at %(unit)s: call and ask why") % {"unit": unit.name}
    invitation = response.invitation
    add_task(
        text,
        assignee=unit.owner,
        by=response.by,
        due_on=add_working_days(business_date(), DAYS_TO_CALL),
        subject=SourceKey.of("accounts.unit", unit.pk, unit.name),
        source=SourceKey.of(SOURCE, invitation.pk, invitation.round.title),
    )
