"""Headers that every answer carries and Django does not set by itself, and a page where Django answers with nothing."""

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from kam.core.errors_views import wrong_method

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
