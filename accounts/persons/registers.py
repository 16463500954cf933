"""What persons give to the frames: names of acts, settings, links, their tab and timeline."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.persons import changes, labels
from accounts.persons.api import PERSONS
from accounts.persons.birthdays import CELEBRATING, birthdays, text_of_birthdays
from accounts.persons.demo import play_persons
from accounts.persons.models import KeyPersonChange, KeyPersonPeriod, Person
from accounts.persons.permissions import can_read_person_data
from accounts.persons.selectors import people_asked, persons_now, seen_person
from accounts.persons.terms import PERSONAL_FIELDS, RelationKind
from accounts.units.models import KeyAccount
from accounts.units.registry import (
    FileSection,
    Panel,
    TimelineEntry,
    register_file_section,
    register_panel,
    register_reading,
    register_timeline,
)
from kam.api.registry import register_resource
from kam.approvals.registry import Subject, register
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act, register_personal_rule
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.core.house import register_house_labels
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.people.registry import register_unmaskable
from kam.search.registry import Hit, Pick, register_pick, register_search
from kam.search.services import find_by_name, find_by_phone
from kam.settings_rows.registry import define
from kam.today.registry import Section, register_section
from kam.today.terms import Exit, Place
from kam.users.models import User
from kam.users.terms import SELLERS
from kam.webhooks.registry import register_event

register_event("accounts.key_person.designated")
register_house_labels({"approved_change": changes.APPROVED_CHANGE})

register_act("accounts.person.added", _("Person added"))
register_act("accounts.person.edited", _("Person changed"))
register_act("accounts.person.post_changed", _("Person changed post"))
register_act("accounts.person.assessed", _("Person assessed"))
register_act("accounts.person.role_set", _("Buyer role set"))
register_act("accounts.person.role_ended", _("Buyer role ended"))
register_act("accounts.person.left", _("Person left the unit"))
register_act("accounts.key_person.designated", _("Key person designated"))
register_act("accounts.key_person.ended", _("Key person ended"))
register_act("accounts.key_person.change_asked", _("Change of key person asked for"))
register_act("accounts.relation.set", _("Relation recorded"))
register_act("accounts.relation.ended", _("Relation ended"))

define(
    "key_person_days",
    7,
    label=_("Days after the first visit in which the key person may be designated"),
    unit=_("days"),
    assumption=False,
    group=_("Key persons"),
)
define(
    "key_person_freeze_hours",
    24,
    label=_("Hours after which the persons met on a first visit are frozen"),
    unit=_("hours"),
    assumption=False,
    group=_("Key persons"),
)

register_link("accounts.person", lambda pk: f"/persons/{pk}/")


def _word(name: str) -> Any:
    return labels.RELATION_LABELS.get(RelationKind(name)) if name in set(RelationKind) else WORDS.get(name)


def _told(name: str, value: Any) -> Any:
    """Roles and how sure we are of them are kept as codes."""
    return ROLE_WORDS.get(value) if name in {"role", "confidence"} else None


WORDS = {"confidence": _("confidence"), "strength": _("strength")}
ROLE_WORDS: dict[str, Any] = {
    str(code): word
    for table in (labels.ROLE_LABELS, labels.GATEKEEPER_LABELS, labels.CONFIDENCE_LABELS)
    for code, word in table.items()
}

register_words(Person, label=_word, text=_told)
register_history(
    "accounts.person",
    Person,
    load=visible_row(Person.objects.select_related("unit")),
    parts=lambda person: [*person.roles.all(), *person.relations.all()],
)
register_personal_rule("accounts.person", can_read_person_data)


def _persons_tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    del user
    return {"people": persons_now(unit)}


register_reading("persons", lambda unit, _user: people_asked(unit, on=business_date()))
register_panel(
    Panel(
        "persons",
        _("Persons"),
        10,
        "accounts/persons/_tab.html",
        _persons_tab,
        count=lambda unit, _user: sum(seen.person.left_on is None for seen in persons_now(unit)),
    )
)
register_panel(
    Panel("persons-side", _("Persons"), 10, "accounts/persons/_side.html", _persons_tab, place="side")
)


def _timeline(unit: KeyAccount, user: User, before: datetime, limit: int) -> list[TimelineEntry]:
    del user
    added = Person.objects.filter(unit=unit, created_at__lt=before).order_by("-created_at")[:limit]
    entries = [
        TimelineEntry(
            at=person.created_at,
            kind="persons",
            title=person.name,
            text=str(_("added")) + (f" · {person.post}" if person.post else ""),
            url=person.get_absolute_url(),
            icon="user-plus",
        )
        for person in added
    ]
    periods = KeyPersonPeriod.objects.filter(unit=unit, designated_at__lt=before).select_related(
        "person", "by"
    )
    return entries + [
        TimelineEntry(
            at=period.designated_at,
            kind="persons",
            title=period.person.name,
            text=str(_("designated as key person")),
            who=period.by.name if period.by else "",
            url=period.person.get_absolute_url(),
            icon="star",
            tone="acc",
        )
        for period in periods.order_by("-designated_at")[:limit]
    ]


register_timeline("persons", _("Persons"), _timeline)


def _file(unit: KeyAccount, user: User) -> dict[str, Any]:
    today = business_date()
    rows = Person.objects.filter(unit=unit).present().select_related("unit").order_by("id")
    return {"people": [seen_person(person, user, on=today) for person in rows]}


register_file_section(FileSection("persons", 10, "pdf/_accounts_persons.html", _file))

register_part(40, "persons", play_persons)
register_section(
    Section(
        key="birthdays",
        label=_("Birthdays"),
        order=400,
        slots=(Exit.TODAY, Exit.PLAN),
        positions=SELLERS,
        place=Place.SIDE,
        collect=birthdays,
        asks=(CELEBRATING,),
        template="accounts/persons/_birthdays.html",
        text=text_of_birthdays,
        mailed=False,
    )
)


def _find_persons(user: User, words: str, limit: int) -> list[Hit]:
    """By part of the name, pinyin, initials, or the whole mobile number."""
    found = find_by_name(words) | find_by_phone(words, "mobile_key")
    rows = Person.objects.visible_to(user).filter(found).select_related("unit").order_by("left_on", "id")
    return [
        Hit(
            person.name,
            person.get_absolute_url(),
            sub=" · ".join(part for part in (person.unit.name, person.post) if part),
            icon="user",
            lang="zh-Hans",
        )
        for person in rows[:limit]
    ]


register_search("accounts.person", _("Persons"), _find_persons, order=20)


def _load(pk: int, user: User) -> Person | None:
    return Person.objects.visible_to(user).select_related("unit").filter(pk=pk).first()


register_unmaskable(
    "accounts.person",
    load=_load,
    fields={name: Person._meta.get_field(name).verbose_name for name in PERSONAL_FIELDS},  # type: ignore[union-attr]  # noqa: SLF001 -- _meta is Django's API
    sees_plain=lambda person, user: can_read_person_data(user, person),
)


register(
    Subject(
        key=changes.SUBJECT,
        model=KeyPersonChange,
        label=_("Change of key person"),
        group=_("Accounts"),
        icon="star",
        snapshot=changes.snapshot,
        requester=lambda change: change.asked_by,
        material=("person",),
        url=lambda change: change.person.get_absolute_url(),
        on_approved=changes.approve_change,
        on_returned=changes.close_change,
        on_rejected=changes.close_change,
        on_withdrawn=changes.close_change,
    )
)


def _persons_within(user: User, within: str) -> QuerySet[Person]:
    """Return the persons of one unit, or of all one sees."""
    rows = Person.objects.visible_to(user).present().select_related("unit")
    return rows.filter(unit_id=number_in(within) or 0) if within else rows


def _persons_called(rows: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Return the persons with this whole name, or "name (post)"."""
    name, _bracket, post = text.rstrip(")）").replace("（", "(").rpartition("(")
    return rows.filter(Q(name=text) | Q(name=name.strip(), post=post.strip())).order_by("pinyin", "pk")


register_pick(
    Pick(
        "accounts.person",
        rows=_persons_within,
        search=lambda rows, text: rows.filter(find_by_name(text)).order_by("pinyin", "pk"),
        exact=_persons_called,
        label=lambda person: str(person.name),
        note=lambda person: " · ".join(filter(None, (person.post, person.unit.name))),
        code=lambda person: str(person.post),
    )
)
register_resource(PERSONS)
