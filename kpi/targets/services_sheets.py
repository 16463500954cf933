"""Targets from a spreadsheet: read, checked as a whole, written as a whole or not at all."""

import json
from collections.abc import Iterable, Sequence
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.imports.labels import UNREADABLE_LABELS
from accounts.imports.rules.sheets import SheetRow, UnreadableFileError
from accounts.imports.rules.sheets import read_rows as rows_of
from accounts.units.models import KeyAccount
from kam.core.errors import BusinessError
from kam.users.models import Team, User
from kpi.targets.models import Target
from kpi.targets.rules.sheets import Cells, ReadRow, Told, read_rows
from kpi.targets.selectors_sheets import headings, known_for
from kpi.targets.services import NewTarget, set_target
from kpi.targets.terms import Column

#: More rows than a department has targets; a file of more is something else.
MOST_ROWS = 2_000
Rows = list[tuple[int, Cells]]


def read_file(file: IO[bytes]) -> Rows:
    """Return the rows of a file by their columns; refuse at the field what is no spreadsheet of targets."""
    try:
        found = list(rows_of(file))
    except UnreadableFileError as error:
        raise BusinessError(UNREADABLE_LABELS[error.code], code=error.code, field="file") from error
    if not found:
        raise BusinessError(UNREADABLE_LABELS["empty"], code="empty", field="file")
    columns = _columns(found[0])
    if len(found) > MOST_ROWS:
        words = _("A file of targets has at most %(n)s rows.") % {"n": MOST_ROWS}
        raise BusinessError(words, code="too_many_rows", field="file")
    return [(row.number, _cells(row, columns)) for row in found[1:]]


def _columns(head: SheetRow) -> dict[int, Column]:
    known = headings()
    columns = {
        place: known[text.casefold()] for place, text in enumerate(head.cells) if text.casefold() in known
    }
    missing = {Column.YEAR, Column.MEASURE, Column.AMOUNT} - set(columns.values())
    if missing or len(set(columns.values())) < len(columns):
        words = _(
            "Keep the headings of the template: one of the first row is missing, or stands there twice."
        )
        raise BusinessError(words, code="heads", field="file")
    return columns


def _cells(row: SheetRow, columns: dict[int, Column]) -> Cells:
    return {column: row.cells[place] for place, column in columns.items() if place < len(row.cells)}


def as_text(rows: Rows) -> str:
    """Return rows as a form keeps them between the preview and the writing."""
    return json.dumps([[number, dict(cells)] for number, cells in rows], ensure_ascii=False)


def from_text(text: str) -> Rows:
    """Return the rows that a preview kept; refuse what no preview of ours wrote."""
    try:
        told = json.loads(text)
        return [
            (int(number), {Column(key): str(value) for key, value in cells.items()})
            for number, cells in told[:MOST_ROWS]
        ]
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError, RecursionError) as error:
        raise BusinessError(_("Choose the file again."), code="preview", field="file") from error


def check(rows: Iterable[tuple[int, Cells]], user: User) -> list[ReadRow]:
    """Return the preview: every filled row as it would be written, or with its faults."""
    return read_rows(rows, known_for(user))


@transaction.atomic
def write_rows(rows: Rows, *, by: User) -> list[Target]:
    """Write all rows, or none: a fault that came up since the preview refuses the whole file."""
    checked = check(rows, by)
    if not checked:
        raise BusinessError(_("No row has an amount."), code="nothing", field="file")
    if any(row.faults for row in checked):
        raise BusinessError(_("Some cells cannot be: nothing was written."), code="faults", field="file")
    told = [row.told for row in checked if row.told is not None]
    people, teams, units = _named(told)
    return [
        set_target(
            NewTarget(
                one.year,
                one.measure,
                one.amount,
                people.get(one.person),
                teams.get(one.team),
                units.get(one.unit),
                one.area,
                one.product,
                one.factors,
                months=one.months,
            ),
            by=by,
        )
        for one in told
    ]


def _named(
    told: Sequence[Told],
) -> tuple[dict[int | None, User], dict[int | None, Team], dict[int | None, KeyAccount]]:
    people = User.objects.in_bulk([one.person for one in told if one.person is not None])
    teams = Team.objects.in_bulk([one.team for one in told if one.team is not None])
    units = KeyAccount.objects.in_bulk([one.unit for one in told if one.unit is not None])
    return {**people}, {**teams}, {**units}
