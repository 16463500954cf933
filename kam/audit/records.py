"""Which records show their history, to whom, and in which words: said by the room of the record.

register_history("accounts.unit", KeyAccount, load=fn(user, pk) -> the record as this person may open it, or None,
parts=fn(record) -> other objects whose entries belong to it)
register_words(KeyAccount, label=fn(name) -> word of a value that is no column, text=fn(name, value) -> the value as read)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True, slots=True)
class History:
    """A kind of record with a history."""

    kind: str
    model: type[models.Model]
    load: Callable[[Any, str], models.Model | None]
    parts: Callable[[Any], Iterable[models.Model]] | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """How entries of a model read; both functions return None for what they do not know."""

    label: Callable[[str], Any]
    text: Callable[[str, Any], Any]


_histories: dict[str, History] = {}
_words: dict[type[models.Model], Words] = {}


def register_history(
    kind: str,
    model: type[models.Model],
    *,
    load: Callable[[Any, str], models.Model | None],
    parts: Callable[[Any], Iterable[models.Model]] | None = None,
) -> None:
    """Let records of this kind show their history at /history/<kind>/<pk>/."""
    if kind in _histories:
        raise ValueError(f"history {kind} is registered twice")
    _histories[kind] = History(kind, model, load, parts)


def register_words(
    model: type[models.Model], *, label: Callable[[str], Any], text: Callable[[str, Any], Any]
) -> None:
    """Say how values that are no columns of `model` are called and read."""
    _words[model] = Words(label, text)


def history_kind(kind: str) -> History | None:
    return _histories.get(kind)


def history_of_model(model: type[models.Model]) -> History | None:
    """Return the kind under which records of this model were registered."""
    return next((row for row in _histories.values() if row.model is model), None)


def words_of(model: type[models.Model] | None) -> Words | None:
    return _words.get(model) if model is not None else None


def visible_row(rows: Any) -> Callable[[Any, str], models.Model | None]:
    """Return a `load` for a manager whose rows know `visible_to(user)`."""

    def load(user: Any, pk: str) -> models.Model | None:
        found: models.Model | None = rows.visible_to(user).filter(pk=pk).first() if _is_key(pk) else None
        return found

    return load


def _is_key(pk: str) -> bool:
    return pk.isascii() and pk.isdecimal() and len(pk) < 19
