"""What competition gives to the frames: the act, the threshold, the facts of red flags, the tab, the page in the palette."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.competition.demo import play_competition
from accounts.competition.selectors import chart_of, contracts_told, our_value, still_to_be_won
from accounts.qualification.registry import Measure, ValueSource, register_measure, register_value
from accounts.qualification.terms import Axis
from accounts.red_flags.registry import register_facts
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.registry import FileSection, Panel, register_file_section, register_panel
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.demo.registry import register_part
from kam.search.registry import register_page
from kam.users.models import User
from kam.users.scopes import Reach, scope_of

register_act("accounts.product.learned", _("Supplier of a product line learned"))
register_act("accounts.product_line.added", _("Product line added"))
register_act("accounts.product_line.changed", _("Product line changed"))
register_facts(contracts_told)
register_value(ValueSource("our_lines", _("our part of the product chart, a year"), 50, our_value))
register_measure(
    Measure("white_space", _("Still to be won"), Axis.POTENTIAL, still_to_be_won, _("yuan a year"), 40)
)
register_part(78, "competition", play_competition)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    return {"chart": chart_of(unit, business_date()), "can_edit": can_edit_unit(user, unit)}


def _may_see(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


def _file(unit: KeyAccount, user: User) -> dict[str, Any]:
    del user
    return {"chart": chart_of(unit, business_date())}


register_file_section(FileSection("products", 40, "pdf/_accounts_products.html", _file))
register_panel(Panel("products", _("Products"), 18, "accounts/competition/_chart.html", _tab))
register_page(
    "accounts.competitors", _("Competitors"), "/competitors/", icon="swords", visible=_may_see, order=12
)
