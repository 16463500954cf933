"""What contacts give to the frames: names of acts, their timeline."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.contacts.demo import play_calls, play_key_persons
from accounts.contacts.models import Contact
from accounts.contacts.terms import ContactChannel
from accounts.units.models import KeyAccount
from accounts.units.registers import day_moment
from accounts.units.registry import (
    FileSection,
    HeadFact,
    TimelineEntry,
    register_file_section,
    register_head_fact,
    register_timeline,
)
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.core.house import read_house
from kam.demo.registry import register_part
from kam.notes.registry import link_of
from kam.notes.terms import SourceKey
from kam.users.models import User

register_act("accounts.contact.recorded", _("Contact recorded"))
register_act("accounts.contact.corrected", _("Contact corrected"))
register_act("accounts.contact.removed", _("Contact removed"))

_ICONS = {
    ContactChannel.VISIT: "map-pin",
    ContactChannel.CALL: "phone",
    ContactChannel.WECHAT: "brand-wechat",
    ContactChannel.EMAIL: "mail",
    ContactChannel.LETTER: "mail-opened",
    ContactChannel.ONLINE: "video",
    ContactChannel.EVENT: "calendar-event",
}


def _timeline(unit: KeyAccount, user: User, before: datetime, limit: int) -> list[TimelineEntry]:
    """Contacts stand at the day they took place, whenever they were typed."""
    del user
    rows = (
        Contact.objects.filter(unit=unit, on__lte=timezone.localtime(before).date())
        .select_related("by")
        .prefetch_related("persons")
        .order_by("-on", "-id")[: limit + 5]
    )
    entries = [
        TimelineEntry(
            at=row.at or day_moment(row.on, row.created_at),
            kind="contacts",
            title=read_house(row.source_label) or row.get_channel_display(),
            text=" ".join(part for part in (row.outcome_words, row.text) if part),
            who=row.by.name if row.by else "",
            url=link_of(SourceKey(row.source_kind, row.source_id, row.source_label)),
            tone="acc",
            icon=_ICONS[ContactChannel(row.channel)],
            changes=tuple(("", "", person.name) for person in row.persons.all()),
        )
        for row in rows
    ]
    return [entry for entry in entries if entry.at < before][:limit]


register_timeline("contacts", _("Visits and calls"), _timeline)


def _ago(days: int | None) -> str:
    if days is None:
        return str(_("no contact yet"))
    if days == 0:
        return str(_("contact today"))
    return ngettext("contact %(n)s day ago", "contact %(n)s days ago", days) % {"n": days}


def _last_touch(unit: KeyAccount, user: User) -> HeadFact:
    del user
    visit, contact = unit.last_visit_on, unit.last_contact_on
    today = business_date()
    days = (today - contact).days if contact else None
    return HeadFact(
        _("Last visit · contact"),
        say_day(visit) if visit else str(_("never")),
        hint=_ago(days),
        tone="" if visit else "c-danger",
    )


register_head_fact("last-touch", 30, _last_touch)


def _file(unit: KeyAccount, user: User) -> dict[str, Any]:
    del user
    rows = Contact.objects.filter(unit=unit).select_related("by").prefetch_related("persons")
    return {"contacts": list(rows.order_by("-on", "-id")[:60])}


register_file_section(FileSection("contacts", 20, "pdf/_accounts_contacts.html", _file))

register_part(45, "calls", play_calls)
register_part(65, "key persons", play_key_persons)
