"""The pages behind the error codes: what happened, what is safe, what to do. Same answer for absent and foreign rows."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from kam.core.ways import came_from


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def conflict(request: HttpRequest) -> HttpResponse:
    """Answer a lost race where the view has no page of its own for it."""
    return render(request, "errors/409.html", {"back": came_from(request)}, status=409)


def busy_page(request: HttpRequest) -> HttpResponse:
    """Answer somebody who waited too long for what others hold."""
    return render(request, "errors/busy.html", status=409)


def refused(request: HttpRequest, message: str) -> HttpResponse:
    """Answer a refused rule where the view has no form to put it in."""
    return render(request, "errors/422.html", {"message": message, "back": came_from(request)}, status=422)


def wrong_method(request: HttpRequest) -> HttpResponse:
    """Answer where somebody opens an address that only takes what a form sends: a reload, or a language changed on its answer."""
    return render(request, "errors/405.html", status=405)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer without the database and without the frame: either may be what is broken."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer with the static page that a proxy also shows while KAM is away."""
    del request
    page = (settings.BASE_DIR / "static" / "503.html").read_text()
    return HttpResponse(page, status=503, headers={"Retry-After": "20"})
