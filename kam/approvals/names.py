"""What a kind of request is called, also where the room that makes such requests has not registered it."""

from django.utils.translation import gettext_lazy as _

from kam.approvals.registry import all_subjects

NAMES = {
    "account_transfer": _("Transfer of a unit"),
    "briefing_request": _("Product briefing"),
    "budget": _("Budget"),
    "budget_overrun": _("Bill above what was approved"),
    "budget_supplement": _("Budget supplement"),
    "bulk_export": _("Bulk or personal export"),
    "business_trip": _("Business trip"),
    "campaign_plan": _("Campaign plan"),
    "charge_back": _("Charge-back"),
    "development_plan": _("Development plan"),
    "earnest_refund": _("Refund of earnest money"),
    "equipment": _("Equipment"),
    "erasure": _("Erasure of personal data"),
    "exceptional_discount": _("Exceptional discount"),
    "expense_claim": _("Expense claim"),
    "first_visit_change": _("Change of the persons met on a first visit"),
    "gift_plan": _("Gift plan"),
    "gift_request": _("Gift request"),
    "handover": _("Handover"),
    "job_sheet": _("Job sheet"),
    "key_person_change": _("Change of key person"),
    "kpi_correction": _("Correction of a score sheet"),
    "kpi_scheme": _("KPI scheme"),
    "kpi_sheet": _("Score sheet"),
    "late_entry": _("Late entry of a visit"),
    "material_supplement": _("Supplementary materials"),
    "phone_allowance": _("Phone allowance"),
    "pool_release": _("Release to the pool"),
    "position_change": _("Change of position"),
    "purchase": _("Purchase"),
    "rebate_redemption": _("Rebate"),
    "reception_request": _("Reception"),
    "sponsorship_request": _("Sponsorship"),
    "reception_excess": _("Share of a reception above its limit"),
    "rule_change": _("Rule change"),
    "sales_target_change": _("Change of a sales target"),
    "sanction": _("Sanction"),
    "supplies": _("Supplies"),
    "visit_plan": _("Visit plan"),
    "visit_plan_supplement": _("Supplement to a week plan"),
    "window_override": _("Deal outside the window"),
}


def subject_name(key: str) -> str:
    """Return the registered label, else the name above, else the key in words."""
    subject = all_subjects().get(key)
    return str(subject.label if subject else NAMES.get(key) or key.replace("_", " "))
