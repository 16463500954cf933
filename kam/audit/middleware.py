"""Gives every request one id, under which all its audit entries can be found."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kam.audit.context import AuditContext, acting
from kam.users.http import client_ip


class AuditMiddleware:
    """Opens the audit context of a request and echoes its id as X-Request-Id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined]  # read by error pages and logs
        with acting(AuditContext("web", client_ip(request), request_id)):
            response = self.get_response(request)
        response.headers["X-Request-Id"] = request_id
        return response
