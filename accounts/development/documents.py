"""The account plan as a paper."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.development.models import AccountPlan
from accounts.development.selectors.facts import swot_on
from accounts.development.selectors.plans import shown_plan
from accounts.units.labels import PHASE_LABELS
from accounts.units.terms import Phase
from kam.core.clock import business_date
from kam.pdf.services import Sheet


def plan_sheet(plan: AccountPlan, *, language: str) -> Sheet:
    """Return a revision of the plan as a sheet, with what its goals have reached today."""
    today = business_date()
    with override(language):
        return Sheet(
            "accounts_plan",
            {
                "shown": shown_plan(plan, today),
                "unit": plan.unit,
                "swot": swot_on(plan.unit, today),
                "phase": PHASE_LABELS[Phase(plan.unit.phase)],
                "today": today,
            },
            _("Account plan: %(name)s, revision %(n)s") % {"name": plan.unit.name, "n": plan.revision},
            plan.unit.file_number,
            "accounts.account_plan",
            language=language,
        )
