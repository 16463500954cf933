"""All addresses of the project, and the hello page."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from kam.urls import handler400, handler403, handler404, handler500
from kam.urls import urlpatterns as project

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def hello(request: HttpRequest) -> HttpResponse:
    """Answer a signed-in person by name: session and user from PostgreSQL, nothing else. Its CPU is the unit A."""
    return HttpResponse(f"hello {request.user.name}")


urlpatterns = [path("bench/hello/", hello), *project]
