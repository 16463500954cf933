"""Persons, contacts, needs, qualification: with their unit."""

from datetime import date
from typing import Any

from accounts.persons.models import Relation
from accounts.persons.terms import RelationKind
from accounts.qualification.models import QualificationCriterion
from kam.approvals.routes import load_default_routes
from tests.conftest import Cast
from tests.factories.accounts import make_contact, make_need, make_person, make_role, make_unit
from tests.permissions.row import Row

READ = "200: owner lead manager director marketing gm clerk; 404: *"
FORM = "200: owner manager director; 403: lead marketing gm clerk; 404: *"
DONE = "302: owner manager director; 403: lead marketing gm clerk; 404: *"


def unit(cast: Cast) -> dict[str, Any]:
    return {"unit_pk": make_unit("泉州商会", owner=cast.owner).pk}


def person(cast: Cast) -> dict[str, Any]:
    someone = make_person(make_unit("泉州商会", owner=cast.owner), "许志远")
    make_contact(someone.unit, someone, on=date(2026, 6, 1))
    return {"pk": someone.pk}


def asked(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    return person(cast)


def role(cast: Cast) -> dict[str, Any]:
    return {"pk": make_role(make_person(make_unit("泉州商会", owner=cast.owner))).pk}


def relation(cast: Cast) -> dict[str, Any]:
    someone = make_person(make_unit("泉州商会", owner=cast.owner))
    row = Relation.objects.create(
        person=someone, staff=cast.owner, kind=RelationKind.KNOWS, started_on=date(2026, 6, 1)
    )
    return {"pk": row.pk}


def need(cast: Cast) -> dict[str, Any]:
    return {"pk": make_need(make_unit("泉州商会", owner=cast.owner)).pk}


def criterion(cast: Cast) -> dict[str, Any]:
    QualificationCriterion.objects.get_or_create(
        code="influence",
        version=1,
        defaults={"label": "Influence", "kind": "statement", "introduced_on": date(2020, 1, 1)},
    )
    return unit(cast) | {"code": "influence"}


def _both(route: str, make: Any, body: dict[str, Any]) -> list[Row]:
    return [
        Row(route, "GET", "own", FORM, make=make),
        Row(route, "POST", "own", DONE, make=make, body=lambda _c, _k: body),
    ]


ROWS = [
    Row("persons/<int:pk>/", "GET", "own", READ, make=person),
    *_both("accounts/<int:unit_pk>/persons/new/", unit, {"name": "黄秀梅", "official": "no"}),
    *_both("persons/<int:pk>/edit/", person, {"name": "许志远", "official": "no", "version": 1}),
    *_both(
        "persons/<int:pk>/assess/",
        person,
        {"learned_on": "2026-06-01", "attitude": "supports", "insider": "none", "version": 1},
    ),
    *_both(
        "persons/<int:pk>/roles/", person, {"role": "technical", "confidence": "assumed", "on": "2026-06-01"}
    ),
    *_both("persons/<int:pk>/left/", person, {"on": "2026-06-02", "version": 1}),
    Row(
        "persons/<int:pk>/relations/",
        "POST",
        "own",
        DONE,
        make=person,
        body=lambda c, _k: {"kind": "knows", "staff": c.owner.pk, "strength": 3},
    ),
    Row("persons/<int:pk>/relations/", "GET", "own", FORM, make=person),
    Row("persons/<int:pk>/designate/", "POST", "own", DONE, make=person),
    Row("persons/<int:pk>/key-person/", "GET", "own", FORM, make=person),
    Row(
        "persons/<int:pk>/key-person/",
        "POST",
        "own",
        DONE,
        make=asked,
        body=lambda _c, _k: {"reason": "the president moved"},
    ),
    Row("roles/<int:pk>/end/", "POST", "own", DONE, make=role),
    Row("relations/<int:pk>/end/", "POST", "own", DONE, make=relation),
    *_both(
        "accounts/<int:unit_pk>/contacts/new/",
        unit,
        {"channel": "call", "direction": "out", "on": "2026-06-01", "outcome": "next week"},
    ),
    *_both("accounts/<int:unit_pk>/needs/new/", unit, {"text": "bigger sets", "kind": "explicit"}),
    *_both("needs/<int:pk>/move/", need, {"to": "clarified", "text": "three rooms", "version": 1}),
    *_both(
        "accounts/<int:unit_pk>/qualification/<slug:code>/",
        criterion,
        {"holds": "yes", "text": "annual report"},
    ),
]
