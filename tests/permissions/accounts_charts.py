"""Maps of units, with their unit."""

from typing import Any

from accounts.competition.models import Competitor, ProductLine, ProductPosition
from tests.conftest import Cast
from tests.factories.accounts import make_person, make_unit
from tests.permissions.admin import admin_rows
from tests.permissions.row import Row

SEEN = "owner lead manager director marketing gm clerk"
READ = "200: owner lead manager director marketing gm clerk; 404: *"
FORM = "200: owner manager director; 403: lead marketing gm clerk; 404: *"
DONE = "302: owner manager director; 403: lead marketing gm clerk; 404: *"


def unit(cast: Cast) -> dict[str, Any]:
    return {"unit_pk": make_unit("泉州商会", owner=cast.owner).pk}


def person(cast: Cast) -> dict[str, Any]:
    return {"pk": make_person(make_unit("泉州商会", owner=cast.owner), "许志远").pk}


def product(cast: Cast) -> dict[str, Any]:
    line(cast)
    return unit(cast) | {"code": "planted"}


def rival(cast: Cast) -> dict[str, Any]:
    """A competitor that only the owner's unit names."""
    named = Competitor.objects.create(name="天元花园", name_key="天元花园")
    there = make_unit("泉州商会", owner=cast.owner)
    lines = ProductLine.objects.create(code="planted", label="Planted")
    ProductPosition.objects.create(
        unit=there, line=lines, supply="competitor", competitor=named, learned_on="2026-06-01"
    )
    return {"pk": named.pk}


def line(_cast: Cast) -> int:
    return ProductLine.objects.create(code="planted", label="Planted").pk


ROWS = [
    Row("competitors/", "GET", "-", "403: finance hr admin; 200: *"),
    Row(
        "competitors/<int:pk>/", "GET", "own", "200: " + SEEN + "; 403: finance hr admin; 404: *", make=rival
    ),
    Row("accounts/<int:unit_pk>/products/", "GET", "own", READ, make=unit),
    Row("accounts/<int:unit_pk>/products.pdf", "GET", "own", READ, make=unit),
    Row("accounts/<int:unit_pk>/products/<slug:code>/", "GET", "own", FORM, make=product),
    Row(
        "accounts/<int:unit_pk>/products/<slug:code>/",
        "POST",
        "own",
        DONE,
        make=product,
        body=lambda _c, _k: {"supply": "nobody", "learned_on": "2026-06-01"},
    ),
    *admin_rows("accounts/productline", see="director admin", add="director admin", make=line),
    Row(
        "admin/accounts/productline/add/",
        "POST",
        "accounts/productline",
        "302: director admin; 403: *",
        body=lambda _c, _k: {"code": "new", "label": "New", "place": "1"},
    ),
    Row(
        "admin/accounts/productline/<path:object_id>/change/",
        "POST",
        "accounts/productline",
        "302: director admin; 403: *",
        make=lambda c: {"object_id": str(line(c))},
        body=lambda _c, _k: {"label": "Renamed", "place": "1"},
    ),
    Row("accounts/<int:unit_pk>/map/", "GET", "own", READ, make=unit),
    Row("accounts/<int:unit_pk>/map.pdf", "GET", "own", READ, make=unit),
    Row("accounts/<int:unit_pk>/flow/", "GET", "own", READ, make=unit),
    Row("accounts/<int:unit_pk>/flow.pdf", "GET", "own", READ, make=unit),
    Row("accounts/<int:unit_pk>/flow/edit/", "GET", "own", FORM, make=unit),
    Row(
        "accounts/<int:unit_pk>/flow/edit/",
        "POST",
        "own",
        DONE,
        make=unit,
        body=lambda _c, _k: {"kind": "decide", "person": "", "who": "Boss", "days": "3", "revision": 0},
    ),
    Row("persons/<int:pk>/place/", "GET", "own", FORM, make=person),
    Row(
        "persons/<int:pk>/place/",
        "POST",
        "own",
        DONE,
        make=person,
        body=lambda _c, _k: {"post": "会长", "version": 1},
    ),
    Row(
        "persons/<int:pk>/boss/",
        "POST",
        "own",
        FORM,
        make=person,
        body=lambda _c, _k: {"reports_to": "", "version": 1},
    ),
]
