"""What a view knows about its visitor."""

from django.conf import settings
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


def client_ip(request: HttpRequest) -> str:
    """Return the visitor's address; behind our own proxy, the last one it appended (the rest can be made up)."""
    if settings.BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "")
        if forwarded:
            return forwarded.rsplit(",", 1)[-1].strip()[:60]
    return str(request.META.get("REMOTE_ADDR", ""))[:60]


def language_asked(request: AuthedRequest) -> str:
    """Return the language a document is asked for in, the reader's own by default."""
    asked = request.GET.get("language", "")
    return asked if asked in {code for code, _name in settings.LANGUAGES} else request.user.language
