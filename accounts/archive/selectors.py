"""Which files are incomplete, what each lacks, and how many a person has."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Subquery, Value

from accounts.archive.models import FileDefinition
from accounts.archive.parts import PARTS, Part, has_part, is_complete
from accounts.archive.rules import Standing, standing_of
from accounts.units.models import KeyAccount
from kam.core.prepared import Filled, Prepared, blank, rows_read
from kam.today.asks import Tally


@dataclass(frozen=True, slots=True)
class Missing:
    """A part that one file lacks: its points, where it is filled in, whether no file is complete without it."""

    part: Part
    points: int
    url: str
    is_must: bool


@dataclass(frozen=True, slots=True)
class FileShown:
    """The completeness of one file, ready for its page."""

    standing: Standing
    missing: list[Missing]


def definitions_on(day: Any) -> QuerySet[FileDefinition]:
    """Return the definition in force on a day, if there is one."""
    return FileDefinition.objects.filter(introduced_on__lte=day).filter(
        Q(replaced_on__isnull=True) | Q(replaced_on__gt=day)
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What one statement tells of a file: the rules of the day, None without a definition, and the parts it has."""

    rules: dict[str, Any] | None
    found: set[str]

    @property
    def standing(self) -> Standing | None:
        return None if self.rules is None else standing_of(self.rules, self.found, list(PARTS))


def _parts() -> QuerySet[KeyAccount, Any]:
    day, parts = blank("day"), {f"has_{key}": has_part(key, blank("day")) for key in PARTS}
    told = KeyAccount.objects.filter(pk__any_of=blank("units")).order_by()
    rules = Subquery(definitions_on(day).values("rules")[:1])
    return told.annotate(rules=rules, **parts).values_list("pk", "rules", *parts)


_files: Prepared[Any] = Prepared(_parts)


def read_files(unit_ids: Collection[int], day: date) -> dict[int, Read]:
    """Return unit id → what its file has and what is asked of it: one statement."""
    return _told(_files(units=[*unit_ids], day=day))


def _told(rows: Iterable[Any]) -> dict[int, Read]:
    return {
        pk: Read(rules, {key for key, has in zip(PARTS, row, strict=True) if has}) for pk, rules, *row in rows
    }


def file_asked(unit: KeyAccount, day: date) -> Filled[Any]:
    """Return what `file_of` asks."""
    return _files.filled(units=[unit.pk], day=day)


def file_of(unit: KeyAccount, day: date) -> FileShown | None:
    """Return how complete the unit's file is; None while no definition is in force."""
    rows = rows_read(unit, "file", lambda: file_asked(unit, day))
    told = _told(rows).get(unit.pk)
    standing = told.standing if told else None
    if told is None or told.rules is None or standing is None:
        return None
    weights = told.rules["weights"]
    missing = [
        Missing(PARTS[key], weights.get(key, 0), PARTS[key].url(unit.pk), key in standing.must)
        for key in standing.missing
    ]
    return FileShown(standing, missing)


def missing_of(unit_ids: Collection[int], day: date) -> dict[int, list[Part]]:
    """Return unit id → the parts its file lacks, what it must have first; absent without a definition."""
    standings = {pk: read.standing for pk, read in read_files(unit_ids, day).items()}
    return {pk: [PARTS[key] for key in told.missing] for pk, told in standings.items() if told is not None}


def incomplete(day: date) -> QuerySet[KeyAccount]:
    """Units with an owner whose file lacks something that it must have: what the KPI does not count as complete."""
    return KeyAccount.objects.filter(owner__isnull=False).exclude(is_complete(day))


#: How many incomplete files each person has.
INCOMPLETE = Tally(
    "archive.incomplete",
    lambda people, day: (
        incomplete(day)
        .filter(owner__any_of=people)
        .order_by()
        .values_list("owner")
        .annotate(of=Value(0), n=Count("pk"))
    ),
)
