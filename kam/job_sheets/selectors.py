"""Reading job sheets: what is in force, a person's own, the text in a language, earlier versions."""

import json
from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.db.models import QuerySet

from kam.job_sheets.labels import PART_LABELS
from kam.job_sheets.models import JobSheet, JobSheetText
from kam.job_sheets.rules import lines_of
from kam.job_sheets.terms import Part
from kam.users.models import User

Texts = Mapping[str, Mapping[str, str]]


@cache
def shipped_texts() -> dict[str, dict[str, dict[str, str]]]:
    """Return subject → language → box → text of the company's own book, for the first version of a position."""
    entries = json.loads((settings.BASE_DIR / "fixtures" / "job_sheets.json").read_text("utf-8"))
    return {
        subject: {
            language: {part: "\n".join(lines) for part, lines in boxes.items()}
            for language, boxes in told.items()
        }
        for subject, told in entries.items()
    }


def texts_of(sheet: JobSheet) -> dict[str, dict[str, str]]:
    """Return language → box → text."""
    return {text.language: text.parts() for text in JobSheetText.objects.filter(sheet=sheet)}


def boxes_of(sheet: JobSheet, language: str) -> list[tuple[str, list[str]]]:
    """Return (label, lines) of every box that says something, in one language."""
    told = texts_of(sheet).get(language, {})
    return [(str(PART_LABELS[part]), lines) for part in Part if (lines := lines_of(told.get(part, "")))]


def own_sheet(user: User) -> JobSheet | None:
    """Return the sheet in force for a person's position."""
    rows = JobSheet.objects.in_force().filter(subject=user.position)
    return rows.select_related("prepared_by", "reviewed_by", "approved_by").first()


def versions_of(sheet: JobSheet, user: User) -> QuerySet[JobSheet]:
    """Return every version of the same position this person may see, newest first."""
    rows = JobSheet.objects.visible_to(user).filter(subject=sheet.subject).order_by("-number")
    return rows.select_related("prepared_by", "approved_by")
