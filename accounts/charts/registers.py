"""What the charts give to the frames: the tab of the map on the record."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.charts.demo import play_charts
from accounts.charts.documents import shown_flow, unit_map
from accounts.charts.forms import MapForm
from accounts.charts.selectors import flow_on, flows_told
from accounts.red_flags.registry import register_facts
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.registry import FileSection, Panel, register_file_section, register_panel
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.demo.registry import register_part
from kam.pdf.terms import FAMILIES
from kam.users.models import User

register_act("accounts.flow.drawn", _("Decision flow drawn"))
register_facts(flows_told)
register_part(79, "charts", play_charts)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    form = MapForm.asked({})
    return {
        "form": form,
        "map": unit_map(unit, on=form.day, against=form.against_day),
        "can_edit": can_edit_unit(user, unit),
        "asked": "",
        "flow": shown_flow(flow_on(unit, business_date())),
    }


register_panel(Panel("map", _("Map"), 15, "accounts/charts/_tab.html", _tab))


def _file(unit: KeyAccount, user: User) -> dict[str, Any]:
    del user
    today = business_date()
    family = FAMILIES[get_language() or "en"][0]
    return {"map": unit_map(unit, on=today), "flow": shown_flow(flow_on(unit, today)), "family": family}


register_file_section(FileSection("charts", 30, "pdf/_accounts_charts.html", _file))
