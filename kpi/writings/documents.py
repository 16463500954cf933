"""A writing as paper."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from kam.pdf.services import Sheet as Paper
from kpi.writings.models import Writing


def writing_paper(writing: Writing, *, language: str) -> Paper:
    """Return every part under its heading, with when it was handed in and what was said to it."""
    with override(language):
        return Paper(
            "kpi_writing",
            {
                "writing": writing,
                "parts": writing.parts,
                "state": writing.get_state_display(),
                "position": writing.author.get_position_display(),
            },
            f"{writing.get_kind_display()} {writing.period_name}",
            f"{writing.kind.upper()}-{writing.period_name}-{writing.author.staff_number}",
            "kpi.writing",
            language=language,
            signatures=(_("Author"), _("Read by")),
        )
