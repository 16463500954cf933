"""What rooms above add to a complaint's page and to the cooperation evaluation report."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.complaints.models import Complaint
from accounts.units.models import KeyAccount
from kam.core.periods import Period
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something that followed a complaint, e.g. the survey afterwards: words, address, a tone for the badge."""

    label: str
    url: str
    tone: str = ""


FollowUps = Callable[[Complaint, User], Sequence[FollowUp]]
#: A heading, and rows of (what, figure) below it.
Part = tuple[Any, list[tuple[Any, str]]]
Evaluation = Callable[[KeyAccount, Period], Part]

_follow_ups: list[FollowUps] = []
_evaluations: list[tuple[int, Evaluation]] = []
_actions: list[Callable[[Complaint, User], tuple[Any, str] | None]] = []


def register_follow_ups(tell: FollowUps) -> None:
    _follow_ups.append(tell)


def follow_ups(complaint: Complaint, user: User) -> list[FollowUp]:
    return [follow_up for tell in _follow_ups for follow_up in tell(complaint, user)]


def register_complaint_action(action: Callable[[Complaint, User], tuple[Any, str] | None]) -> None:
    """Add a button to a complaint's page: (label, address), or None where the person may not."""
    _actions.append(action)


def complaint_actions(complaint: Complaint, user: User) -> list[tuple[Any, str]]:
    return [told for told in (action(complaint, user) for action in _actions) if told is not None]


def register_evaluation(order: int, part: Evaluation) -> None:
    """Add a part to the cooperation evaluation report."""
    _evaluations.append((order, part))


def evaluation_parts(unit: KeyAccount, period: Period) -> list[Part]:
    return [part(unit, period) for _order, part in sorted(_evaluations, key=lambda row: row[0])]
