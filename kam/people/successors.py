"""The fields of the handover's page: one for everything, one a kind, one a thing; each is chosen by typing, whoever works here.

A page may have hundreds of them: all numbers are read with one statement, and a typed name is looked up once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from kam.core.asked import number_in
from kam.people.services.handovers import Held
from kam.search.forms import Picked, PickInput, row_called
from kam.users.models import User

PICK = "people.successor"
EVERYTHING = "all"


def name_of(key: str, row_id: str = "") -> str:
    """Return the name of the field of a kind, or of one thing of it."""
    return f"row:{key}:{row_id}" if row_id else f"kind:{key}"


def successors_of(person: User) -> QuerySet[User]:
    """Return who may take something over: everybody who works here but the person."""
    return User.objects.working().exclude(pk=person.pk)


@dataclass(slots=True)
class Chosen:
    """What the fields say: (kind, thing) → successor, and what is wrong, by the name of the field."""

    successors: dict[tuple[str, str], User] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def read_successors(data: Mapping[str, Any], held: Sequence[Held], person: User) -> Chosen:
    """Read every field: a thing's own choice, else its kind's, else the one for everything."""
    chosen = Chosen()
    reader = _Reader(data, successors_of(person), chosen.errors)
    reader.look_up(_names(held))
    everything = reader.person(EVERYTHING)
    for kind in held:
        key = kind.holding.key
        of_kind = reader.person(name_of(key)) or everything
        for row in kind.rows:
            successor = reader.person(name_of(key, row.id)) or of_kind
            if successor is not None:
                chosen.successors[key, row.id] = successor
    return chosen


def _names(held: Sequence[Held]) -> list[str]:
    things = [name_of(kind.holding.key, row.id) for kind in held for row in kind.rows]
    return [EVERYTHING, *(name_of(kind.holding.key) for kind in held), *things]


class _Reader:
    def __init__(self, data: Mapping[str, Any], rows: QuerySet[User], errors: dict[str, str]) -> None:
        self.data, self.rows, self.errors = data, rows, errors
        self.input = PickInput(PICK)
        self.by_number: dict[int, User] = {}
        self.by_text: dict[str, User | str] = {}

    def look_up(self, names: Iterable[str]) -> None:
        numbers = {number_in(str(self.data.get(name) or "")) for name in names}
        self.by_number = {
            user.pk: user for user in self.rows.filter(pk__in=[n for n in numbers if n is not None])
        }

    def person(self, name: str) -> User | None:
        value = self.input.value_from_datadict(self.data, None, name)
        if not isinstance(value, Picked):  # a form of before, a script: the bare number
            return self.by_number.get(number_in(str(value or "")) or 0)
        if not value.text:
            return None
        user = self.by_number.get(number_in(value.pk) or 0)
        if user is not None and self.input.pick.label(user) == value.text:
            return user
        return self._named(name, value.text)

    def _named(self, name: str, text: str) -> User | None:
        if text not in self.by_text:
            try:
                self.by_text[text] = row_called(self.input.pick, self.rows, text)
            except ValidationError as error:
                self.by_text[text] = " ".join(error.messages)
        found = self.by_text[text]
        if isinstance(found, str):
            self.errors[name] = found
            return None
        return found


def draw(name: str, label: str, value: Any, *, placeholder: str = "", error: str = "") -> SafeString:
    """Return the field's HTML, with the chosen person or what was typed."""
    attrs: dict[str, Any] = {
        "class": "form-control pe-choice",
        "aria-label": label,
        "placeholder": placeholder,
    }
    if error:
        attrs |= {"class": "form-control pe-choice is-invalid", "aria-invalid": "true"}
    return PickInput(PICK).render(name, value, attrs)
