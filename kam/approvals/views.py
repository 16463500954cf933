"""Pages of the engine: the inbox, one request, the way in from a mail."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from kam.approvals.models import Request
from kam.users.http import AuthedRequest


def detail(request: AuthedRequest, pk: int) -> HttpResponse:
    """Show one request to those who may see it; for everybody else it does not exist."""
    return HttpResponse(str(get_object_or_404(Request.objects.visible_to(request.user), pk=pk)))


def open_link(request: AuthedRequest, token: str) -> HttpResponse:
    """Placeholder until the page exists."""
    del request, token
    return HttpResponse(status=404)
