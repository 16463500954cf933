"""The page of incomplete files."""

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from accounts.archive.permissions import can_see_archive
from accounts.archive.tables import INCOMPLETE_FILES
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require


@require_GET
def list_incomplete(request: AuthedRequest) -> HttpResponseBase:
    require(can_see_archive(request.user))
    return list_response(request, INCOMPLETE_FILES)
