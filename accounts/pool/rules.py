"""The pool (公海): when a unit falls in, after which warning, and who may take one out. See docs/domain/pool.md."""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.pool.terms import PoolAct


def falls_on(touched_on: date, limit_days: int) -> date:
    """Return the day on which a unit falls in that nobody is in touch with any more."""
    return touched_on + timedelta(days=limit_days)


def due_act(
    touched_on: date, warned_on: date | None, *, limit_days: int, warning_days: int, today: date
) -> PoolAct | None:
    """Return what is due with a unit: a warning, the fall, or nothing yet.

    A warning counts until somebody is in touch again. Nobody loses a unit without the whole time of the warning, also where
    the warning came late.
    """
    end, notice = falls_on(touched_on, limit_days), timedelta(days=warning_days)
    if today < end - notice:
        return None
    if warned_on is None or warned_on <= touched_on:
        return PoolAct.WARNED
    return PoolAct.FELL if today >= max(end, warned_on + notice) else None


@dataclass(frozen=True, slots=True)
class Load:
    """What a person holds, and took out of the pool this month."""

    held: int
    claimed: int


def claim_problem(load: Load, *, most_held: int, most_claims: int) -> str | None:
    """Return why a person takes no more units out of the pool, None where they may."""
    if load.held >= most_held:
        return "held"
    return "claims" if load.claimed >= most_claims else None


@dataclass(frozen=True, slots=True)
class Asked:
    """A transfer as it is asked: to whom (None: the pool), and by whom."""

    to: int | None
    asked_by: int


def taken_along(asked: Asked, *, frm: int, successor: int, owner: int | None) -> Asked | None:
    """Return what is asked anew when `frm` hands over: the successor stands in their place, as receiver and as who asks.

    `owner` has the unit by then. None where nothing is left to ask: nobody has it, or whom it was meant for.
    """
    to = successor if asked.to == frm else asked.to
    if owner is None or to == owner:
        return None
    return Asked(to, successor if asked.asked_by == frm else asked.asked_by)
