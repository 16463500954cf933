"""The nightly walk along the audit chain: its head is kept outside the database, a broken chain is told to those who must know."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kam.audit.verify import keep_head, verify_chain
from kam.core.clock import business_date
from kam.core.sentences import sentence
from kam.outbox import services as outbox
from kam.users.models import User
from kam.users.terms import Position


def walk_audit_chain() -> str:
    """Verify the chain and keep its head; when it is broken put a line under the bell of administrators and the director."""
    verdict = verify_chain()
    if verdict.ok:
        keep_head(verdict)
        return sentence(gettext_noop("%(n)s entries whole"), n=verdict.checked)
    today, place = business_date(), place_of(verdict.first_bad or {})
    for person in User.objects.working().filter(position__in=[Position.ADMINISTRATOR, Position.DIRECTOR]):
        with translation.override(person.language):
            text = _("The audit was changed around the application: %(place)s") % {"place": place}
        outbox.notify(
            key=f"audit:{today}:{person.pk}", to=person, kind="audit.broken", text=text, url="/audit/"
        )
    return sentence(gettext_noop("not whole: %(place)s"), place=place)


def place_of(found: dict[str, Any]) -> str:
    """Say where the chain is broken: the link's number, and the entry's where it is known."""
    return " · ".join(f"#{found[key]}" for key in ("seq", "entry") if found.get(key) is not None)
