"""Reading by API: a page of rows, one row, the description."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kam.api.http import api_get
from kam.api.openapi import description
from kam.api.problems import ProblemError
from kam.api.registry import Resource, resource_named
from kam.api.rules import number_of, page_size
from kam.api.services import note_read
from kam.users.models import User


def _resource(name: str, user: User) -> Resource:
    found = resource_named(name)
    if found is None:
        raise Http404
    if not found.may(user):
        raise PermissionDenied
    return found


def _page(request: HttpRequest, user: User, name: str) -> dict[str, Any]:
    """Return a page of rows by their numbers, and where the next one begins."""
    resource = _resource(name, user)
    size, asked = page_size(request.GET.get("limit")), request.GET.get("after")
    after = number_of(asked)
    if size is None or (asked is not None and after is None):
        raise ProblemError(
            400, "parameter", _("`limit` and `after` are whole numbers; a page has 1 to 200 rows.")
        )
    rows = list(resource.rows(user).filter(pk__gt=after or 0).order_by("pk")[: size + 1])
    more = rows[size - 1].pk if len(rows) > size else None
    note_read(user, name, after=after or 0, rows=len(rows[:size]))
    return {"rows": [dict(resource.shape(row)) for row in rows[:size]], "next": more}


def _row(_request: HttpRequest, user: User, name: str, pk: int) -> dict[str, Any]:
    """Return one row that this person may see."""
    resource = _resource(name, user)
    row = resource.rows(user).filter(pk=pk).first()
    if row is None:
        raise Http404
    note_read(user, name, after=pk - 1, rows=1)
    return dict(resource.shape(row))


list_rows = api_get(lambda name: name, _page)
show_row = api_get(lambda name, pk: name, _row)


@login_not_required
@require_GET
def openapi(_request: HttpRequest) -> HttpResponse:
    """What the API offers; it tells nothing of anybody's rows."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})
