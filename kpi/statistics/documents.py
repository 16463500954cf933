"""Statistics as a workbook and as paper."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from kam.core.periods import Period
from kam.lists.writers import Sheet
from kam.pdf.services import Sheet as Paper
from kam.users.models import User
from kpi.statistics.models import Statement
from kpi.statistics.rules import compared
from kpi.statistics.selectors import Part, kept_parts


def book_of(parts: Sequence[Part], month: Period) -> list[Sheet]:
    """Return the statistics of a month as a workbook: a sheet for every part, as on the page."""
    heads = [f"{one.first:%Y-%m}" for one in compared(month)]
    return [
        Sheet(
            str(part.label),
            [pgettext("pivot", "Figure"), *heads],
            [[str(row.label), *(told.amount for told in row.told)] for row in part.rows],
        )
        for part in parts
    ]


def statement_paper(statement: Statement, *, reader: User, language: str) -> Paper:
    """Return what was handed in: every figure as it stood, the note, and what was said to it."""
    with override(language):
        return Paper(
            "kpi_statistics",
            {
                "statement": statement,
                "months": compared(statement.month),
                "parts": kept_parts(statement, reader),
                "position": statement.author.get_position_display(),
            },
            _("Statistics of %(month)s") % {"month": statement},
            f"STATISTICS-{statement.month_name}-{statement.revision}",
            "kpi.statistics",
            language=language,
            signatures=(_("Compiled by"), _("Read by")),
        )
