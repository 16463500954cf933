"""Outlets and their inspections follow the unit; closing is for whoever leads; the checklist is the director's."""

from typing import Any

from accounts.persons.models import Person
from campaigns.outlets.services import name_seller
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_person, make_unit
from tests.factories.files import picture as a_picture
from tests.factories.files import upload
from tests.factories.outlets import make_inspection, make_outlet, the_checklist
from tests.permissions.row import Row

LIST = "403: finance hr admin; 200: *"
READ = "200: owner lead manager director marketing gm clerk; 404: *"
WRITE = "200: owner manager director; 403: lead marketing gm clerk; 404: *"
WRITTEN = "302: owner manager director; 403: lead marketing gm clerk; 404: *"
CLOSE = "200: manager director; 403: owner lead marketing gm clerk; 404: *"
CLOSED = "302: manager director; 403: owner lead marketing gm clerk; 404: *"
ADD = "302: owner; 403: lead manager director marketing gm clerk; 404: *"
RULE = "200: director marketing admin; 403: *"
RULED = "302: director marketing admin; 403: *"


def unit(cast: Cast) -> dict[str, Any]:
    return {"unit_pk": make_unit("泉州商会", owner=cast.owner).pk}


def outlet(cast: Cast) -> dict[str, Any]:
    return {"pk": make_outlet(make_unit("泉州商会", owner=cast.owner), cast.owner).pk}


def seller(cast: Cast) -> dict[str, Any]:
    place = make_outlet(make_unit("泉州商会", owner=cast.owner), cast.owner)
    made = name_seller(place, make_person(place.unit, "周敏"), since=business_date(), by=cast.owner)
    return {"pk": place.pk, "seller_pk": made.pk}


def inspection(cast: Cast) -> dict[str, Any]:
    place = make_outlet(make_unit("泉州商会", owner=cast.owner), cast.owner)
    return {"pk": make_inspection(place, cast.owner, 1).pk}


def described(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"name": "二店", "kind": "store", "opened_on": "2026-01-05", "version": 1}


def because(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"on": business_date().isoformat(), "reason": "末位"}


def sold(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"month": "2026-07", "amount": "100"}


def whom(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    person = Person.objects.get(name="钱多", unit__outlets=kwargs["pk"])
    return {"person": person.pk, "since": "2026-02-01"}


def with_people(cast: Cast) -> dict[str, Any]:
    place = make_outlet(make_unit("泉州商会", owner=cast.owner), cast.owner)
    make_person(place.unit, "钱多")
    return {"pk": place.pk}


def seen(cast: Cast, _kwargs: Any) -> dict[str, Any]:
    version = the_checklist()
    told: dict[str, Any] = {f"verdict_{row.place}": "ok" for row in version.rows.all()}
    told |= {"version": version.pk, "on": business_date().isoformat()}
    return told | {"assignee": cast.owner.pk}


def picture(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"file": upload("柜.png", a_picture())}


def rows(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"rows": "5 | 干净", "seen": 1}


ROWS = [
    Row("outlets/", "GET", "-", LIST),
    Row("outlets/quarter/", "GET", "-", LIST),
    Row("outlets/quarter/sheet.pdf", "GET", "-", LIST),
    Row("outlets/<int:pk>/sheet.pdf", "GET", "own", READ, make=seller),
    Row("accounts/<int:unit_pk>/outlets/new/", "GET", "own", WRITE, make=unit),
    Row("accounts/<int:unit_pk>/outlets/new/", "POST", "own", WRITTEN, make=unit, body=described),
    Row("outlets/<int:pk>/", "GET", "own", READ, make=seller),
    Row("outlets/<int:pk>/edit/", "GET", "own", WRITE, make=outlet),
    Row("outlets/<int:pk>/edit/", "POST", "own", WRITTEN, make=outlet, body=described),
    Row("outlets/<int:pk>/close/", "GET", "own", CLOSE, make=outlet),
    Row("outlets/<int:pk>/close/", "POST", "own", CLOSED, make=outlet, body=because),
    Row("outlets/<int:pk>/sales/", "GET", "own", WRITE, make=outlet),
    Row("outlets/<int:pk>/sales/", "POST", "own", WRITTEN, make=outlet, body=sold),
    Row("outlets/<int:pk>/sellers/new/", "GET", "own", WRITE, make=with_people),
    Row("outlets/<int:pk>/sellers/new/", "POST", "own", WRITTEN, make=with_people, body=whom),
    Row("outlets/<int:pk>/sellers/<int:seller_pk>/end/", "POST", "own", WRITTEN, make=seller),
    Row("outlets/<int:pk>/inspect/", "GET", "own", WRITE, make=outlet),
    Row("outlets/<int:pk>/inspect/", "POST", "own", WRITTEN, make=outlet, body=seen),
    Row("inspections/", "GET", "-", LIST),
    Row("inspections/checklist/", "GET", "-", RULE),
    Row("inspections/checklist/", "POST", "-", RULED, body=rows),
    Row("inspections/<int:pk>/", "GET", "own", READ, make=inspection),
    Row("inspections/<int:pk>/photos/", "POST", "own", ADD, make=inspection, body=picture),
    Row("inspections/<int:pk>/sheet.pdf", "GET", "own", READ, make=inspection),
]
