"""Deals follow their unit; finance sees what was signed, and records what was paid."""

from typing import Any

from accounts.persons.models import Person
from campaigns.campaigns.models import Campaign
from campaigns.deals.models import Crossing
from campaigns.deals.services import cancel_deal
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_person, make_unit
from tests.factories.campaigns import make_campaign, make_deal, make_rules, make_signed
from tests.permissions.row import Row

READ = "200: owner lead manager director marketing gm clerk; 404: *"
WRITE = "200: owner manager director; 403: lead marketing gm clerk; 404: *"
DONE = "302: owner manager director; 403: lead marketing gm clerk; 404: *"
NO_ROWS = "403: hr admin; 200: *"


def place(cast: Cast) -> tuple[Any, Any]:
    campaign = make_campaign(window_from=None, window_to=None)
    make_rules(campaign, sets=2)
    return make_unit("泉州商会", owner=cast.owner, channel="chamber"), campaign


def agreed(cast: Cast) -> dict[str, Any]:
    return {"pk": make_deal(*place(cast)).pk}


def signed(cast: Cast) -> dict[str, Any]:
    return {"pk": make_signed(*place(cast)).pk}


def unit(cast: Cast) -> dict[str, Any]:
    where, _campaign = place(cast)
    make_person(where, "洪嘉伟")
    return {"unit_pk": where.pk}


def lost(cast: Cast) -> dict[str, Any]:
    where = place(cast)
    deals = [make_signed(*where, name) for name in ("甲", "乙")]
    cancel_deal(deals[1], reason="x", by=cast.manager, version=deals[1].version)
    return {"pk": Crossing.objects.to_decide().get().pk}


def new(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    person = Person.objects.get(unit=kwargs["unit_pk"])
    told = {"quantity": "1", "list_amount": "442000", "payment_mode": "lump-sum"}
    return told | {"campaign": Campaign.objects.get().pk, "customer": person.pk}


def sign(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"version": "1", "contract_no": "HT-1", "signed_on": business_date().isoformat()}


def pay(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"amount": "1000", "received_on": business_date().isoformat(), "reference": "R-1"}


SIGNED_READ = READ.replace("clerk;", "clerk finance;")
PAY = "{}: finance; 403: owner lead manager director marketing gm clerk; 404: *"
CANCEL = "{}: manager director; 403: owner lead marketing gm clerk finance; 404: *"
DECIDE = "{}: director; 403: owner lead manager marketing gm clerk; 404: *"

ROWS = [
    Row("deals/", "GET", "-", NO_ROWS),
    Row("deals/<int:pk>/", "GET", "agreed", READ, make=agreed),
    Row("deals/<int:pk>/", "GET", "signed", SIGNED_READ, make=signed),
    Row("accounts/<int:unit_pk>/deals/new/", "GET", "own", WRITE, make=unit),
    Row("accounts/<int:unit_pk>/deals/new/", "POST", "own", DONE, make=unit, body=new),
    Row("deals/<int:pk>/sign/", "GET", "agreed", WRITE, make=agreed),
    Row("deals/<int:pk>/sign/", "POST", "agreed", DONE, make=agreed, body=sign),
    Row("deals/<int:pk>/cancel/", "GET", "signed", CANCEL.format(200), make=signed),
    Row(
        "deals/<int:pk>/cancel/",
        "POST",
        "agreed",
        DONE,
        make=agreed,
        body=lambda _c, _k: {"version": "1", "reason": "不买了"},
    ),
    Row(
        "deals/<int:pk>/cancel/",
        "POST",
        "signed",
        CANCEL.format(302),
        make=signed,
        body=lambda _c, _k: {"version": "2", "reason": "不买了"},
    ),
    Row("deals/<int:pk>/payments/", "GET", "signed", PAY.format(200), make=signed),
    Row("deals/<int:pk>/payments/", "POST", "signed", PAY.format(302), make=signed, body=pay),
    Row("deals/numbers/<int:pk>/", "GET", "lost", DECIDE.format(200), make=lost),
    Row(
        "deals/numbers/<int:pk>/",
        "POST",
        "lost",
        DECIDE.format(302),
        make=lost,
        body=lambda _c, _k: {"version": "1", "what": "keep", "reason": "好客户"},
    ),
]
