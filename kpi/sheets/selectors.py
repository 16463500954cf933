"""Scoring sheets: many at once with a fixed number of statements; closed ones speak from their seal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kam.core.periods import Period
from kam.users.models import User
from kpi.measures.holders import holder_of
from kpi.schemes.registry import Marks
from kpi.schemes.rules import assess
from kpi.schemes.selectors import Book, read_book, schemes_on
from kpi.sheets.models import Grade, Seal, Sheet, Waiver
from kpi.sheets.rules import open_lines, opened
from kpi.sheets.terms import SheetState


@dataclass(frozen=True, slots=True)
class Shown:
    """A sheet as it stands: what went in, by which scheme, what came out; the seal where it is closed."""

    sheet: Sheet
    inputs: Mapping[str, Any]
    scheme: Mapping[str, Any]
    result: Mapping[str, Any]
    seal: Seal | None = None
    counted: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def points(self) -> Decimal:
        return Decimal(self.result["total"])

    @property
    def open_count(self) -> int:
        """How many lines have neither points nor a waiver."""
        return len(open_lines(self.result))


def shown_of(sheets: Iterable[Sheet]) -> list[Shown]:
    """Return sheets of one period with their points, in the same order."""
    rows = list(sheets)
    if not rows:
        return []
    seals = {
        seal.sheet_id: seal
        for seal in Seal.objects.defer("counted").filter(sheet__in=[row.pk for row in rows])
    }
    live = [row for row in rows if row.pk not in seals]
    scored = score_live(live, rows[0].period) if live else {}
    return [_of_seal(row, seals[row.pk]) if row.pk in seals else scored[row.pk] for row in rows]


def _of_seal(sheet: Sheet, seal: Seal) -> Shown:
    return Shown(sheet, opened(seal.inputs), opened(seal.scheme), opened(seal.result), seal)


def score_live(sheets: Iterable[Sheet], period: Period, *, with_facts: bool = False) -> dict[int, Shown]:
    """Return sheet id → the live score, with the rows behind it for a seal; sheets without a scheme are scored by an empty one."""
    rows = list(sheets)
    schemes = schemes_on(period.first)
    told = {position: scheme.as_json() for position, scheme in schemes.items()}
    used = {row.position for row in rows}
    lines = {line["indicator"] for position in used if position in told for line in told[position]["lines"]}
    book, marks = read_book(period, lines, with_facts=with_facts), marks_of(rows)
    return {row.pk: _score(row, told.get(row.position, {"lines": []}), book, marks[row.pk]) for row in rows}


def _score(sheet: Sheet, scheme: Mapping[str, Any], book: Book, marks: Marks) -> Shown:
    keys = [line["indicator"] for line in scheme["lines"]]
    inputs = book.inputs(sheet.holder, keys, marks) | {"person": sheet.user_id, "revision": sheet.revision}
    counted = book.counted(sheet.holder, keys) if book.rows else {}
    return Shown(sheet, inputs, scheme, assess(inputs, scheme["lines"]), counted=counted)


def marks_of(sheets: Iterable[Sheet]) -> dict[int, Marks]:
    """Return sheet id → grades and waivers; two statements."""
    ids = [sheet.pk for sheet in sheets]
    grades: dict[int, dict[str, int]] = {pk: {} for pk in ids}
    waived: dict[int, dict[str, str]] = {pk: {} for pk in ids}
    for pk, key, grade in Grade.objects.filter(sheet__in=ids).values_list("sheet", "indicator", "grade"):
        grades[pk][key] = grade
    for pk, key, reason in Waiver.objects.filter(sheet__in=ids).values_list("sheet", "indicator", "reason"):
        waived[pk][key] = reason
    return {pk: Marks(grades[pk], waived[pk]) for pk in ids}


def shown(sheet: Sheet) -> Shown:
    """Return one sheet with its points."""
    return shown_of([sheet])[0]


def to_be_scored(period: Period) -> list[User]:
    """Return who has a sheet for a period: whoever holds a position with a scheme and worked here on its last day."""
    positions = list(schemes_on(period.first))
    rows = User.objects.filter(position__in=positions, joined_on__lte=period.last, is_active=True)
    return list(rows.exclude(left_on__lt=period.last).order_by("pk"))


def holder_key_of(user: User) -> str:
    """Return whose figures a person is scored by."""
    return holder_of(user).key


def closed_for_preview(positions: Iterable[str]) -> list[tuple[str, Mapping[str, Any], str]]:
    """Return the sealed sheets of the last closed month of these positions, for the preview of a scheme."""
    months = Sheet.objects.months().filter(position__in=list(positions), state=SheetState.CLOSED)
    rows = Seal.objects.filter(sheet__in=months)
    last = rows.order_by("-sheet__first_day").values_list("sheet__first_day", flat=True).first()
    if last is None:
        return []
    found = (
        rows.filter(sheet__first_day=last)
        .select_related("sheet__user")
        .order_by("sheet__user__staff_number", "seq")
    )
    return [(str(seal.sheet), opened(seal.inputs), str(seal.points)) for seal in found]
