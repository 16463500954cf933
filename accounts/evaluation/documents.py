"""Evaluation as printed sheets: one unit's sheet, units side by side."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.evaluation.models import ScoreSheet
from accounts.evaluation.selectors import balances_of, comparison_of, lines_of
from accounts.units.models import KeyAccount
from kam.core.clock import business_date
from kam.pdf.services import Sheet


def evaluation_sheet(sheet: ScoreSheet, *, language: str) -> Sheet:
    """Return the score sheet with boxes for the signatures of scorer and manager."""
    day = business_date()
    with override(language):
        context = {
            "shown": sheet,
            "unit": sheet.unit,
            "lines": lines_of(sheet, day=day),
            "balance": balances_of([sheet.unit_id], day)[sheet.unit_id],
        }
        return Sheet(
            "accounts_evaluation",
            context,
            _("Evaluation of %(name)s: %(round)s") % {"name": sheet.unit.name, "round": sheet.round.name},
            f"{sheet.unit.file_number or sheet.unit_id}-E{sheet.round_id}",
            "accounts.evaluation",
            language=language,
            signatures=(_("Scored by"), _("Manager")),
        )


def comparison_sheet(units: Sequence[KeyAccount], *, language: str) -> Sheet:
    """Return units side by side on a landscape page."""
    day = business_date()
    with override(language):
        return Sheet(
            "accounts_comparison",
            {"comparison": comparison_of(units, day), "day": day},
            _("Units side by side, %(day)s") % {"day": day.isoformat()},
            "-".join(str(unit.file_number or unit.pk) for unit in units),
            "accounts.comparison",
            language=language,
            landscape=True,
        )
