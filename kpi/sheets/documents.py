"""The score sheet and the table of a period as paper."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from kam.core.periods import Period
from kam.pdf.services import Sheet as Paper
from kpi.measures.rules import name_of
from kpi.sheets.lines import lines_of
from kpi.sheets.parts import parts_shown
from kpi.sheets.selectors import Shown


def score_sheet(shown: Shown, *, language: str) -> Paper:
    """Return a sheet with every line explained, the self-review, comments, and the seal where it is closed."""
    sheet = shown.sheet
    with override(language):
        lines = lines_of(shown)
        return Paper(
            "kpi_sheet",
            {
                "shown": shown,
                "name": sheet.user.name,
                "review": sheet.self_review,
                "state": sheet.get_state_display(),
                "position": sheet.user.get_position_display(),
                "lines": lines,
                "comments": list(sheet.comments.select_related("by")),
                "period": sheet.period_name,
                "parts": parts_shown(shown, lines),
            },
            _("Score sheet: %(name)s, %(month)s") % {"name": sheet.user.name, "month": sheet.period_name},
            sheet.number,
            "kpi.sheet",
            language=language,
            signatures=(_("Assessed person"), _("Assessor"), _("HR")),
        )


def period_table(rows: Sequence[Shown], period: Period, *, language: str) -> Paper:
    """Return the table of a period's sheets."""
    with override(language):
        return Paper(
            "kpi_period",
            {"rows": [(row, row.sheet.get_state_display()) for row in rows], "period": name_of(period)},
            _("Scores of %(month)s") % {"month": name_of(period)},
            f"KPI-{name_of(period)}",
            "kpi.month",
            language=language,
            signatures=(_("Director"), _("HR")),
        )
