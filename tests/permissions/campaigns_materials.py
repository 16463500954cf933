"""Materials are the department's, as the campaign is; planners, clerk and marketing keep them."""

from typing import Any

from campaigns.materials.services import add_material
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.campaigns import make_campaign
from tests.permissions.row import Row

KEEP = "{}: manager other_manager director marketing clerk; 403: *"


def campaign(_cast: Cast) -> dict[str, Any]:
    return {"pk": make_campaign().pk}


def material(_cast: Cast) -> dict[str, Any]:
    return {"pk": add_material(make_campaign(), {"name": "项目折页", "quantity": 5000}, by=None).pk}


def line(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"name": "手提袋", "quantity": "1000", "version": "1"}


def arrival(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"version": "1", "on": business_date().isoformat()}


def move(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"kind": "receipt", "quantity": "5", "on": business_date().isoformat()}


ROWS = [
    Row("materials/", "GET", "-", "200: *"),
    Row("materials/<int:pk>/", "GET", "-", "200: *", make=material),
    Row("materials/<int:pk>/edit/", "GET", "-", KEEP.format(200), make=material),
    Row("materials/<int:pk>/edit/", "POST", "-", KEEP.format(302), make=material, body=line),
    Row("materials/<int:pk>/arrived/", "GET", "-", KEEP.format(200), make=material),
    Row("materials/<int:pk>/arrived/", "POST", "-", KEEP.format(302), make=material, body=arrival),
    Row("materials/<int:pk>/move/", "GET", "-", KEEP.format(200), make=material),
    Row("materials/<int:pk>/move/", "POST", "-", KEEP.format(302), make=material, body=move),
    Row("campaigns/<int:pk>/materials/new/", "GET", "-", KEEP.format(200), make=campaign),
    Row("campaigns/<int:pk>/materials/new/", "POST", "-", KEEP.format(302), make=campaign, body=line),
    Row("campaigns/<int:pk>/materials/pdf/", "GET", "-", "200: *", make=campaign),
]
