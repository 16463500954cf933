"""A loan is its borrower's; whoever leads the team reads it; the clerk hands out and takes back."""

from typing import Any

from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.gifts import decide_all
from tests.permissions.row import Row
from visits.bookings.models import Resource
from visits.bookings.services import add_resource
from visits.bookings.terms import ResourceKind
from visits.equipment import services
from visits.equipment.models import Loan

NEW = "403: gm finance hr admin; {}: *"
READ = "200: owner lead manager director marketing gm clerk; 404: *"
OWN = "200: owner; 403: lead manager director marketing gm clerk; 404: *"
DONE = "302: owner; 403: lead manager director marketing gm clerk; 404: *"
KEEP = "{}: clerk; 403: owner lead manager director marketing gm; 404: *"


def camera(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    add_resource(ResourceKind.EQUIPMENT, "相机", by=cast.clerk)
    return {}


def asked(cast: Cast) -> dict[str, Any]:
    camera(cast)
    today = business_date()
    return {"pk": services.ask_loan(Resource.objects.get(), "拍摄", today, today, by=cast.owner).pk}


def sent_back(cast: Cast) -> dict[str, Any]:
    told = asked(cast)
    request = request_for(services.SUBJECT, Loan.objects.get(**told))
    assert request is not None
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="几天")
    return told


def approved(cast: Cast) -> dict[str, Any]:
    told = asked(cast)
    decide_all(services.SUBJECT, Loan.objects.get(**told))
    return told


def out(cast: Cast) -> dict[str, Any]:
    told = approved(cast)
    services.hand_out(Loan.objects.get(**told), by=cast.clerk)
    return told


def body(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    today = business_date().isoformat()
    version = Loan.objects.get(**kwargs).version if kwargs else 1
    told = {"resource": Resource.objects.get().pk, "purpose": "拍摄", "version": version}
    return told | {"starts_on": today, "ends_on": today}


def state(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"condition": "完好"}


AT = "visits/equipment/<int:pk>/"
ROWS = [
    Row("visits/equipment/", "GET", "-", "403: finance hr admin; 200: *"),
    Row("visits/equipment/new/", "GET", "-", NEW.format(200)),
    Row("visits/equipment/new/", "POST", "-", NEW.format(302), make=camera, body=body),
    Row(AT, "GET", "own", READ, make=asked),
    Row(f"{AT}request.pdf", "GET", "own", READ, make=asked),
    Row(f"{AT}edit/", "GET", "sent back", OWN, make=sent_back),
    Row(f"{AT}edit/", "POST", "sent back", DONE, make=sent_back, body=body),
    Row(f"{AT}cancel/", "POST", "approved", DONE, make=approved),
    Row(f"{AT}out/", "POST", "approved", KEEP.format(302), make=approved),
    Row(f"{AT}back/", "GET", "out", KEEP.format(200), make=out),
    Row(f"{AT}back/", "POST", "out", KEEP.format(302), make=out, body=state),
]
