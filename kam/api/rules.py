"""Who may ask the API, how often, and where a page goes on. No Django here; see docs/domain/api.md."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kam.api.terms import LONGEST_PAGE, MOST_A_MINUTE, PAGE

_MINUTE = timedelta(minutes=1)
_FIGURES = 18


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a token was used in the running minute; `wait` seconds where it was too often."""

    began: datetime
    count: int
    wait: int = 0


def next_pace(began: datetime | None, count: int, now: datetime) -> Pace:
    """Count one more use; a new minute begins with the first use after the last one."""
    if began is None or now >= began + _MINUTE:
        return Pace(now, 1)
    if count >= MOST_A_MINUTE:
        left = began + _MINUTE - now
        return Pace(began, count, max(1, int(left.total_seconds())))
    return Pace(began, count + 1)


def bearer_of(header: str) -> str:
    """Return the token of an Authorization header, nothing where it is another kind."""
    kind, _gap, token = header.partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def is_usable(*, revoked: bool, expires_on: date, is_active: bool, today: date) -> bool:
    """Say whether a token still speaks for its owner."""
    return not revoked and is_active and today <= expires_on


def is_covered(scope: str, scopes: Collection[str]) -> bool:
    return scope in scopes


def is_storable(told: object) -> bool:
    """Say whether the database can keep every text of a JSON value: no character nought, no half of a surrogate pair."""
    if isinstance(told, str):
        return "\0" not in told and not any("\ud800" <= sign <= "\udfff" for sign in told)
    if isinstance(told, dict):
        return all(is_storable(name) and is_storable(value) for name, value in told.items())
    return all(map(is_storable, told)) if isinstance(told, list) else True


def number_of(text: str | None) -> int | None:
    """Return the whole number that a parameter spells, None for anything else."""
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > _FIGURES:
        return None
    return int(text)


def page_size(text: str | None) -> int | None:
    """Return how many rows a page has; None where the parameter is no number from 1 to the most."""
    if text is None:
        return PAGE
    size = number_of(text)
    return size if size is not None and 1 <= size <= LONGEST_PAGE else None
