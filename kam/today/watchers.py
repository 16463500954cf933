"""Sections for those who watch and pay: what is due for finance and the clerk, and the head of the audit chain for the director."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kam.audit.models import AuditLink
from kam.today.asks import Wanted
from kam.today.registry import dues
from kam.users.models import User
from kam.users.terms import Position


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of the audit chain: whoever rewrites history cannot rewrite this mail."""

    seq: int
    hash: str
    at: str


def collect_dues(
    position: Position, users: Sequence[User], day: date
) -> dict[int, list[tuple[Promise, str]]]:
    """Return what every room says is due for people of this position."""
    found: dict[int, list[tuple[Promise, str]]] = {}
    for due in dues(position):
        for pk, rows in due.collect(users, day).items():
            found.setdefault(pk, []).extend(rows)
    return found


def dues_wanted(position: Position, users: Sequence[User], day: date) -> list[Wanted]:
    """Return what `collect_dues` will ask."""
    people = frozenset(user.pk for user in users)
    return [Wanted(ask, day, people) for due in dues(position) for ask in due.asks]


def text_of_dues(data: Sequence[tuple[Promise, str]]) -> str:
    """Return one line each."""
    return "\n".join(f"- {text}" for text, _url in data)


def collect_head(users: Sequence[User], _day: date) -> Mapping[int, Head]:
    """Return the present head of the chain for each reader."""
    link = AuditLink.objects.order_by("-seq").first()
    if link is None:
        return {}
    head = Head(link.seq, bytes(link.hash).hex(), timezone.localtime().strftime("%Y-%m-%d %H:%M"))
    return {user.pk: head for user in users}


def text_of_head(data: Head) -> str:
    """Return number and hash; kept outside the database they prove a rewrite."""
    return _("Entry %(seq)d at %(at)s, hash %(hash)s. Keep this mail: `audit_verify` must name the same.") % {
        "seq": data.seq,
        "at": data.at,
        "hash": data.hash,
    }


_WATCHERS = (Position.FINANCE, Position.CLERK)
dues_of = {position: partial(collect_dues, position) for position in _WATCHERS}
dues_wanted_of = {position: partial(dues_wanted, position) for position in _WATCHERS}
