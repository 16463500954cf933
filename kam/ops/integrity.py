"""The nightly walk along the audit chain: its head is kept outside the database, a broken chain is told to those who must know."""

from django.utils import translation
from django.utils.translation import gettext as _

from kam.audit.verify import keep_head, verify_chain
from kam.core.clock import business_date
from kam.outbox import services as outbox
from kam.users.models import User
from kam.users.terms import Position


def walk_audit_chain() -> str:
    """Verify the chain and keep its head; when it is broken put a line under the bell of administrators and the director."""
    verdict = verify_chain()
    if verdict.ok:
        keep_head(verdict)
        return f"{verdict.checked} entries whole"
    today = business_date()
    for person in User.objects.working().filter(position__in=[Position.ADMINISTRATOR, Position.DIRECTOR]):
        with translation.override(person.language):
            text = _("The audit was changed around the application: %(place)s") % {"place": verdict.first_bad}
        outbox.notify(
            key=f"audit:{today}:{person.pk}", to=person, kind="audit.broken", text=text, url="/audit/"
        )
    return f"NOT WHOLE: {verdict.first_bad}"
