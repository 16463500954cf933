"""When a proposal can have been presented and answered (S-242, S-070). See docs/domain/offers.md."""

from datetime import date

Problem = tuple[str, str]  # field, code


def presentation_problem(*, on: date, written_on: date, today: date, persons: int) -> Problem | None:
    """Return (field, code) of what cannot be: a version is presented from the day it was written on, to somebody."""
    tests = (
        (on > today, "on", "future"),
        (on < written_on, "on", "before"),
        (persons < 1, "persons", "nobody"),
    )
    return next(((field, code) for is_wrong, field, code in tests if is_wrong), None)


def answer_problem(*, on: date, presented_on: date | None, today: date) -> Problem | None:
    """Return (field, code) of what cannot be: an answer follows a presentation."""
    if presented_on is None:
        return "on", "unseen"
    tests = ((on > today, "on", "future"), (on < presented_on, "on", "early"))
    return next(((field, code) for is_wrong, field, code in tests if is_wrong), None)
