"""Speaks to a person in their language and time zone, and ends the session of somebody who left."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from kam.users.models import User

LANGUAGE_COOKIE = "kam-language"


class PersonMiddleware:
    """Activates language and zone per request; both come from the user row, for strangers from a cookie or the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reader: object = request.user
        # A page looks at its reader five hundred times: not through a proxy each time.
        if isinstance(reader, SimpleLazyObject):
            request.user = get_user(request)
        user = request.user
        if isinstance(user, User):
            if not user.is_active:
                logout(request)
            language = user.language
            timezone.activate(ZoneInfo(user.time_zone))
        else:
            language = request.COOKIES.get(LANGUAGE_COOKIE) or translation.get_language_from_request(request)
        if not translation.check_for_language(language):
            language = "en"
        translation.activate(language)
        request.LANGUAGE_CODE = language
        try:
            response = self.get_response(request)
        finally:
            timezone.deactivate()
        response.headers.setdefault("Content-Language", language)
        return response
