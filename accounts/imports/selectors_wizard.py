"""What the pages of the import show."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from accounts.imports.forms import MappingForm
from accounts.imports.labels import COLUMN_LABELS, PROBLEM_LABELS
from accounts.imports.models import ImportRow, UnitImport
from accounts.imports.rules.checks import TIERS, Fault
from accounts.imports.rules.heads import column_of
from accounts.imports.selectors import fault_text
from accounts.imports.terms import Column, Fate, ImportState, Problem
from accounts.units.labels import CHANNEL_LABELS
from kam.core.sentences import labelled, parted

PAGE = 30
_GOOD = frozenset({Fate.CREATED, Fate.UPDATED, Fate.UNCHANGED})


def mapping_context(unit_import: UnitImport, form: MappingForm) -> dict[str, Any]:
    """Return the columns of the file with their first cells and how each was recognised."""
    columns = [
        {
            "head": head,
            "field": form[f"column_{place}"],
            "samples": [row[place] for row in unit_import.samples if place < len(row)],
            "is_known": str(column_of(head) or "") == unit_import.mapping.get(str(place), "-"),
            "is_mapped": str(place) in unit_import.mapping,
        }
        for place, head in enumerate(unit_import.heads)
    ]
    return {
        "unit_import": unit_import,
        "form": form,
        "columns": columns,
        "known": sum(1 for column in columns if column["is_mapped"]),
    }


def preview_context(unit_import: UnitImport, query: Mapping[str, str]) -> dict[str, Any]:
    """Return counts, a page of rows to mend, duplicates and progress. Four queries."""
    counts = unit_import.counts
    faulty = unit_import.rows.exclude(fate=Fate.DUPLICATE)
    kinds = Counter((f[0], f[1]) for faults in faulty.values_list("faults", flat=True) for f in faults[:1])
    wanted = query.get("kind", "")
    rows = (
        faulty.filter(faults__0__0=wanted.split(".")[0], faults__0__1=wanted.split(".")[1])
        if "." in wanted
        else faulty
    )
    after = int(query["after"]) if query.get("after", "").isdecimal() and len(query["after"]) < 10 else 0
    page = list(rows.filter(number__gt=after)[: PAGE + 1])
    new, changed = counts.get(Fate.CREATED, 0), counts.get(Fate.UPDATED, 0)
    total = max(unit_import.total, 1)
    return {
        "unit_import": unit_import,
        "counts": counts,
        "to_write": new + changed,
        "rows": [told_row(row) for row in page[:PAGE]],
        "next_after": page[PAGE - 1].number if len(page) > PAGE else None,
        "kinds": [
            (
                f"{column}.{problem}",
                labelled(COLUMN_LABELS[Column(column)], PROBLEM_LABELS[Problem(problem)]),
                n,
            )
            for (column, problem), n in kinds.most_common(10)
        ],
        "kind": wanted,
        "duplicates": list(unit_import.rows.filter(fate=Fate.DUPLICATE)[:PAGE]),
        "shares": _shares(counts, total),
        "job": unit_import.job,
        "is_writing": unit_import.state == ImportState.WRITING,
        "is_written": unit_import.state == ImportState.WRITTEN,
        "can_write": unit_import.state in {ImportState.CHECKED, ImportState.STOPPED} and new + changed > 0,
        "can_fix": unit_import.state in {ImportState.CHECKED, ImportState.STOPPED},
        "step": 4 if unit_import.state in {ImportState.WRITING, ImportState.WRITTEN} else 3,
    }


def _shares(counts: Mapping[str, int], total: int) -> list[tuple[str, str, str]]:
    """Return (class, x, width) of the bar: what goes in, duplicates, errors."""
    good = sum(counts.get(fate, 0) for fate in _GOOD)
    parts = (("vg", good), ("vw", counts.get(Fate.DUPLICATE, 0)), ("vd", counts.get(Fate.ERROR, 0)))
    found, start = [], 0.0
    for name, count in parts:
        width = 100 * count / total
        found.append((name, f"{start:.2f}%", f"{width:.2f}%"))
        start += width
    return found


def told_row(row: ImportRow) -> dict[str, Any]:
    """Return a row as the preview shows it: its faults with what might be meant, or what became of it."""
    faults = [_told_fault(row, fault) for fault in row.faults]
    return {
        "row": row,
        "name": row.name,
        "faults": faults,
        "is_fixed": row.fate in _GOOD,
        "is_duplicate": row.fate == Fate.DUPLICATE,
        "fixes": [
            (column, COLUMN_LABELS[Column(column)], dict(_choices(column)).get(text, text))
            for column, text in row.fixes.items()
        ],
    }


def _choices(column: str) -> list[tuple[str, Any]]:
    """Return what may stand in a column that takes nothing else, and how it is said."""
    if column == Column.TIER:
        return [(tier, tier) for tier in TIERS]
    if column == Column.CHANNEL:
        return [(code.value, label) for code, label in CHANNEL_LABELS.items()]
    return []


def _told_fault(row: ImportRow, fault: list[str]) -> dict[str, Any]:
    column, problem, _text, suggestion = fault
    short = suggestion if len(suggestion) <= 40 and problem != Problem.TOO_LONG else ""
    return {
        "column": column,
        "label": COLUMN_LABELS[Column(column)],
        "text": row.cells.get(column, ""),
        "message": fault_text(Fault(Column(column), Problem(problem), suggestion=suggestion)),
        "suggestion": short,
        "choices": _choices(column),
        "can_be_blank": column not in {Column.NAME, Column.CHANNEL} and problem != Problem.MISSING,
    }


def reason_of(row: ImportRow) -> str:
    """Return all reasons of a row in one line, for the file of errors."""
    told = (_told_fault(row, fault) for fault in row.faults)
    return parted(labelled(fault["label"], fault["message"]) for fault in told)
