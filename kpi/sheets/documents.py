"""The score sheet and the table of a month as paper."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from kam.core.periods import Period
from kam.pdf.services import Sheet as Paper
from kpi.measures.rules import name_of
from kpi.sheets.lines import lines_of
from kpi.sheets.selectors import Shown


def score_sheet(shown: Shown, *, language: str) -> Paper:
    """Return a sheet with every line explained, the self-review, comments, and the seal where it is closed."""
    sheet = shown.sheet
    with override(language):
        return Paper(
            "kpi_sheet",
            {
                "shown": shown,
                "sheet": sheet,
                "state": sheet.get_state_display(),
                "position": sheet.user.get_position_display(),
                "lines": lines_of(shown),
                "comments": list(sheet.comments.select_related("by")),
                "month": name_of(sheet.period),
            },
            _("Score sheet: %(name)s, %(month)s") % {"name": sheet.user.name, "month": name_of(sheet.period)},
            sheet.number,
            "kpi.sheet",
            language=language,
            signatures=(_("Assessed person"), _("Assessor"), _("HR")),
        )


def month_table(rows: Sequence[Shown], month: Period, *, language: str) -> Paper:
    """Return the table of a month's sheets."""
    with override(language):
        return Paper(
            "kpi_month",
            {"rows": [(row, row.sheet.get_state_display()) for row in rows], "month": name_of(month)},
            _("Scores of %(month)s") % {"month": name_of(month)},
            f"KPI-{name_of(month)}",
            "kpi.month",
            language=language,
            signatures=(_("Director"), _("HR")),
        )
