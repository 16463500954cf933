"""What the register gives to the frames: acts, limits, the kind of rule change, the tab of a unit, the card of a person, pages."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.merge.registry import declare
from accounts.merge.terms import How
from accounts.persons.models import Person
from accounts.persons.registry import PersonPanel, register_person_panel
from accounts.units.models import KeyAccount
from accounts.units.registry import Panel, register_panel
from campaigns.integrity.drafts import apply_policy, begin_with, check_draft, preview_policy
from campaigns.integrity.forms import PolicyForm
from campaigns.integrity.models import Benefit
from campaigns.integrity.permissions import can_see_register
from campaigns.integrity.selectors import received_at, received_by
from kam.approvals.rule_changes.registry import RuleKind, register_rule_kind
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.notes.registry import register_link
from kam.search.registry import register_page
from kam.settings_rows.registry import define
from kam.users.models import User

register_act("campaigns.benefit.reserved", _("Benefit reserved in the register"))
register_act("campaigns.benefit.given", _("Benefit given"))
register_act("campaigns.benefit.freed", _("Benefit freed"))
register_act("campaigns.benefit_policy.in_force", _("Policy of benefits put in force"))
register_history("campaigns.benefit", Benefit, load=visible_row(Benefit.objects))
_WORDS = {"worth": _("Worth in yuan"), "tax": _("Tax withheld")}
register_words(Benefit, label=_WORDS.get, text=lambda _name, _value: None)
register_link("benefit", lambda pk: f"/integrity/{int(pk)}/")

#: Changing a limit goes to the general manager too (12-decisions 17).
_YUAN, _GROUP, _ROUTE = _("yuan"), _("Integrity"), "integrity"
for _key, _default, _label in (
    ("integrity_item", 200, _("Limit of one gift")),
    ("integrity_person", 600, _("Limit of a person in the rolling year")),
    ("integrity_unit", 5_000, _("Limit of a unit in the rolling year")),
    ("integrity_colleague", 20_000, _("Limit of what one of us gives in the rolling year")),
    ("integrity_small", 100, _("Limit of promotional items for a public official in the rolling year")),
):
    define(_key, Decimal(_default), label=_label, unit=_YUAN, group=_GROUP, route_kind=_ROUTE)
define(
    "integrity_days",
    365,
    label=_("Days of the rolling year"),
    unit=_("days"),
    group=_GROUP,
    route_kind=_ROUTE,
)
define(
    "integrity_split_days",
    7,
    label=_("Gifts of one kind within so many days are looked at as one"),
    unit=_("days"),
    group=_GROUP,
    route_kind=_ROUTE,
)

register_rule_kind(
    RuleKind(
        key="integrity_policy",
        label=_("Policy of benefits to persons"),
        form=PolicyForm,
        preview=preview_policy,
        check=check_draft,
        apply=apply_policy,
        begin=begin_with,
        kinds=lambda _payload: frozenset({_ROUTE}),
    )
)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    del user
    return {"received": received_at(unit, business_date())}


def _card(person: Person, user: User) -> dict[str, Any] | None:
    del user
    return {"received": received_by(person, business_date())}


register_panel(
    Panel(
        "benefits",
        pgettext_lazy("unit", "Benefits"),
        26,
        "campaigns/integrity/_tab.html",
        _tab,
        counted=lambda unit: Benefit.objects.filter(unit_id=unit),
    )
)
register_person_panel(
    PersonPanel("benefits", _("Received this year"), 10, "campaigns/integrity/_person.html", _card)
)
register_page(
    "campaigns.integrity",
    _("Integrity register"),
    "/integrity/",
    icon="scale",
    visible=can_see_register,
    order=34,
)
register_page(
    "campaigns.integrity_policy",
    _("Policy of benefits to persons"),
    "/integrity/policy/",
    icon="scale",
    visible=can_see_register,
    order=35,
)
declare(How.STRICT, "campaigns.Benefit.unit", "campaigns.Benefit.person")
