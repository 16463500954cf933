"""What the charts give to the frames: the tab of the map on the record."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.charts.documents import unit_map
from accounts.charts.forms import MapForm
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.registry import Panel, register_panel
from kam.users.models import User


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    form = MapForm.asked({})
    return {
        "form": form,
        "map": unit_map(unit, on=form.day, against=form.against_day),
        "can_edit": can_edit_unit(user, unit),
        "asked": "",
    }


register_panel(Panel("map", _("Map"), 15, "accounts/charts/_map.html", _tab))
