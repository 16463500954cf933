"""Gifts follow the unit of the person; finance sees what is approved; clerk and finance keep the stock and give it out."""

from typing import Any

from accounts.persons.models import Person
from campaigns.budgets.models import BudgetLine
from campaigns.gifts.models import GiftItem, GiftRequest
from campaigns.gifts.services import hand_over as handed_over
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.factories.budgets import line_of, make_budget
from tests.factories.gifts import decide_all, make_gift, make_issued, make_item
from tests.factories.integrity import make_receiver
from tests.permissions.row import Row

LIST = "403: hr admin; 200: *"
ITEM = "403: hr admin; 200: *"
KEEP = "200: clerk finance; 403: *"
KEPT = "302: clerk finance; 403: *"
READ = "200: owner lead manager director marketing gm clerk; 404: *"
SEEN = "200: owner lead manager director marketing gm clerk finance; 404: *"
WRITE = "200: owner manager director; 403: lead marketing gm clerk finance; 404: *"
DONE = "302: owner manager director; 403: lead marketing gm clerk finance; 404: *"
ASK = "200: owner manager director; 403: lead marketing gm clerk; 404: *"
ASKED = "302: owner manager director; 403: lead marketing gm clerk; 404: *"


def place(cast: Cast) -> tuple[Any, Any, Any]:
    load_default_routes()
    person = make_receiver(make_unit("泉州商会", owner=cast.owner))
    return person, make_item(), line_of(make_budget(cast.manager), "精品礼品")


def unit(cast: Cast) -> dict[str, Any]:
    return {"unit_pk": place(cast)[0].unit_id}


def asked(cast: Cast) -> dict[str, Any]:
    return {"pk": make_gift(*place(cast), cast.owner).pk}


def returned(cast: Cast) -> dict[str, Any]:
    gift = make_gift(*place(cast), cast.owner)
    request = request_for("gift_request", gift)
    assert request is not None
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="太贵")
    return {"pk": gift.pk}


def approved(cast: Cast) -> dict[str, Any]:
    return {"pk": decide_all("gift_request", make_gift(*place(cast), cast.owner)).pk}


def issued(cast: Cast) -> dict[str, Any]:
    return {"pk": make_issued(*place(cast), cast.owner, cast.clerk).pk}


def handed(cast: Cast) -> dict[str, Any]:
    told = issued(cast)
    handed_over(GiftRequest.objects.get(**told), by=cast.owner)
    return told


def item(_cast: Cast) -> dict[str, Any]:
    return {"pk": make_item().pk}


def request_of(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    person = Person.objects.get(unit_id=kwargs["unit_pk"])
    return {
        "person": person.pk,
        "item": GiftItem.objects.get().pk,
        "quantity": "1",
        "occasion": "festival",
        "reason": "走访",
        "on": business_date().isoformat(),
        "line": BudgetLine.objects.get(name="精品礼品").pk,
    }


def request_again(cast: Cast, kwargs: Any) -> dict[str, Any]:
    gift = GiftRequest.objects.get(**kwargs)
    return request_of(cast, {"unit_pk": gift.unit_id}) | {"version": gift.version}


def today(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"on": business_date().isoformat(), "how": "签名"}


def because(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"reason": "拜访取消"}


def thing(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"name": "台历", "kind": "gift", "price_amount": "9", "version": "1"}


def stocked(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"act": "receipt", "quantity": "5"}


RETURNED = "200: owner; 403: lead manager director marketing gm clerk; 404: *"
AGAIN = "302: owner; 403: lead manager director marketing gm clerk; 404: *"
ISSUE = "302: clerk finance; 403: owner lead manager director marketing gm; 404: *"

ROWS = [
    Row("gifts/", "GET", "-", LIST),
    Row("gifts/items/", "GET", "-", LIST),
    Row("gifts/items/new/", "GET", "-", KEEP),
    Row("gifts/items/new/", "POST", "-", KEPT, body=thing),
    Row("gifts/items/<int:pk>/", "GET", "-", ITEM, make=item),
    Row("gifts/items/<int:pk>/edit/", "GET", "-", KEEP, make=item),
    Row("gifts/items/<int:pk>/edit/", "POST", "-", KEPT, make=item, body=thing),
    Row("gifts/items/<int:pk>/stock/", "GET", "-", KEEP, make=item),
    Row("gifts/items/<int:pk>/stock/", "POST", "-", KEPT, make=item, body=stocked),
    Row("accounts/<int:unit_pk>/gifts/new/", "GET", "own", ASK, make=unit),
    Row("accounts/<int:unit_pk>/gifts/new/", "POST", "own", ASKED, make=unit, body=request_of),
    Row("gifts/<int:pk>/", "GET", "asked", READ, make=asked),
    Row("gifts/<int:pk>/", "GET", "approved", SEEN, make=approved),
    Row("gifts/<int:pk>/edit/", "GET", "returned", RETURNED, make=returned),
    Row("gifts/<int:pk>/edit/", "POST", "returned", AGAIN, make=returned, body=request_again),
    Row("gifts/<int:pk>/issue/", "POST", "approved", ISSUE, make=approved),
    Row("gifts/<int:pk>/hand-over/", "GET", "issued", WRITE, make=issued),
    Row("gifts/<int:pk>/hand-over/", "POST", "issued", DONE, make=issued, body=today),
    Row("gifts/<int:pk>/acknowledge/", "GET", "handed over", WRITE, make=handed),
    Row("gifts/<int:pk>/acknowledge/", "POST", "handed over", DONE, make=handed, body=today),
    Row("gifts/<int:pk>/end/", "GET", "issued", WRITE, make=issued),
    Row("gifts/<int:pk>/end/", "POST", "issued", DONE, make=issued, body=because),
    Row("gifts/<int:pk>/request.pdf", "GET", "approved", SEEN, make=approved),
]
