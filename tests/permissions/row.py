"""The shape of a row of the permission table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.conftest import Cast

#: Everybody a row must name: the cast, a stranger, and a person who was deactivated.
EVERYBODY = frozenset(
    {
        "owner",
        "same_team",
        "lead",
        "manager",
        "other_team",
        "other_lead",
        "other_manager",
        "director",
        "marketing",
    }
    | {"gm", "finance", "clerk", "hr", "admin", "anonymous", "gone"}
)

#: In this order the first person who may see a page reads it.
READERS = ("owner", "manager", "director", "admin", "clerk", "finance", "hr", "gm", "marketing", "anonymous")


def no_arguments(_cast: Cast) -> dict[str, Any]:
    return {}


def no_body(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """One URL pattern, one method, one class of object, and what each person gets.

    `codes` reads "200: owner lead; 403: clerk; 404: *": a `*` stands for everybody not named; `anonymous` and `gone` are 302 to
    the login page unless named. `make(cast)` builds the object and returns the URL's keyword arguments; it runs once for all rows
    that name it, and what a request changes is rolled back before the next. `body` returns a *valid* POST body, so that 403 and
    404 are not a disguised 400.
    """

    route: str
    method: str
    object_class: str
    codes: str
    make: Callable[[Cast], dict[str, Any]] = no_arguments
    body: Callable[[Cast, Mapping[str, Any]], dict[str, Any]] = no_body
    headers: Mapping[str, str] = field(default_factory=dict)

    def expected(self) -> dict[str, int]:
        """Return person → status for everybody."""
        told: dict[str, int] = {"anonymous": 302, "gone": 302}
        rest = None
        for part in self.codes.split(";"):
            code, _, people = part.partition(":")
            for person in people.split():
                if person == "*":
                    rest = int(code)
                elif person in EVERYBODY:
                    told[person] = int(code)
                else:
                    raise ValueError(f"{self.route}: nobody is called {person}")
        missing = EVERYBODY - told.keys()
        if missing and rest is None:
            raise ValueError(f"{self.route}: nothing said about {sorted(missing)}")
        return told | dict.fromkeys(missing, rest or 0)

    def first_reader(self) -> str:
        """Return who reads what this row answers, or nothing where it refuses them all."""
        told = self.expected()
        return next((person for person in READERS if told[person] < 400), "")
