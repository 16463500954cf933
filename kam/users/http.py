"""What a view knows about its visitor."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from kam.users.models import User


class AuthedRequest(HttpRequest):
    """A request that passed LoginRequiredMiddleware: `user` is one of our people."""

    user: User
    htmx: HtmxDetails


def require(allowed: bool) -> None:
    """Answer 403 unless `allowed`: the row is visible, the act is not this person's."""
    if not allowed:
        raise PermissionDenied
