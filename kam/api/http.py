"""How a request of the API is answered: by token, in its owner's language and rights, refusals as problem details."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from kam.api.problems import ProblemError, problem
from kam.api.rules import bearer_of, is_storable
from kam.api.services import answer_once, use_token
from kam.api.terms import MOST_BYTES
from kam.core.errors import BusinessError
from kam.users.models import User

#: `view(request, user, ...)` returns what becomes JSON; a POST's gets the parsed body as `told`.
View = Callable[..., Any]
_LONGEST_KEY = 80


def api_get(scope_of: Callable[..., str], view: View) -> Callable[..., HttpResponse]:
    """Return the view of a GET; `scope_of(**kwargs)` says which scope it asks."""
    return _answered("GET", scope_of, view)


def api_post(scope: str, view: View) -> Callable[..., HttpResponse]:
    """Return the view of a POST with a JSON body and an Idempotency-Key."""

    def act(request: HttpRequest, user: User) -> Any:
        key = request.headers.get("Idempotency-Key", "").strip()
        if not key or len(key) > _LONGEST_KEY:
            raise ProblemError(400, "no_key", _("Send an Idempotency-Key of 1 to 80 characters."))
        told = _body(request)
        return answer_once(user, request.path, key, request.body, lambda: view(user, told))

    return _answered("POST", lambda: scope, act)


def _answered(method: str, scope_of: Callable[..., str], view: View) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            if request.method != method:
                raise ProblemError(
                    405, "method", _("Send %(method)s.") % {"method": method}, headers={"Allow": method}
                )
            user = use_token(bearer_of(request.headers.get("Authorization", "")), scope_of(**kwargs))
            with translation.override(user.language):
                return JsonResponse(view(request, user, **kwargs), json_dumps_params={"ensure_ascii": False})
        except ProblemError as error:
            return problem(error)
        except BusinessError as error:
            told = ProblemError(error.status, error.code, error.message)
            return problem(told, field=error.field)
        except PermissionDenied:
            return problem(ProblemError(403, "forbidden", _("You may not do this.")))
        except Http404:
            return problem(ProblemError(404, "not_found", _("There is no such row, or you may not see it.")))

    # Only the header says who asks, cookies count for nothing: there is no session that a foreign page could use.
    return login_not_required(csrf_exempt(answer))


def _body(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object of the body, of texts that can be kept."""
    told: Any = None
    if len(request.body) > MOST_BYTES:
        raise ProblemError(413, "too_large", _("The body is too large."))
    try:
        told = json.loads(request.body)
        is_told = isinstance(told, dict) and is_storable(told)
    except (ValueError, RecursionError):
        is_told = False
    if not is_told:
        raise ProblemError(400, "no_json", _("Send a JSON object."))
    body: dict[str, Any] = told
    return body
