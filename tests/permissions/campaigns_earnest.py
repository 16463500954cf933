"""Earnest money follows its unit; an ordinary buyer's follows who noted it; finance sees all, and confirms what was paid."""

from typing import Any

from accounts.persons.models import Person
from campaigns.campaigns.models import Campaign
from campaigns.earnest.models import Earnest
from campaigns.earnest.sessions import open_choosing
from kam.approvals.routes import load_default_routes
from tests.conftest import Cast
from tests.factories.accounts import make_person, make_unit
from tests.factories.campaigns import make_campaign
from tests.factories.earnest import make_earnest, receive
from tests.permissions.row import Row

READ = "{}: owner lead manager director marketing gm clerk finance; 404: *"
WRITE = "{}: owner manager director; 403: lead marketing gm clerk finance; 404: *"
CONFIRM = "{}: finance; 403: owner lead manager director marketing gm clerk; 404: *"
UNIT_WRITE = "{}: owner manager director; 403: lead marketing gm clerk; 404: *"
NO_ROWS = "403: hr admin; 200: *"
NOTE = "403: marketing gm finance clerk hr admin; {}: *"
RUN = "{}: manager other_manager director; 403: *"


def unit(cast: Cast) -> dict[str, Any]:
    make_campaign(window_from=None, window_to=None)
    where = make_unit("泉州商会", owner=cast.owner, channel="chamber")
    make_person(where, "洪嘉伟")
    return {"unit_pk": where.pk}


def noted(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    where = make_unit("泉州商会", owner=cast.owner, channel="chamber")
    return {"pk": make_earnest(make_campaign(), cast.owner, "洪嘉伟", where).pk}


def received(cast: Cast) -> dict[str, Any]:
    kwargs = noted(cast)
    receive(Earnest.objects.get(), cast.finance)
    return kwargs


def campaign(_cast: Cast) -> dict[str, Any]:
    make_campaign()
    return {}


def waiting(cast: Cast) -> dict[str, Any]:
    received(cast)
    return {"pk": Campaign.objects.get().pk}


def opened(cast: Cast) -> dict[str, Any]:
    kwargs = waiting(cast)
    open_choosing(Campaign.objects.get(), by=cast.manager)
    return kwargs | {"act": "next"}


def new(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    person = Person.objects.first()
    return {
        "campaign": Campaign.objects.get().pk,
        "person": person.pk if person else "",
        "name": "曾丽",
        "amount": "5000",
    }


def version(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"version": str(Earnest.objects.get().version), "receipt_no": "R-1", "reason": "不买了"}


ROWS = [
    Row("earnest/", "GET", "-", NO_ROWS),
    Row("earnest/new/", "GET", "-", NOTE.format(200), make=campaign),
    Row("earnest/new/", "POST", "-", NOTE.format(302), make=campaign, body=new),
    Row("earnest/<int:pk>/", "GET", "noted", READ.format(200), make=noted),
    Row("earnest/<int:pk>/receipt/", "GET", "noted", CONFIRM.format(200), make=noted),
    Row("earnest/<int:pk>/receipt/", "POST", "noted", CONFIRM.format(302), make=noted, body=version),
    Row("earnest/<int:pk>/drop/", "POST", "noted", WRITE.format(302), make=noted, body=version),
    Row("earnest/<int:pk>/refund/", "GET", "received", WRITE.format(200), make=received),
    Row("earnest/<int:pk>/refund/", "POST", "received", WRITE.format(302), make=received, body=version),
    Row("earnest/<int:pk>/pdf/", "GET", "received", READ.format(200), make=received),
    Row("accounts/<int:unit_pk>/earnest/new/", "GET", "own", UNIT_WRITE.format(200), make=unit),
    Row("accounts/<int:unit_pk>/earnest/new/", "POST", "own", UNIT_WRITE.format(302), make=unit, body=new),
    Row("campaigns/<int:pk>/choosing/", "GET", "-", NO_ROWS, make=waiting),
    Row("campaigns/<int:pk>/choosing/<slug:act>/", "POST", "next", RUN.format(302), make=opened),
]
