"""Which visit it is, whether it was entered in time, and whether two submissions are the same one.

A visit belongs to its day when it is entered within three working days; later entries count only once the manager accepted
them. See docs/domain/visits.md.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from accounts.persons.rules import is_frozen
from visits.plans.terms import VisitMode
from visits.visits.terms import IN_PERSON, Outcome, VisitKind

#: Kinds that follow from the way, whatever the number of earlier visits.
_KIND_OF_MODE = {
    VisitMode.PHONE: VisitKind.PHONE,
    VisitMode.WRITTEN: VisitKind.WRITTEN,
}
_NUMBERED = (VisitKind.FIRST, VisitKind.SECOND, VisitKind.LATER)


def kind_of(mode: VisitMode, *, held_before: int, is_return: bool) -> VisitKind:
    """Return the kind of a visit from its way and the number of visits held at the unit before it."""
    if mode in _KIND_OF_MODE:
        return _KIND_OF_MODE[mode]
    if is_return and held_before:
        return VisitKind.RETURN
    return _NUMBERED[min(held_before, len(_NUMBERED) - 1)]


def is_held(kind: VisitKind, outcome: Outcome) -> bool:
    """Say whether a visit was made in person and met somebody: only such visits count for quotas."""
    return kind in IN_PERSON and outcome is not Outcome.NOT_MET


def is_late(*, last_day_in_time: date, entered_on: date) -> bool:
    """Say whether an entry came after the last day in time (the day of the visit plus three working days)."""
    return entered_on > last_day_in_time


def may_change_persons_met(kind: VisitKind, *, entered_at: datetime, now: datetime, hours: int) -> bool:
    """Say whether the list of persons met may still be edited: a first visit's freezes after some hours (12-decisions, 19)."""
    return kind is not VisitKind.FIRST or not is_frozen(entered_at, now=now, hours=hours)


def is_same_face(post: str, post_in_file: str) -> bool:
    """Say whether two persons of one name are one: unless each of them has a post, and another one."""
    return not post or not post_in_file or post == post_in_file


def body_digest(body: Mapping[str, Any]) -> str:
    """Return a digest that is the same for the same answers, in whatever order the browser sent them."""
    plain = {key: sorted(value) if isinstance(value, list) else value for key, value in body.items()}
    return hashlib.sha256(
        json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()
