"""Quotes follow their unit."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from accounts.persons.models import Person
from campaigns.campaigns.models import Campaign
from campaigns.deals.services import DealTerms
from campaigns.quotes.services import make_quote
from kam.approvals.routes import load_default_routes
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_person, make_unit
from tests.factories.campaigns import make_campaign, make_rules
from tests.permissions.row import Row

READ = "200: owner lead manager director marketing gm clerk; 404: *"
WRITE = "{}: owner manager director; 403: lead marketing gm clerk; 404: *"


def unit(cast: Cast) -> dict[str, Any]:
    make_rules(make_campaign(window_from=None, window_to=None), sets=2)
    where = make_unit("泉州商会", owner=cast.owner, channel="chamber")
    make_person(where, "洪嘉伟")
    return {"unit_pk": where.pk}


def quote(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    unit(cast)
    person = Person.objects.get()
    terms = DealTerms(Campaign.objects.get(), person, Decimal(442_000))
    return {"pk": make_quote(person.unit, terms, valid_until=business_date(), by=cast.owner).pk}


def person(cast: Cast) -> dict[str, Any]:
    return {"pk": make_person(make_unit("泉州商会", owner=cast.owner), "洪嘉伟").pk}


def new(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    told = {"quantity": "1", "list_amount": "442000", "payment_mode": "lump-sum"}
    told["valid_until"] = business_date() + timedelta(days=3)
    return told | {"campaign": Campaign.objects.get().pk, "customer": Person.objects.get().pk}


def first(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"version": "1"}


def special(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"kind": "price", "wanted_amount": "400000", "evaluation": "x"}


def certificate(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"kind": "教师资格证", "number": "2008350012"}


ROWS = [
    Row("quotes/", "GET", "-", "403: finance hr admin; 200: *"),
    Row("quotes/<int:pk>/", "GET", "own", READ, make=quote),
    Row("quotes/<int:pk>/pdf/", "GET", "own", READ, make=quote),
    Row("accounts/<int:unit_pk>/quotes/new/", "GET", "own", WRITE.format(200), make=unit),
    Row("accounts/<int:unit_pk>/quotes/new/", "POST", "own", WRITE.format(302), make=unit, body=new),
    Row("quotes/<int:pk>/price/", "POST", "own", WRITE.format(302), make=quote, body=first),
    Row("quotes/<int:pk>/withdraw/", "POST", "own", WRITE.format(302), make=quote, body=first),
    Row("quotes/<int:pk>/deal/", "GET", "own", WRITE.format(200), make=quote),
    Row("quotes/<int:pk>/deal/", "POST", "own", WRITE.format(302), make=quote, body=first),
    Row("quotes/<int:pk>/special/", "GET", "own", WRITE.format(200), make=quote),
    Row("quotes/<int:pk>/special/", "POST", "own", WRITE.format(302), make=quote, body=special),
    Row(
        "quotes/comparison/<int:campaign_pk>/",
        "GET",
        "-",
        "403: finance hr admin; 200: *",
        make=lambda _cast: {"campaign_pk": make_campaign().pk},
    ),
    Row("persons/<int:pk>/certificate/", "GET", "own", WRITE.format(200), make=person),
    Row("persons/<int:pk>/certificate/", "POST", "own", WRITE.format(302), make=person, body=certificate),
]
