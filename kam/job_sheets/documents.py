"""The job sheet on paper: boxes of the form, and who prepared, reviewed and approved it when."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from kam.job_sheets.models import JobSheet
from kam.job_sheets.selectors import boxes_of
from kam.pdf.services import Sheet


def job_sheet_document(sheet: JobSheet, *, language: str) -> Sheet:
    """Return one version in one language."""
    with override(language):
        return Sheet(
            "job_sheet",
            {"job_sheet": sheet, "boxes": boxes_of(sheet, language)},
            _("Job sheet: %(position)s") % {"position": sheet.get_subject_display()},
            f"JS-{sheet.subject}-{sheet.number}",
            "job_sheets.sheet",
            language=language,
        )
