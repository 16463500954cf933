"""Proposals, bids and agreements follow their unit; only manager and director end an agreement."""

from datetime import timedelta
from typing import Any

from accounts.persons.models import Person
from campaigns.proposals.models import ProposalVersion
from campaigns.proposals.services import Shown, present
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_person, make_unit
from tests.factories.offers import make_agreement, make_bid, make_proposal
from tests.permissions.row import Row

READ = "200: owner lead manager director marketing gm clerk; 404: *"
WRITE = "{}: owner manager director; 403: lead marketing gm clerk; 404: *"
ABOVE = "{}: manager director; 403: owner lead marketing gm clerk; 404: *"
LIST = "403: hr admin finance; 200: *"


def unit(cast: Cast) -> dict[str, Any]:
    return {"unit_pk": make_unit("泉州商会", owner=cast.owner).pk}


def _unit(cast: Cast) -> Any:
    return make_unit("泉州商会", owner=cast.owner)


def proposal(cast: Cast) -> dict[str, Any]:
    where = _unit(cast)
    row = make_proposal(where, cast.owner)
    shown = Shown(business_date(), [make_person(where, "蔡文斌")])
    present(row.versions.get(), shown, by=cast.owner)
    return {"pk": row.pk}


def version(cast: Cast) -> dict[str, Any]:
    proposal(cast)
    return {"pk": ProposalVersion.objects.get().pk}


def bid(cast: Cast) -> dict[str, Any]:
    return {"pk": make_bid(_unit(cast), cast.owner).pk}


def agreement(cast: Cast) -> dict[str, Any]:
    return {"pk": make_agreement(_unit(cast), cast.owner).pk}


def today(**days: int) -> str:
    return (business_date() + timedelta(**days)).isoformat()


def new_agreement(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    told = {"title": "协议", "starts_on": today(days=300), "ends_on": today(days=400)}
    return told | {"signed_on": today(), "terms": "团购价"}


def written(cast: Cast) -> dict[str, Any]:
    return {"title": "方案", "summary": "房源"}


ROWS = [
    Row("proposals/", "GET", "-", LIST),
    Row("proposals/<int:pk>/", "GET", "own", READ, make=proposal),
    Row("accounts/<int:unit_pk>/proposals/new/", "GET", "own", WRITE.format(200), make=unit),
    Row(
        "accounts/<int:unit_pk>/proposals/new/",
        "POST",
        "own",
        WRITE.format(302),
        make=unit,
        body=lambda cast, _k: written(cast),
    ),
    Row("proposals/<int:pk>/version/", "GET", "own", WRITE.format(200), make=proposal),
    Row(
        "proposals/<int:pk>/version/",
        "POST",
        "own",
        WRITE.format(302),
        make=proposal,
        body=lambda _c, _k: {"version": "1", "summary": "第二版"},
    ),
    Row("proposals/versions/<int:pk>/present/", "GET", "own", WRITE.format(200), make=version),
    Row(
        "proposals/versions/<int:pk>/present/",
        "POST",
        "own",
        WRITE.format(302),
        make=version,
        body=lambda _c, _k: {"on": today(), "persons": [Person.objects.get().pk]},
    ),
    Row("proposals/<int:pk>/answer/", "GET", "own", WRITE.format(200), make=proposal),
    Row(
        "proposals/<int:pk>/answer/",
        "POST",
        "own",
        WRITE.format(302),
        make=proposal,
        body=lambda _c, _k: {"version": "1", "state": "accepted", "on": today(), "words": "同意"},
    ),
    Row("bids/", "GET", "-", LIST),
    Row("bids/<int:pk>/", "GET", "own", READ, make=bid),
    Row("accounts/<int:unit_pk>/bids/new/", "GET", "own", WRITE.format(200), make=unit),
    Row(
        "accounts/<int:unit_pk>/bids/new/",
        "POST",
        "own",
        WRITE.format(302),
        make=unit,
        body=lambda cast, _k: {"title": "招标", "opens_on": today(days=9), "responsible": cast.owner.pk},
    ),
    Row("bids/<int:pk>/move/", "GET", "own", WRITE.format(200), make=bid),
    Row(
        "bids/<int:pk>/move/",
        "POST",
        "own",
        WRITE.format(302),
        make=bid,
        body=lambda _c, _k: {"version": "1", "target": "ready", "on": today()},
    ),
    Row("agreements/", "GET", "-", LIST),
    Row("agreements/<int:pk>/", "GET", "own", READ, make=agreement),
    Row("accounts/<int:unit_pk>/agreements/new/", "GET", "own", WRITE.format(200), make=unit),
    Row(
        "accounts/<int:unit_pk>/agreements/new/",
        "POST",
        "own",
        WRITE.format(302),
        make=unit,
        body=new_agreement,
    ),
    Row("agreements/<int:pk>/renew/", "GET", "own", WRITE.format(200), make=agreement),
    Row(
        "agreements/<int:pk>/renew/",
        "POST",
        "own",
        WRITE.format(302),
        make=agreement,
        body=new_agreement,
    ),
    Row("agreements/<int:pk>/end/", "GET", "own", ABOVE.format(200), make=agreement),
    Row(
        "agreements/<int:pk>/end/",
        "POST",
        "own",
        ABOVE.format(302),
        make=agreement,
        body=lambda _c, _k: {"version": "1", "on": today(), "reason": "改制"},
    ),
]
