"""A session lives 30 minutes without use and 12 hours in all; who needs a second factor sets it up first (R-35)."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from kam.people.services import sessions
from kam.people.terms import SECOND_FACTOR
from kam.users.http import client_ip
from kam.users.models import User

STARTED, SEEN, ENDED, HAS_FACTOR = "kam_started", "kam_seen", "kam_ended", "kam_has_factor"
NOTE_EVERY_SECONDS = 60
#: What stays open to somebody who still has to set up the second factor.
_ALWAYS_OPEN = ("/login/", "/me/second-factor/", "/preferences/", "/frame/")


class SessionLimits:
    """Ends sessions that are too old, and notes those that are alive once a minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now().timestamp()
        if isinstance(request.user, User):
            ended = _over(request, now)
            if ended:
                sessions.forget_session(request.session.session_key or "")
                logout(request)
                request.session[ENDED] = ended
            elif _lacks_second_factor(request):
                return HttpResponseRedirect(reverse("mfa_activate_totp"))
        response = self.get_response(request)
        if isinstance(request.user, User):
            _note(request, now)
        return response


def _over(request: HttpRequest, now: float) -> str:
    started = request.session.get(STARTED)
    if started is None:
        return ""
    if now - started > settings.SESSION_COOKIE_AGE:
        return "day"
    return "idle" if now - request.session.get(SEEN, started) > settings.SESSION_IDLE_SECONDS else ""


def _lacks_second_factor(request: HttpRequest) -> bool:
    if not settings.TOTP_REQUIRED or getattr(request.user, "position", "") not in SECOND_FACTOR:
        return False
    if request.path.startswith(_ALWAYS_OPEN) or request.session.get(HAS_FACTOR):
        return False
    has_factor = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()
    if has_factor:
        request.session[HAS_FACTOR] = True
    return not has_factor


def _note(request: HttpRequest, now: float) -> None:
    session = request.session
    if now - session.get(SEEN, 0) < NOTE_EVERY_SECONDS or not session.session_key:
        return
    session.setdefault(STARTED, now)
    session[SEEN] = now
    sessions.note_session(
        request.user,  # type: ignore[arg-type]  # checked by the caller
        session.session_key,
        ip=client_ip(request),
        agent=request.headers.get("User-Agent", ""),
        now=timezone.now(),
    )
