"""What relationships give to the frames: acts, settings, the tab, timeline, the page in the palette, the demo part."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.persons.permissions import can_edit_person
from accounts.persons.registry import PersonPanel, register_person_panel
from accounts.relationships.demo import play_relationships
from accounts.relationships.labels import STRENGTH_LABELS
from accounts.relationships.models import RelationshipLevel, StrengtheningSheet
from accounts.relationships.selectors import NEEDED, PER_MONTH, insiders_of, levels_of, strength_on
from accounts.relationships.tables import SHEETS
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.registry import Panel, TimelineEntry, register_panel, register_timeline
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.core.sentences import labelled
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.search.registry import register_page
from kam.settings_rows.registry import define
from kam.users.models import User
from kam.users.scopes import Reach, scope_of

__all__ = ["SHEETS"]  # workers write its files

register_act("accounts.insider.planned", _("Plan for an insider written"))
register_act("accounts.strengthening.opened", _("Strengthening sheet opened"))
register_act("accounts.strengthening.action_added", _("Action of a strengthening sheet added"))
register_act("accounts.strengthening.action_done", _("Action of a strengthening sheet done"))
register_act("accounts.strengthening.reviewed", _("Strengthening sheet reviewed"))
register_act("accounts.strengthening.closed", _("Strengthening sheet closed"))
register_link("accounts.strengthening", lambda pk: f"/strengthening/{int(pk)}/")

_GROUP = _("Relationships")
define(NEEDED, 1, label=_("Insiders wanted at a unit"), unit=_("persons"), group=_GROUP)
define(
    PER_MONTH,
    4,
    label=_("Contacts a month with an insider, where nobody said otherwise"),
    unit=_("contacts"),
    group=_GROUP,
)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    return {"shown": insiders_of(unit, today=business_date()), "can_edit": can_edit_unit(user, unit)}


def _may_see(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


register_panel(Panel("insiders", _("Insiders"), 22, "accounts/relationships/_insiders.html", _tab))
register_page(
    "accounts.strengthening",
    _("Relationships to strengthen"),
    "/strengthening/",
    icon="heart-handshake",
    visible=_may_see,
    order=15,
)
register_part(83, "relationships", play_relationships)


def _timeline(unit: KeyAccount, user: User, before: datetime, limit: int) -> list[TimelineEntry]:
    del user
    rows = RelationshipLevel.objects.filter(person__unit=unit, created_at__lt=before)
    return [
        TimelineEntry(
            at=row.created_at,
            kind="relationships",
            title=row.person.name,
            text=labelled(row.get_strength_display(), row.reason),
            who=row.by.name if row.by else "",
            url=row.person.get_absolute_url(),
            icon="heart-handshake",
        )
        for row in rows.select_related("person", "by").order_by("-created_at", "-pk")[:limit]
    ]


register_timeline("relationships", _("Relationships"), _timeline)


def _person_card(person: Person, user: User) -> dict[str, Any]:
    """How close we are today, the sheet that is open, and the way to a new one with this person chosen."""
    strength = strength_on(levels_of([person.pk]).get(person.pk, ()), business_date())
    return {
        "person": person,
        "strength": STRENGTH_LABELS[strength] if strength else "",
        "sheet": StrengtheningSheet.objects.open().filter(person=person).first(),
        "may_open": person.left_on is None and can_edit_person(user, person),
    }


register_person_panel(
    PersonPanel(
        "relationship", _("Relationship with us"), 5, "accounts/relationships/_person.html", _person_card
    )
)
