"""How the two files themselves change with a merge and back: the chosen values, the names that lead to the survivor, the owner's time."""

from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from accounts.contacts.services import refresh_last
from accounts.merge.models import Merge
from accounts.merge.registry import MODELS
from accounts.merge.rules import choices_of, fields_back, taken
from accounts.merge.selectors import plain_values
from accounts.merge.terms import FIELDS, Kind
from accounts.persons.models import Person
from accounts.persons.services import set_keys as set_person_keys
from accounts.units.models import KeyAccount, Ownership
from accounts.units.services import lock_unit, mark_dirty, set_keys
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.users.models import User

MERGED = _("One of the two was merged meanwhile.")
_NAMED = {Kind.UNIT: ("name", "short_name", "english_name"), Kind.PERSON: ("name",)}


def lock_pair(kind: Kind, survivor: int | None, loser: int | None) -> tuple[Any, Any]:
    """Return both files locked, the lower number first, the unit of persons before them; ConflictError where one was merged."""
    model: Any = MODELS[kind]
    if kind == Kind.PERSON:
        units = Person.everything.filter(pk__in=[survivor, loser]).values_list("unit_id", flat=True)
        for unit_id in sorted(set(units)):
            lock_unit(unit_id)
    rows = {row.pk: row for row in locked(model.everything.filter(pk__in=[survivor, loser]))}
    mine, theirs = rows.get(survivor), rows.get(loser)
    if mine is None or theirs is None or mine.merged_into_id or theirs.merged_into_id:
        raise ConflictError(MERGED, code="merged")
    if mine.pk == theirs.pk:
        raise BusinessError(_("A file cannot be merged with itself."), code="same")
    return mine, theirs


def join(kind: Kind, survivor: Any, loser: Any, merge: Merge, *, by: User) -> dict[str, Any]:
    """Hide the merged file behind the survivor and write the chosen values; return field → [old, new]."""
    mine, theirs = plain_values(survivor, kind), plain_values(loser, kind)
    values = taken(choices_of(FIELDS[kind], mine, theirs, merge.choices))
    _unknot(kind, survivor, loser, mine, values)
    loser.merged_into, loser.merged_on = survivor, business_date()
    loser.version += 1
    loser.save(update_fields=["merged_into", "merged_on", "version"])
    names = [getattr(loser, name) for name in _NAMED[kind]]
    names += [mine[name] for name in _NAMED[kind] if name in values]
    _write(
        kind, survivor, values, add=names, absorbed=[*survivor.absorbed_ids, loser.pk, *loser.absorbed_ids]
    )
    _record(kind, "joined", survivor, loser, by=by, merge=merge)
    if kind == Kind.UNIT:
        Ownership.objects.filter(unit=loser, ended_on=None).update(ended_on=business_date())
    return {name: [mine[name], value] for name, value in values.items()}


def _unknot(kind: Kind, survivor: Any, loser: Any, mine: dict[str, Any], values: dict[str, Any]) -> None:
    """Let nobody stand above themselves: who stood under the other now stands under whom the other stood."""
    column = "parent" if kind == Kind.UNIT else "reports_to"
    if values.get(column, mine[column]) in {survivor.pk, loser.pk}:
        above = getattr(loser, f"{column}_id")
        values[column] = None if above in {survivor.pk, loser.pk} else above


def part(merge: Merge, *, by: User) -> tuple[Any, Any]:
    """Give both files their values, names and rows back and return them; ConflictError where another merge lies on top of this one."""
    kind, model = Kind(merge.kind), _model(merge)
    numbers = (
        merge.survivor_unit_id or merge.survivor_person_id,
        merge.loser_unit_id or merge.loser_person_id,
    )
    rows = {row.pk: row for row in locked(model.everything.filter(pk__in=numbers))}
    survivor, loser = rows[numbers[0]], rows[numbers[1]]
    if survivor.merged_into_id is not None:
        raise ConflictError(
            _("The survivor was merged itself since. Take that merge back first."), code="later_merge"
        )
    written = {name: (old, new) for name, (old, new) in merge.written.items()}
    told = fields_back(written, plain_values(survivor, kind))
    gone = {loser.pk, *loser.absorbed_ids}
    names = [getattr(loser, name) for name in _NAMED[kind]] + loser.former_names.splitlines()
    names += [old for name, (old, _new) in written.items() if name in _NAMED[kind]]
    rest = [pk for pk in survivor.absorbed_ids if pk not in gone]
    _write(kind, survivor, told.back, drop=names, absorbed=rest)
    loser.merged_into, merged_on, loser.merged_on = None, loser.merged_on, None
    loser.version += 1
    _save(loser, ["merged_into", "merged_on", "version"])
    with connection.cursor() as cursor:
        cursor.execute("select accounts_return_links(%s)", [merge.pk])
    if kind == Kind.UNIT:
        closed = Ownership.objects.filter(unit=loser, owner=loser.owner_id, ended_on=merged_on)
        last = closed.order_by("-started_on", "-pk").first()
        if last is not None:
            last.ended_on = None
            last.save(update_fields=["ended_on"])
    _record(kind, "parted", survivor, loser, by=by, merge=merge)
    refresh(loser)
    refresh(survivor)
    return survivor, loser


def _model(merge: Merge) -> Any:
    return MODELS[Kind(merge.kind)]


def _write(
    kind: Kind,
    row: Any,
    values: dict[str, Any],
    *,
    absorbed: list[int],
    add: list[str] | None = None,
    drop: list[str] | None = None,
) -> None:
    fields = []
    for name, value in values.items():
        field = row._meta.get_field(name)  # noqa: SLF001 -- Django documents _meta as its API
        setattr(row, getattr(field, "attname", name), field.to_python(value) if value is not None else None)
        fields.append(name)
    kept = dict.fromkeys(row.former_names.splitlines() + [name for name in add or [] if name])
    row.former_names = "\n".join(name for name in kept if name not in (drop or []))
    row.absorbed_ids = absorbed
    row.version += 1
    keys = set_keys(row) if kind == Kind.UNIT else set_person_keys(row)
    _save(row, [*fields, *keys, "former_names", "absorbed_ids", "version"])


def _save(row: Any, fields: list[str]) -> None:
    try:
        with transaction.atomic():
            row.save(update_fields=fields)
    except IntegrityError as error:
        if "once" not in str(error):
            raise
        raise BusinessError(
            _("Another unit has this name or credit code by now. Change that first."), code="taken"
        ) from error


def _record(kind: Kind, act: str, survivor: Any, loser: Any, *, by: User, merge: Merge) -> None:
    record(
        f"accounts.{kind}.{act}",
        survivor,
        by=by,
        changes={"merged": (None, loser.name) if act == "joined" else (loser.name, None)},
        reason=merge.reason if act == "joined" else merge.undo_reason,
    )
    record(f"accounts.{kind}.{act}", loser, by=by, changes={"merged_into": (None, survivor.name)})


def refresh(row: KeyAccount | Person) -> None:
    """Compute what follows from the links: last contact and visit, and soon the red flags."""
    unit = row if isinstance(row, KeyAccount) else KeyAccount.everything.get(pk=row.unit_id)
    refresh_last(unit)
    mark_dirty(unit.pk)
