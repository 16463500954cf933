"""Dated values of two units that become one: which of both sides' current ones is valid from the merge on (docs/domain/merging.md)."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from accounts.merge.models import Merge
from accounts.merge.rules import Choice, Known, dated_choices, to_be_written
from accounts.merge.terms import DATED
from accounts.units.labels import FIELD_LABELS
from accounts.units.models import KeyAccount, Observation
from accounts.units.selectors import value_text
from accounts.units.services import observe
from accounts.units.terms import Field
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.notes.terms import SourceKey
from kam.users.models import User

#: What an observation that a merge wrote names as its source.
SOURCE = "accounts.merge"


def _current(survivor: KeyAccount, loser: KeyAccount) -> tuple[dict[str, Known], dict[str, Known]]:
    rows = Observation.objects.filter(unit__in=[survivor, loser]).current()
    known: dict[int, dict[str, Known]] = {survivor.pk: {}, loser.pk: {}}
    for row in rows:
        known[row.unit_id][f"{DATED}{row.field}"] = Known(row.value, row.learned_on, row.pk)
    return known[survivor.pk], known[loser.pk]


def choices_for(survivor: KeyAccount, loser: KeyAccount, chosen: Mapping[str, str]) -> list[Choice]:
    """Return the observed fields in which both units know something else now, the survivor's by default. One statement."""
    mine, theirs = _current(survivor, loser)
    return dated_choices(mine, theirs, chosen)


def texts_of(choice: Choice) -> tuple[str, str]:
    """Return both sides' values with the day they were learned, as a person reads them."""
    field = Field(choice.field.removeprefix(DATED))
    mine, theirs = (
        f"{value_text(field, known.value)} · {say_day(known.learned_on)}"
        for known in (choice.mine, choice.theirs)
    )
    return mine, theirs


def label_of(choice: Choice) -> Any:
    return FIELD_LABELS[Field(choice.field.removeprefix(DATED))]


def values_to_write(survivor: KeyAccount, loser: KeyAccount, merge: Merge) -> dict[str, Any]:
    """Return field → value that has to be learned anew so that what was chosen counts; asked while both are still two."""
    found = to_be_written(choices_for(survivor, loser, merge.choices))
    return {name.removeprefix(DATED): value for name, value in found.items()}


def write_values(survivor: KeyAccount, values: Mapping[str, Any], merge: Merge, *, by: User) -> None:
    """Write what counts from the merge on, as learned on its day from it."""
    if values:
        source = SourceKey.of(SOURCE, merge.pk, merge)
        observe(survivor, values, learned_on=business_date(), by=by, source=source)


def drop_values(merge: Merge) -> None:
    """Take back what `write_values` wrote, once the merge is taken back; the database lets nothing else go."""
    with connection.cursor() as cursor:
        cursor.execute("select accounts_drop_values(%s)", [merge.pk])


def written_values(merge: Merge) -> list[tuple[Any, str]]:
    """Return (field in words, value) that the merge made valid."""
    rows = Observation.objects.filter(source_kind=SOURCE, source_id=str(merge.pk)).order_by("pk")
    return [(FIELD_LABELS[Field(row.field)], value_text(row.field, row.value)) for row in rows]
