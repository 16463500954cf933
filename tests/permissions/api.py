"""The API knows no session: without a token everybody gets 401; tokens are everybody's own (tests/kam/api/test_api.py)."""

from typing import Any

from kam.api.models import ApiToken
from kam.api.services import make_token
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.permissions.row import Row

NOBODY = "401: anonymous gone *"


def named(_cast: Cast) -> dict[str, Any]:
    return {"name": "deals"}


def row(_cast: Cast) -> dict[str, Any]:
    return {"name": "deals", "pk": 1}


def token(cast: Cast) -> dict[str, Any]:
    make_token(cast.owner, "t", ["deals"], expires_on=business_date())
    return {"pk": ApiToken.objects.get().pk}


def new(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"name": "t", "scopes": ["deals"], "expires_on": business_date().isoformat()}


ROWS = [
    Row("api/v1/openapi.json", "GET", "-", "200: anonymous gone *"),
    Row("api/v1/<slug:name>", "GET", "deals", NOBODY, make=named),
    Row("api/v1/<slug:name>/<int:pk>", "GET", "deals", NOBODY, make=row),
    Row("api/v1/quotes/preview", "POST", "-", NOBODY, headers={"Content-Type": "application/json"}),
    Row("me/tokens/", "GET", "-", "200: *"),
    Row("me/tokens/", "POST", "-", "302: *", body=new),
    Row("me/tokens/<int:pk>/revoke/", "POST", "own", "302: owner; 404: *", make=token),
]
