"""Registered customers follow their unit; those of no unit follow who registered them."""

from typing import Any

from campaigns.campaigns.models import Campaign
from campaigns.prospects.models import Prospect
from campaigns.prospects.services import drop_prospect
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.factories.campaigns import make_campaign
from tests.factories.prospects import make_prospect
from tests.permissions.row import Row

LIST = "403: finance hr admin; 200: *"
REGISTER = "403: marketing gm finance clerk hr admin; {}: *"
READ = "200: owner lead manager director marketing gm clerk; 404: *"
WRITE = "{}: owner manager director; 403: lead marketing gm clerk; 404: *"


def campaign(_cast: Cast) -> dict[str, Any]:
    make_campaign(window_from=None, window_to=None)
    return {}


def unit(cast: Cast) -> dict[str, Any]:
    campaign(cast)
    return {"unit_pk": make_unit("泉州商会", owner=cast.owner, channel="chamber").pk}


def ordinary(cast: Cast) -> dict[str, Any]:
    return {"pk": make_prospect(make_campaign(), cast.owner).pk}


def of_unit(cast: Cast) -> dict[str, Any]:
    where = make_unit("泉州商会", owner=cast.owner, channel="chamber")
    return {"pk": make_prospect(make_campaign(), cast.owner, unit=where).pk}


def dropped(cast: Cast) -> dict[str, Any]:
    told = of_unit(cast)
    drop_prospect(Prospect.objects.get(), reason="已购房", by=cast.owner, version=1)
    return told


def new(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    told = {"campaign": Campaign.objects.get().pk, "name": "曾丽", "channel": "other", "source": "store"}
    return told | {"intention": "strong", "registered_on": business_date().isoformat()}


def edited(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    told = {"name": "曾丽", "channel": "other", "source": "store", "intention": "strong"}
    return told | {"version": str(Prospect.objects.get().version), "reason": "已购房"}


ROWS = [
    Row("prospects/", "GET", "-", LIST),
    Row("prospects/new/", "GET", "-", REGISTER.format(200), make=campaign),
    Row("prospects/new/", "POST", "-", REGISTER.format(302), make=campaign, body=new),
    Row("prospects/<int:pk>/", "GET", "ordinary", READ, make=ordinary),
    Row("prospects/<int:pk>/", "GET", "of a unit", READ, make=of_unit),
    Row("prospects/<int:pk>/edit/", "GET", "ordinary", WRITE.format(200), make=ordinary),
    Row("prospects/<int:pk>/edit/", "POST", "of a unit", WRITE.format(302), make=of_unit, body=edited),
    Row("prospects/<int:pk>/drop/", "GET", "of a unit", WRITE.format(200), make=of_unit),
    Row("prospects/<int:pk>/drop/", "POST", "of a unit", WRITE.format(302), make=of_unit, body=edited),
    Row("prospects/<int:pk>/take-up/", "POST", "dropped", WRITE.format(302), make=dropped, body=edited),
    Row("prospects/<int:pk>/person/", "POST", "of a unit", WRITE.format(302), make=of_unit, body=edited),
    Row("accounts/<int:unit_pk>/prospects/new/", "GET", "own", WRITE.format(200), make=unit),
    Row("accounts/<int:unit_pk>/prospects/new/", "POST", "own", WRITE.format(302), make=unit, body=new),
]
