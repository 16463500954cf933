"""Where a long-term agreement stands on a day, and when it is to be renewed (S-258). See docs/domain/offers.md."""

from dataclasses import dataclass
from datetime import date, timedelta

from campaigns.agreements.terms import AgreementState

Problem = tuple[str, str]  # field, code


@dataclass(frozen=True, slots=True)
class Term:
    """From when until when it holds, both days included; ended early or renewed where that is so."""

    starts_on: date
    ends_on: date
    ended_on: date | None = None
    is_renewed: bool = False


def state_on(term: Term, today: date, notice_days: int) -> AgreementState:
    """Return where it stands; it is ending from so many days before its last day on, until it is renewed."""
    if term.ended_on is not None and term.ended_on <= today:
        return AgreementState.ENDED
    if today < term.starts_on:
        return AgreementState.COMING
    if today > term.ends_on:
        return AgreementState.RENEWED if term.is_renewed else AgreementState.EXPIRED
    if term.is_renewed:
        return AgreementState.RENEWED
    return (
        AgreementState.ENDING if is_notice_due(term.ends_on, today, notice_days) else AgreementState.IN_FORCE
    )


def is_notice_due(ends_on: date, today: date, notice_days: int) -> bool:
    """Say whether it is time to talk about the renewal."""
    return today >= ends_on - timedelta(days=notice_days)


def days_left(ends_on: date, today: date) -> int:
    """Return the days until the last one; below nought afterwards."""
    return (ends_on - today).days


def term_problem(
    *, starts_on: date, ends_on: date, signed_on: date, today: date, follows: date | None
) -> Problem | None:
    """Return (field, code) of what cannot be; `follows` is the last day of the agreement that it renews."""
    tests = (
        (ends_on < starts_on, "ends_on", "order"),
        (signed_on > today, "signed_on", "future"),
        (follows is not None and starts_on <= follows, "starts_on", "overlap"),
    )
    return next(((field, code) for is_wrong, field, code in tests if is_wrong), None)


def end_problem(term: Term, on: date, today: date) -> Problem | None:
    """Return (field, code) of what cannot be: it ends on a past day of its term."""
    tests = (
        (on > today, "on", "future"),
        (not term.starts_on <= on <= term.ends_on, "on", "outside"),
    )
    return next(((field, code) for is_wrong, field, code in tests if is_wrong), None)
