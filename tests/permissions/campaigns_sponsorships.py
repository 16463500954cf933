"""Sponsorships follow whoever asked and the unit; finance sees what is approved."""

from typing import Any

from campaigns.budgets.models import BudgetLine
from campaigns.sponsorships.models import Sponsorship
from campaigns.sponsorships.services import SUBJECT
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.factories.budgets import line_of, make_budget
from tests.factories.integrity import make_receiver
from tests.factories.sponsorships import make_approved_sponsorship, make_sponsorship
from tests.permissions.row import Row

LIST = "403: hr admin; 200: *"
SELL = "403: marketing gm finance clerk hr admin; 200: *"
SOLD = "403: marketing gm finance clerk hr admin; 302: *"
READ = "200: owner lead manager director marketing gm clerk; 404: *"
SEEN = "200: owner lead manager director marketing gm clerk finance; 404: *"
ASK = "200: owner manager director; 403: lead marketing gm clerk; 404: *"
ASKED = "302: owner manager director; 403: lead marketing gm clerk; 404: *"
END = "200: owner manager director; 403: lead marketing gm clerk finance; 404: *"
ENDED = "302: owner manager director; 403: lead marketing gm clerk finance; 404: *"
RETURNED = "200: owner; 403: lead manager director marketing gm clerk; 404: *"
AGAIN = "302: owner; 403: lead manager director marketing gm clerk; 404: *"


def place(cast: Cast) -> tuple[Any, list[Any]]:
    load_default_routes()
    person = make_receiver(make_unit("泉州商会", owner=cast.owner, channel="factory"))
    return line_of(make_budget(cast.manager)), [person]


def unit(cast: Cast) -> dict[str, Any]:
    return {"unit_pk": place(cast)[1][0].unit_id}


def money(cast: Cast) -> dict[str, Any]:
    place(cast)
    return {}


def asked(cast: Cast) -> dict[str, Any]:
    line, people = place(cast)
    return {"pk": make_sponsorship(line, cast.owner, people).pk}


def returned(cast: Cast) -> dict[str, Any]:
    line, people = place(cast)
    row = make_sponsorship(line, cast.owner, people)
    request = request_for(SUBJECT, row)
    assert request is not None
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="太贵")
    return {"pk": row.pk}


def approved(cast: Cast) -> dict[str, Any]:
    line, people = place(cast)
    return {"pk": make_approved_sponsorship(line, cast.owner, people).pk}


def request_of(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    today = business_date().isoformat()
    line = BudgetLine.objects.get(name="公关招待费")
    told = {"kind": "sports", "title": "环湖跑", "on": today, "until": today, "line": line.pk}
    return told | {"purpose": "让职工认识产品", "estimate_amount": "100"}


def request_again(cast: Cast, kwargs: Any) -> dict[str, Any]:
    return request_of(cast, kwargs) | {"version": Sponsorship.objects.get(**kwargs).version}


def report(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"amount": "90", "document": "FP-1", "result": "登记 12 人"}


def because(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"reason": "改期"}


ROWS = [
    Row("sponsorships/", "GET", "-", LIST),
    Row("sponsorships/new/", "GET", "-", SELL, make=money),
    Row("sponsorships/new/", "POST", "-", SOLD, make=money, body=request_of),
    Row("accounts/<int:unit_pk>/sponsorships/new/", "GET", "own", ASK, make=unit),
    Row("accounts/<int:unit_pk>/sponsorships/new/", "POST", "own", ASKED, make=unit, body=request_of),
    Row("sponsorships/<int:pk>/", "GET", "asked", READ, make=asked),
    Row("sponsorships/<int:pk>/", "GET", "approved", SEEN, make=approved),
    Row("sponsorships/<int:pk>/edit/", "GET", "returned", RETURNED, make=returned),
    Row("sponsorships/<int:pk>/edit/", "POST", "returned", AGAIN, make=returned, body=request_again),
    Row("sponsorships/<int:pk>/report/", "GET", "approved", END, make=approved),
    Row("sponsorships/<int:pk>/report/", "POST", "approved", ENDED, make=approved, body=report),
    Row("sponsorships/<int:pk>/cancel/", "GET", "approved", END, make=approved),
    Row("sponsorships/<int:pk>/cancel/", "POST", "approved", ENDED, make=approved, body=because),
    Row("sponsorships/<int:pk>/request.pdf", "GET", "approved", SEEN, make=approved),
]
