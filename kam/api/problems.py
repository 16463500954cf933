"""Refusals as problem details (RFC 9457)."""

from typing import Any

from django.http import JsonResponse

CONTENT_TYPE = "application/problem+json"


class ProblemError(Exception):
    """The request is refused: HTTP status, a code for programs, a sentence for people."""

    def __init__(self, status: int, code: str, detail: Any, *, headers: dict[str, str] | None = None) -> None:
        super().__init__(code)
        self.status, self.code, self.detail = status, code, detail
        self.headers = headers or {}


def problem(error: ProblemError, *, field: str | None = None) -> JsonResponse:
    """Return the answer; `type` names the code, so that programs need not read the sentence."""
    told: dict[str, Any] = {
        "type": f"urn:kam:problem:{error.code}",
        "title": error.code.replace("_", " "),
        "status": error.status,
        "detail": str(error.detail),
    }
    if field:
        told["field"] = field
    response = JsonResponse(told, status=error.status, content_type=CONTENT_TYPE)
    for name, value in error.headers.items():
        response.headers[name] = value
    return response
