"""Calendar files (RFC 5545, RFC 5546). They name unit, family name with post, place and time, and nothing else (12-decisions 28)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vCalAddress, vText

from kam.core.clock import moment
from kam.core.sentences import labelled
from kam.users.models import User
from visits.agenda.models import InvitationLetter
from visits.agenda.registry import Entry
from visits.agenda.terms import EntryKind, Method

_PRODUCT = "-//KAM//calendar//EN"
#: How often a program should ask again.
_TTL = timedelta(hours=1)
#: Evening forms and visits made without a plan are no dates to keep.
_LEFT_OUT = frozenset({EntryKind.FOLLOWUP})


def feed_file(user: User, entries: Iterable[Entry]) -> bytes:
    """Return the subscription of `user`; the same entries give the same bytes."""
    calendar = _calendar(_("KAM: %(name)s") % {"name": user.name})
    calendar.add("refresh-interval", _TTL, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        if entry.kind not in _LEFT_OUT:
            calendar.add_component(_event_of(entry))
    return bytes(calendar.to_ical())


def _calendar(name: str = "") -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    if name:
        calendar.add("x-wr-calname", name)
    return calendar


def _event_of(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@kam.invalid")
    event.add("dtstamp", (entry.made_at or moment(entry.day, datetime.min.time())).astimezone(UTC))
    event.add("sequence", max(entry.version - 1, 0))
    if entry.start and entry.end and entry.end > entry.start:
        event.add("dtstart", moment(entry.day, entry.start))
        event.add("dtend", moment(entry.day, entry.end))
    else:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.last + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    is_due = entry.kind in {EntryKind.STEP, EntryKind.PROMISE, EntryKind.TASK}
    event.add("summary", labelled(entry.label, entry.title) if is_due else entry.title)
    event.add("description", "\n".join(part for part in (str(entry.label), entry.met) if part))
    if entry.place:
        event.add("location", entry.place)
    event.add("class", "PRIVATE")
    return event


def invitation_file(letter: InvitationLetter) -> bytes:
    """Return what a letter's attachment says: REQUEST or CANCEL of one event, with its UID and SEQUENCE."""
    with override(letter.user.language):
        calendar = _calendar()
        calendar.add("method", letter.method)
        calendar.add_component(_invited(letter))
    return bytes(calendar.to_ical())


def _invited(letter: InvitationLetter) -> Event:
    event = Event()
    event.add("uid", letter.invitation.uid)
    event.add("sequence", letter.sequence)
    event.add("dtstamp", letter.created_at.astimezone(UTC))
    event.add("dtstart", letter.starts_at.astimezone(UTC))
    event.add("dtend", letter.ends_at.astimezone(UTC))
    event.add("summary", _("Appointment: %(unit)s") % {"unit": letter.unit_name})
    if letter.person_name:
        event.add("description", letter.person_name)
    if letter.place:
        event.add("location", letter.place)
    event.add("status", "CANCELLED" if letter.method == Method.CANCEL else "CONFIRMED")
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    event.add("organizer", _person(name or "KAM", address))
    event.add("attendee", _person(letter.user.name, letter.user.email), encode=False)
    if letter.address:
        event.add("attendee", _person(letter.person_name, letter.address), encode=False)
    return event


def _person(name: str, address: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    if name:
        person.params["cn"] = vText(name)
    return person


def invitation_by_id(pk: str) -> bytes:
    """Return the attachment of a mail that goes out now."""
    rows = InvitationLetter.objects.select_related("invitation", "user")
    return invitation_file(rows.get(pk=int(pk)))
