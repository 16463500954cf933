"""Materials are the department's, as the campaign is; planners, clerk and marketing keep them."""

from typing import Any

from campaigns.materials import supplements
from campaigns.materials.models import Supplement
from campaigns.materials.services import add_material
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.campaigns import make_campaign
from tests.permissions.row import Row

ASK = "403: finance hr admin gm; {}: *"
KEEP = "{}: manager other_manager director marketing clerk; 403: *"


def campaign(_cast: Cast) -> dict[str, Any]:
    return {"pk": make_campaign().pk}


def material(_cast: Cast) -> dict[str, Any]:
    return {"pk": add_material(make_campaign(), {"name": "项目折页", "quantity": 5000}, by=None).pk}


def asked(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"name": "折页", "quantity": "500", "reason": "巡展增加", "version": "2"}


def supplement(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    told = dict.fromkeys(supplements.FIELDS) | {"name": "折页", "quantity": 500, "reason": "巡展增加"}
    told |= {"measure": "份", "department": ""}
    return {"pk": supplements.ask_supplement(make_campaign(), told, by=cast.owner).pk}


def routed(_cast: Cast) -> dict[str, Any]:
    load_default_routes()
    return campaign(_cast)


def returned(cast: Cast) -> dict[str, Any]:
    told = supplement(cast)
    request = request_for(supplements.SUBJECT, Supplement.objects.get(**told))
    assert request is not None
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="为何")
    return told


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
    Row("materials/supplements/", "GET", "-", "200: *"),
    Row("materials/supplements/<int:pk>/", "GET", "-", "200: *", make=supplement),
    Row("materials/supplements/<int:pk>/edit/", "GET", "returned", "200: owner; 403: *", make=returned),
    Row(
        "materials/supplements/<int:pk>/edit/",
        "POST",
        "returned",
        "302: owner; 403: *",
        make=returned,
        body=asked,
    ),
    Row("materials/supplements/<int:pk>/report.pdf", "GET", "-", "200: *", make=supplement),
    Row("campaigns/<int:pk>/supplements/new/", "GET", "-", ASK.format(200), make=campaign),
    Row("campaigns/<int:pk>/supplements/new/", "POST", "-", ASK.format(302), make=routed, body=asked),
]
