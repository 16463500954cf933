"""What the plan of a unit gives to the record page: the plan of this month, with the way to week and year."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.units.models import KeyAccount
from accounts.units.registry import Panel, register_panel
from kam.core.clock import business_date
from kam.users.models import User
from visits.unit_plans.labels import SPAN_LABELS
from visits.unit_plans.selectors import unit_plan
from visits.unit_plans.terms import Span


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    plan = unit_plan(unit, user, Span.MONTH, business_date())
    return {"plan": plan, "unit": unit, "spans": list(SPAN_LABELS.items())}


register_panel(Panel("plan", _("Plan"), 13, "visits/unit_plans/_plan.html", _tab))
