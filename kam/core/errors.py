"""Refusals that a person can understand and answer. No Django here, so that rules may raise them."""

from typing import Any


class BusinessError(Exception):
    """A rule refused the act; nothing was written. `message` is a (lazily translated) sentence for the user.

    `code` is stable for programs, `field` names the form field the message belongs to. Answered with HTTP 422.
    """

    status = 422

    def __init__(self, message: Any, *, code: str = "refused", field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class ConflictError(BusinessError):
    """Somebody else was faster, or the page was stale; nothing was written. Answered with HTTP 409."""

    status = 409


class BusyError(ConflictError):
    """Somebody else is at work on the same rows and did not finish in time; nothing was written, sent again it may work.

    Whoever takes a refusal as an outcome ("no room on the line: leave it") lets this one pass: it says nothing about the case.
    """
