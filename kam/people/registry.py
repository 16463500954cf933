"""What other rooms give to people: what a person holds (for the handover), what may be unmasked, cards of one's own page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kam.users.models import User


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """One thing a person holds: `id` is what `move` understands."""

    id: str
    label: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of thing a person may hold (S-222).

    `of(user)` lists everything held now, without exception: nothing may stay behind. `move(row_ids, frm, to, by)` runs inside
    the handover's transaction, writes through the room's own services and keeps the old owner in the history. `is_public_item`
    marks things drawn from the company (S-222, 2), which the sheet lists apart from the customer roster.
    """

    key: str
    label: Any
    of: Callable[[User], Sequence[HoldingRow]]
    move: Callable[[Sequence[str], User, User, User], None]
    order: int = 100
    is_public_item: bool = False


@dataclass(frozen=True, slots=True)
class Unmaskable:
    """A kind of row whose personal fields show masked to whoever does not own or manage it.

    `load(pk, user)` returns the row if `user` may see it masked, else None (answered with 404). `fields` maps a field's name to
    its label; `sees_plain(row, user)` says whether that person sees it unmasked anyway.
    """

    kind: str
    load: Callable[[int, User], Any]
    fields: Mapping[str, Any]
    sees_plain: Callable[[Any, User], bool]


_holdings: dict[str, Holding] = {}
_unmaskable: dict[str, Unmaskable] = {}


def register_holding(holding: Holding) -> None:
    """Register a kind of holding; a second one with the same key is refused."""
    if holding.key in _holdings:
        raise ValueError(f"holding {holding.key} is registered twice")
    _holdings[holding.key] = holding


def all_holdings() -> list[Holding]:
    """Return every kind of holding in the order of the screen."""
    return sorted(_holdings.values(), key=lambda holding: (holding.order, holding.key))


def register_unmaskable(
    kind: str,
    *,
    load: Callable[[int, User], Any],
    fields: Mapping[str, Any],
    sees_plain: Callable[[Any, User], bool],
) -> None:
    """Register a kind of row that `person-unmask` may show."""
    _unmaskable[kind] = Unmaskable(kind, load, dict(fields), sees_plain)


def unmaskable(kind: str) -> Unmaskable | None:
    """Return the registered kind, or None."""
    return _unmaskable.get(kind)


@dataclass(frozen=True, slots=True)
class SignInHint:
    """A login that the sign-in page may offer, because its password is public anyway (demo data)."""

    staff_number: str
    label: str


_hints: list[Callable[[], tuple[str, Sequence[SignInHint]]]] = []


def register_sign_in_hints(provider: Callable[[], tuple[str, Sequence[SignInHint]]]) -> None:
    """Register a function that returns the public password and the logins to offer, or no logins."""
    _hints[:] = [provider]


def sign_in_hints() -> tuple[str, Sequence[SignInHint]]:
    """Return the public password and the logins that the sign-in page offers."""
    return _hints[0]() if _hints else ("", ())


@dataclass(frozen=True, slots=True)
class OwnPart:
    """A card of one's own page: `collect(user)` returns what its template shows as `data`, or None where there is nothing to show."""

    key: str
    order: int
    template: str
    collect: Callable[[User], Any]


_own_parts: dict[str, OwnPart] = {}


def register_own_part(part: OwnPart) -> None:
    """Put a card on everybody's own page."""
    if part.key in _own_parts:
        raise ValueError(f"card {part.key} is registered twice")
    _own_parts[part.key] = part


def own_parts(user: User) -> list[tuple[str, Any]]:
    """Return (template, data) of every card that has something to show this person."""
    told = [
        (part.template, part.collect(user)) for part in sorted(_own_parts.values(), key=lambda p: p.order)
    ]
    return [(template, data) for template, data in told if data is not None]
