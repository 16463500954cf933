"""What outlets give to the frames: acts, history, the tab of a unit, the page, settings, the demo part."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.merge.registry import declare
from accounts.merge.terms import How
from accounts.units.models import KeyAccount
from accounts.units.registry import Panel, register_panel
from campaigns.outlets.demo import play_outlets
from campaigns.outlets.models import Outlet
from campaigns.outlets.permissions import can_add_outlet, can_see_outlets
from campaigns.outlets.selectors import IMAGES, KEPT
from campaigns.outlets.tables import OUTLETS, state_badge
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.search.registry import register_page
from kam.settings_rows.registry import define
from kam.users.models import User

register_act("campaigns.outlet.opened", _("Outlet opened"))
register_act("campaigns.outlet.changed", _("Outlet changed"))
register_act("campaigns.outlet.closed", _("Outlet closed"))
register_act("campaigns.outlet.sales_told", _("Sales of an outlet told"))
register_act("campaigns.outlet.seller_named", _("Seller of an outlet named"))
register_act("campaigns.outlet.seller_ended", _("Seller of an outlet left"))
register_history("campaigns.outlet", Outlet, load=visible_row(Outlet.objects))
register_words(Outlet, label={"seller": _("Seller")}.get, text=lambda _name, _value: None)
register_link("outlet", lambda pk: f"/outlets/{int(pk)}/")
define(KEPT, 30, label=_("Outlets to be kept open"), unit=_("outlets"), group=_("Outlets"))
define(IMAGES, 10, label=_("Image stores to be set up in a year"), unit=_("outlets"), group=_("Outlets"))


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    rows = Outlet.objects.filter(unit=unit)[:50]
    return {
        "outlets": [(row, *state_badge(row)) for row in rows],
        "can_add": can_add_outlet(user, unit),
    }


register_panel(
    Panel(
        "outlets",
        _("Outlets"),
        29,
        "campaigns/outlets/_tab.html",
        _tab,
        counted=lambda unit: Outlet.objects.filter(unit_id=unit),
    )
)
register_page(
    "campaigns.outlets",
    _("Outlets"),
    OUTLETS.url,
    icon="building-store",
    visible=can_see_outlets,
    order=19,
)
register_part(85, "outlets", play_outlets)
declare(How.MOVE, "campaigns.Outlet.unit", "campaigns.OutletSeller.person")
