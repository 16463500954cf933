"""The plan of a unit on paper."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from kam.pdf.services import Sheet
from visits.unit_plans.labels import SPAN_LABELS
from visits.unit_plans.selectors import UnitPlan


def unit_plan_sheet(plan: UnitPlan, *, language: str) -> Sheet:
    with override(language):
        title = _("%(span)s plan: %(unit)s") % {"span": SPAN_LABELS[plan.span], "unit": plan.unit.name}
        number = f"UP-{plan.unit.pk}-{plan.period.first:%Y%m%d}-{plan.span.value}"
        return Sheet(
            "unit_plan",
            {"plan": plan},
            title,
            number,
            "visits.unit_plan",
            language=language,
            signatures=(str(_("Owner")), str(_("Manager"))),
        )
