"""Reads of inspections: the checklist in force, one inspection with its tasks, scores for the ranking."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaigns.inspections.labels import GRADE_LABELS
from campaigns.inspections.models import ChecklistVersion, Inspection, SeenRow
from campaigns.inspections.rules import grade_of, mean_of
from campaigns.inspections.terms import GRADE_TONES, VERDICT_TONES, Verdict


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of an inspection as a page shows it."""

    seen: SeenRow
    tone: str
    is_done: bool
    is_late: bool


def checklist_in_force() -> ChecklistVersion | None:
    """Return the newest version with its rows. Two statements."""
    return ChecklistVersion.objects.prefetch_related("rows").first()


def rows_of(inspection: Inspection, today: date) -> list[ShownRow]:
    """Return its rows in the order of the checklist. One statement."""
    rows = inspection.rows.select_related("row", "task__assignee")
    return [_shown(row, today) for row in rows]


def _shown(row: SeenRow, today: date) -> ShownRow:
    is_done = row.task is not None and row.task.done_at is not None
    due = row.task.due_on if row.task is not None else None
    is_late = not is_done and due is not None and due < today
    return ShownRow(row, VERDICT_TONES[Verdict(row.verdict)], is_done, is_late)


def badge_of(score: Decimal | None) -> tuple[str, str] | None:
    """Return the tone and the word of a score."""
    if score is None:
        return None
    grade = grade_of(score)
    return GRADE_TONES[grade], str(GRADE_LABELS[grade])


def mean_scores(outlets: Collection[int], first: date, last: date) -> dict[int, Decimal]:
    """Return outlet → mean score of its inspections between two days; one statement."""
    rows = Inspection.objects.filter(outlet__in=list(outlets), on__range=(first, last))
    found: dict[int, list[Decimal]] = {}
    for outlet, score in rows.order_by().values_list("outlet", "score"):
        if score is not None:
            found.setdefault(outlet, []).append(score)
    means = {outlet: mean_of(scores) for outlet, scores in found.items()}
    return {outlet: mean for outlet, mean in means.items() if mean is not None}
