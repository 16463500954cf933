"""How rows that refer to a unit or a person follow a merge: declared by the rooms that own them, found by Django's own list of models.

    declare(How.MOVE, "visits.Visit.unit", "visits.VisitPerson.person")
    register_rows("visits.FollowUpRow.unit", fn)    # fn(user) -> queryset: which rows a reader may see, without visible_to
    register_check(Kind.UNIT, fn)           # fn(survivor, loser) -> list[Finding]: told before, by rooms above

A foreign key that nobody declared stops the merge, and tests/accounts/merge/test_links.py names it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet

from accounts.merge.rules import Finding
from accounts.merge.terms import How, Kind
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.users.models import User

Rows = Callable[[User], QuerySet[Any]]
Words = Callable[[Any], str]
Check = Callable[[Any, Any], Sequence[Finding]]
MODELS: dict[Kind, type[Model]] = {Kind.UNIT: KeyAccount, Kind.PERSON: Person}
_declared: dict[str, How] = {}
_rows: dict[str, Rows] = {}
_words: dict[str, Words] = {}
_checks: dict[Kind, list[Check]] = {Kind.UNIT: [], Kind.PERSON: []}


@dataclass(frozen=True, slots=True)
class Link:
    """One foreign key to a unit or a person."""

    label: str
    model: type[Model]
    table: str
    column: str
    how: How | None

    @property
    def words(self) -> Any:
        """What moves, in the reader's words; a table that only ties two rows together is called after what it ties."""
        meta: Any = self.model._meta  # noqa: SLF001 -- Django documents _meta as its API
        if meta.auto_created:
            return meta.auto_created._meta.verbose_name_plural  # noqa: SLF001 -- the same
        tied = [meta, *(field.related_model._meta for field in meta.fields if field.many_to_one)]  # noqa: SLF001 -- the same
        named = (one for one in tied if "verbose_name_plural" in one.original_attrs)
        return next(named, meta).verbose_name_plural


def declare(how: How, *labels: str) -> None:
    """Say how foreign keys "app.Model.field" follow a merge; twice is a mistake."""
    for label in labels:
        if label in _declared:
            raise ValueError(f"{label} is declared twice")
        _declared[label] = how


def register_rows(label: str, rows: Rows) -> None:
    """Say which rows of the table of "app.Model.field" a reader may see, where it has no `visible_to` of its own."""
    _rows[label] = rows


def register_words(label: str, words: Words) -> None:
    """Say how a row of the table of "app.Model.field" is named to people, where its own name is for the house only."""
    _words[label] = words


def words_of_row(link: Link, row: Any) -> str:
    return _words.get(link.label, str)(row)


def rows_of(link: Link, reader: User) -> QuerySet[Any] | None:
    """Return the rows of this table that the reader may see; None where nobody said, then they are only counted."""
    if link.label in _rows:
        return _rows[link.label](reader)
    rows: Any = link.model._default_manager.all()  # noqa: SLF001 -- Django's documented API
    found: QuerySet[Any] | None = rows.visible_to(reader) if hasattr(rows, "visible_to") else None
    return found


def register_check(kind: Kind, check: Check) -> None:
    """Ask `check(survivor, loser)` before two files become one."""
    _checks[kind].append(check)


def checks(kind: Kind) -> tuple[Check, ...]:
    return tuple(_checks[kind])


def links_to(kind: Kind) -> list[Link]:
    """Return every foreign key to this model, with how it was declared, in a fixed order: of models, tables and columns."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta  # noqa: SLF001 -- as above
        if meta.proxy or not meta.managed:
            continue
        for field in meta.local_fields:
            if isinstance(field, ForeignKey) and field.related_model is MODELS[kind]:
                label = f"{meta.label}.{field.name}"
                found.append(Link(label, model, meta.db_table, field.column, _declared.get(label)))
    return sorted(found, key=lambda link: (link.table, link.column))


#: Tables of the ground that name what they are about by kind and number; the merge moves them by name (`accounts_move_keys`).
_KEYED = (("notes.Task", "subject_id"), ("notes.Note", "subject_id"), ("files.Attachment", "owner_id"))


def keyed_links() -> list[Link]:
    """Return the tables that know units and persons by name only, as links that move."""
    found = []
    for label, column in _KEYED:
        model = apps.get_model(label)
        found.append(Link(f"{label}.{column}", model, model._meta.db_table, column, How.MOVE))  # noqa: SLF001 -- as above
    return found


def undeclared() -> list[str]:
    return [link.label for kind in Kind for link in links_to(kind) if link.how is None]


def declared_labels() -> frozenset[str]:
    return frozenset(_declared)
