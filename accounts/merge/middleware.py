"""Old addresses of merged files: what was not found leads to the survivor, if the reader may open that."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from accounts.merge.registry import MODELS
from accounts.merge.selectors import survivor_of
from accounts.merge.terms import Kind
from kam.users.models import User

_ADDRESS = re.compile(r"^/(?P<room>accounts|persons)/(?P<pk>[0-9]{1,18})/(?P<rest>.*)$")
_KINDS = {"accounts": Kind.UNIT, "persons": Kind.PERSON}


class LeadToSurvivor:
    """Asks the database only where a record's own address was answered with 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        return self._elsewhere(request) or response

    def _elsewhere(self, request: HttpRequest) -> HttpResponse | None:
        found = _ADDRESS.match(request.path)
        user = getattr(request, "user", None)
        if found is None or not isinstance(user, User) or not user.is_active:
            return None
        kind = _KINDS[found["room"]]
        survivor = survivor_of(kind, int(found["pk"]))
        model: type[object] = MODELS[kind]
        if survivor is None or not model.objects.visible_to(user).filter(pk=survivor).exists():  # type: ignore[attr-defined]  # units and persons have such a manager
            return None
        query = request.META.get("QUERY_STRING", "")
        target = f"/{found['room']}/{survivor}/{found['rest']}"
        return redirect(f"{target}?{query}" if query else target)
