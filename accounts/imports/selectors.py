"""What an import reads: who may own units, and which units the rows of a batch could meet. A fixed number of queries a batch."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice, repeat
from typing import IO, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.imports.labels import PROBLEM_LABELS
from accounts.imports.permissions import (
    can_grade_by_import,
    can_import_for,
    can_import_units,
    can_update_by_import,
)
from accounts.imports.rules.checks import CheckedRow, Fault, Owner, People, check_row
from accounts.imports.rules.fates import Existing, Known, Report, name_key_of
from accounts.imports.rules.heads import missing_columns, recognise
from accounts.imports.rules.sheets import SheetRow, UnreadableFileError, read_rows
from accounts.imports.terms import HEADS, Column, Fate, Problem
from accounts.units.models import KeyAccount, Observation
from accounts.units.rules import phone_key
from accounts.units.terms import Field
from kam.core.locks import locked
from kam.search.rules import fold
from kam.users.models import Membership, Team, User
from kam.users.scopes import scope_of
from kam.users.terms import SELLERS, Position

#: Rows that are checked and looked up together.
BATCH = 500

#: What a row learns about a unit, kept as dated observations.
OBSERVED = {
    Column.HEADCOUNT: Field.HEADCOUNT,
    Column.INCOME: Field.INCOME,
    Column.BUSINESS: Field.MAIN_BUSINESS,
    Column.NOTE: Field.SPECIAL,
}
#: What a row writes into the unit itself, by the name of the field.
PLAIN = {
    Column.NAME: "name",
    Column.SHORT_NAME: "short_name",
    Column.ENGLISH_NAME: "english_name",
    Column.CHANNEL: "channel",
    Column.AREA: "area",
    Column.ADDRESS: "address",
    Column.PHONE: "phone",
    Column.WEBSITE: "website",
}


@dataclass(frozen=True, slots=True)
class Importer:
    """Who imports (None: the system), how, and what was mended in the browser: row number → column → text."""

    by: User | None = None
    update_existing: bool = True
    allow_ownerless: bool = True
    mapping: Mapping[int, Column] | None = None
    fixes: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    people: People = field(default_factory=People)


def people_for(by: User | None) -> People:
    """Return everybody who may own units, marked with whether `by` may import for them. Three queries."""
    teams = dict(Membership.objects.filter(ended_on__isnull=True).values_list("user_id", "team_id"))
    for team in Team.objects.all():
        for user_id in (team.lead_id, team.manager_id):
            if user_id is not None:
                teams.setdefault(user_id, team.pk)
    users = User.objects.working().filter(position__in=SELLERS).values_list("staff_number", "pk", "name")
    owners = {
        number: Owner(pk, name, teams.get(pk), can_import_for(by, owner_id=pk, team_id=teams.get(pk)))
        for number, pk, name in users
    }
    named = Counter(fold(owner.name) for owner in owners.values())
    by_name = {fold(o.name): o for o in owners.values() if named[fold(o.name)] == 1}
    return People({fold(number): owner for number, owner in owners.items()}, by_name)


def read_header(file: IO[bytes]) -> tuple[SheetRow, list[SheetRow]]:
    """Return the header and the first two rows below it; UnreadableFileError where there is none."""
    rows = read_rows(file)
    header = next(rows, None)
    if header is None:
        raise UnreadableFileError("empty")
    return header, [row for row, _place in zip(rows, range(2), strict=False)]


def heads_of(header: SheetRow, mapping: Mapping[int, Column] | None) -> dict[int, Column]:
    """Return place → column; UnreadableFileError where the name's column is missing."""
    columns = dict(mapping) if mapping is not None else recognise(header.cells)
    if missing_columns(columns):
        raise UnreadableFileError("no_name_column")
    return columns


def column_heads(header: SheetRow, columns: Mapping[int, Column]) -> dict[Column, str]:
    """Return how each column is called in this file; columns it lacks by the name our own files have."""
    named = {column: header.cells[place] for place, column in columns.items() if place < len(header.cells)}
    return {column: HEADS[column][0] for column in Column} | named


def cells_of(row: SheetRow, columns: Mapping[int, Column]) -> dict[Column, str]:
    return {column: row.cells[place] for place, column in columns.items() if place < len(row.cells)}


def checked_batches(
    file: IO[bytes], importer: Importer, sizes: Iterable[int] | None = None
) -> Iterator[list[CheckedRow]]:
    """Yield checked rows in batches of these sizes; what was mended in the browser replaces what the file says."""
    rows = read_rows(file)
    header = next(rows, None)
    if header is None:
        raise UnreadableFileError("empty")
    columns = heads_of(header, importer.mapping)
    for size in sizes or repeat(BATCH):
        batch = [checked(row.number, cells_of(row, columns), importer) for row in islice(rows, size)]
        if not batch:
            return
        yield batch


def checked(number: int, cells: dict[Column, str], importer: Importer) -> CheckedRow:
    """Check one row, with what was mended in it."""
    cells |= {Column(column): text for column, text in importer.fixes.get(number, {}).items()}
    row = check_row(number, cells, importer.people)
    row.name_key = name_key_of(row, cells)
    row.cells = cells
    return row


def check_rights_again(rows: Iterable[CheckedRow], before: Importer, now: Importer) -> None:
    """Put the faults into `rows` that follow from rights which changed since they were checked; nothing where none did."""
    if now.by is not None and not can_import_units(now.by):
        for row in rows:
            row.faults = [Fault(Column.NAME, Problem.NO_RIGHTS)]
    elif now.people != before.people:
        for row in rows:
            again = checked(row.number, dict(row.cells), now)
            row.values, row.faults, row.owner = again.values, again.faults, again.owner


def known_units(rows: Iterable[CheckedRow], importer: Importer, *, is_written: bool = False) -> Known:
    """Return the units these rows could meet, with what a row could change. Four queries, whatever the number of rows.

    `is_written` locks the units, so that owner and team stay what the rights were asked of.
    """
    rows = list(rows)
    names = [row.name_key for row in rows if row.name_key]
    codes = [row.values[Column.CREDIT_CODE] for row in rows if Column.CREDIT_CODE in row.values]
    matching = KeyAccount.objects.filter(Q(name_key__in=names) | Q(credit_code__in=codes))
    related = matching.select_related("owner", "team", "industry")
    met = list(locked(related) if is_written else related)
    observed = _observed([unit.pk for unit in met])
    known = Known(needed=(Column.CHANNEL,) if importer.allow_ownerless else (Column.CHANNEL, Column.OWNER))
    for unit in met:
        known.add(_existing(unit, observed.get(unit.pk, {}), importer))
    _add_merged(known, names, codes, importer)
    _add_likenesses(known, rows, importer)
    return known


def _add_merged(known: Known, names: list[str], codes: list[Any], importer: Importer) -> None:
    """Let rows with the name or code of a merged unit meet its survivor. One statement, and three where there are any."""
    gone = KeyAccount.everything.filter(merged_into__isnull=False).filter(
        Q(name_key__in=names) | Q(credit_code__in=codes)
    )
    merged = list(gone.values_list("pk", "name_key", "credit_code"))
    if not merged:
        return
    stands_for = {
        pk: unit
        for unit in KeyAccount.objects.filter(
            absorbed_ids__overlap=[row[0] for row in merged]
        ).select_related("owner", "team", "industry")
        for pk in unit.absorbed_ids
    }
    observed = _observed([unit.pk for unit in stands_for.values()])
    for pk, name_key, code in merged:
        unit = stands_for[pk]
        existing = _existing(unit, observed.get(unit.pk, {}), importer)
        known.add_former(name_key, code, existing)


def _observed(unit_ids: list[int]) -> dict[int, dict[Field, Any]]:
    if not unit_ids:
        return {}
    found: dict[int, dict[Field, Any]] = {}
    wanted = [str(name) for name in OBSERVED.values()]
    for row in Observation.objects.filter(unit_id__in=unit_ids, field__in=wanted).current():
        found.setdefault(row.unit_id, {})[Field(row.field)] = row.value
    return found


def _existing(unit: KeyAccount, observed: Mapping[Field, Any], importer: Importer) -> Existing:
    by = importer.by
    may_update = can_update_by_import(by, owner_id=unit.owner_id, team_id=unit.team_id)
    if not may_update or not importer.update_existing:
        held_by = "" if may_update or _may_see(by, unit) else holder_label(unit)
        return Existing(unit.pk, unit.name_key, unit.credit_code, {}, may_update, held_by)
    values: dict[Column, Any] = {column: getattr(unit, name) for column, name in PLAIN.items()}
    values[Column.INDUSTRY] = unit.industry.name if unit.industry else ""
    for column, name in OBSERVED.items():
        values[column] = observed.get(name)
    if values[Column.INCOME] is not None:
        values[Column.INCOME] = Decimal(str(values[Column.INCOME]))
    if can_grade_by_import(by):
        values[Column.TIER] = unit.tier
        if unit.owner_id is None:
            values[Column.OWNER] = None
    return Existing(unit.pk, unit.name_key, unit.credit_code, values)


def _may_see(by: User | None, unit: KeyAccount) -> bool:
    if by is None or by.position == Position.ADMINISTRATOR:
        return True
    return scope_of(by).covers(unit.owner_id, unit.team_id)


def holder_label(unit: KeyAccount) -> str:
    """Return "held by NAME, TEAM": all that the duplicate check says of another's unit (12-decisions 2)."""
    owner = unit.owner.name if unit.owner else "–"
    return f"held by {owner}, {unit.team.name if unit.team else '–'}"


def _add_likenesses(known: Known, rows: list[CheckedRow], importer: Importer) -> None:
    shorts = {row.values[Column.SHORT_NAME] for row in rows if Column.SHORT_NAME in row.values}
    phones = {phone_key(row.values[Column.PHONE]) for row in rows if Column.PHONE in row.values}
    seen = visible_units(importer.by)
    if shorts:
        known.short_names = dict(
            seen.filter(short_name__in=shorts).order_by("-pk").values_list("short_name", "pk")
        )
    if phones:
        known.phones = dict(seen.filter(phone_key__in=phones).order_by("-pk").values_list("phone_key", "pk"))


def visible_units(by: User | None) -> QuerySet[KeyAccount]:
    """Return the units an importer may be told about by number."""
    if by is None or by.position == Position.ADMINISTRATOR:
        return KeyAccount.objects.all()
    return KeyAccount.objects.visible_to(by)


def report_as_json(report: Report, heads: Mapping[Column, str]) -> dict[str, Any]:
    """Return a report in the shape others rely on (the contract of `import_units --json`)."""
    return {
        "rows": report.rows,
        "created": report.counts[Fate.CREATED],
        "updated": report.counts[Fate.UPDATED],
        "unchanged": report.counts[Fate.UNCHANGED],
        "duplicates": [{"row": row, "of": of} for row, of in report.duplicates],
        "hints": [{"row": hint.row, "column": heads[hint.column], "of": hint.of} for hint in report.hints],
        "errors": [
            {"row": row.number, "column": heads[fault.column], "message": fault_text(fault)}
            for row in report.errors
            for fault in row.faults
        ],
    }


def fault_text(fault: Fault) -> str:
    """Return what is wrong in words, with the value that was meant where that is clear."""
    text = str(PROBLEM_LABELS[fault.problem])
    if fault.suggestion and fault.problem is Problem.CHECK_CHARACTER:
        return _("%(problem)s (it should be %(value)s)") % {"problem": text, "value": fault.suggestion[-1]}
    return text
