"""Headers that every answer carries and Django does not set by itself, and a page where Django answers with nothing."""

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from kam.core.errors import BusyError
from kam.core.errors_views import busy_page, wrong_method
from kam.core.htmx import is_htmx, trigger
from kam.core.locks import busy, is_busy, say_busy

PERMISSIONS_POLICY = (
    "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), interest-cohort=()"
)
_REFUSED_METHODS = frozenset({"TRACE", "TRACK", "CONNECT"})


class HeadersMiddleware:
    """Refuses TRACE and NUL in addresses (no column takes it), sets Permissions-Policy, and keeps signed-in pages out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in _REFUSED_METHODS:
            return HttpResponseNotAllowed(["GET", "POST"])
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("NUL in the address")
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class WrongMethodMiddleware:
    """Puts a page where somebody opens an address that only takes a form: Django's own answer is empty, a browser shows a bare fault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_opened = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if not is_opened or not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = wrong_method(request)
        page.headers["Allow"] = response.headers["Allow"]
        return page


class BusyMiddleware:
    """Whoever waits too long for a row that others hold is refused with a sentence (409), not told that KAM is away (ADR 0022)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with connection.execute_wrapper(say_busy):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer where the view has no form to say it in, and where it was the end of the transaction that waited."""
        if not isinstance(exception, BusyError) and not is_busy(exception):
            return None
        told = str(busy())
        if is_htmx(request):  # a page would stand inside of a page
            answer = HttpResponse(status=BusyError.status, headers={"HX-Reswap": "none"})
            return trigger(answer, "kam:toast", {"text": told, "level": "error"})
        if request.headers.get("Accept") == "application/json":
            errors = {"__all__": [{"message": told, "code": "busy"}]}
            return JsonResponse({"errors": errors}, status=BusyError.status)
        return busy_page(request)
