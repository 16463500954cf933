"""A purchase is its applicant's; whoever leads the team reads it; the clerk takes in what comes, finance pays it."""

from typing import Any

from campaigns.budgets.models import BudgetLine
from campaigns.purchases.models import Offer, Purchase
from kam.approvals.routes import load_default_routes
from tests.conftest import Cast
from tests.factories.budgets import line_of, make_budget
from tests.factories.purchases import make_approved, make_ready, make_received
from tests.permissions.row import Row

LIST = "403: hr admin; 200: *"
NEW = "403: hr admin; 302: *"
READ = "200: owner lead manager director marketing gm clerk; 404: *"
SEEN = "200: owner lead manager director marketing gm clerk finance; 404: *"
OWN = "{}: owner; 403: lead manager director marketing gm clerk; 404: *"
BUY = "{}: clerk; 403: owner lead manager director marketing gm finance; 404: *"
STOP = "{}: owner clerk; 403: lead manager director marketing gm finance; 404: *"
PAY = "{}: finance; 403: owner lead manager director marketing gm clerk; 404: *"


def line(cast: Cast) -> BudgetLine:
    load_default_routes()
    return line_of(make_budget(cast.manager), "不可预计费用")


def money(cast: Cast) -> dict[str, Any]:
    line(cast)
    return {}


def ready(cast: Cast) -> dict[str, Any]:
    return {"pk": make_ready(cast.owner, line(cast)).pk}


def offer(cast: Cast) -> dict[str, Any]:
    return {"pk": Offer.objects.get(purchase=ready(cast)["pk"]).pk}


def approved(cast: Cast) -> dict[str, Any]:
    return {"pk": make_approved(cast.owner, line(cast)).pk}


def received(cast: Cast) -> dict[str, Any]:
    return {"pk": make_received(cast.owner, line(cast), cast.clerk).pk}


def begun(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    version = Purchase.objects.get(**kwargs).version if kwargs else 1
    told = {"title": "幕布", "reason": "没有", "plan": "一套", "version": version}
    return told | {"line": BudgetLine.objects.get(name="不可预计费用").pk}


def offered(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"supplier": "天虹", "amount": "9"}


def came(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"received": "一套", "reason": "不用", "amount": "600", "document": "ZF-1"}


def why(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"why": "近"}


AT = "purchases/<int:pk>/"
OFFER = "purchases/offers/<int:pk>/"
ROWS = [
    Row("purchases/", "GET", "-", LIST),
    Row("purchases/new/", "GET", "-", LIST),
    Row("purchases/new/", "POST", "-", NEW, make=money, body=begun),
    Row(AT, "GET", "draft", READ, make=ready),
    Row(AT, "GET", "approved", SEEN, make=approved),
    Row(f"{AT}edit/", "GET", "draft", OWN.format(200), make=ready),
    Row(f"{AT}edit/", "POST", "draft", OWN.format(302), make=ready, body=begun),
    Row(f"{AT}offers/new/", "GET", "draft", OWN.format(200), make=ready),
    Row(f"{AT}offers/new/", "POST", "draft", OWN.format(302), make=ready, body=offered),
    Row(f"{OFFER}choose/", "GET", "draft", OWN.format(200), make=offer),
    Row(f"{OFFER}choose/", "POST", "draft", OWN.format(302), make=offer, body=why),
    Row(f"{OFFER}drop/", "POST", "draft", OWN.format(302), make=offer),
    Row(f"{AT}submit/", "POST", "draft", OWN.format(302), make=ready),
    Row(f"{AT}receive/", "GET", "approved", BUY.format(200), make=approved),
    Row(f"{AT}receive/", "POST", "approved", BUY.format(302), make=approved, body=came),
    Row(f"{AT}cancel/", "GET", "approved", STOP.format(200), make=approved),
    Row(f"{AT}cancel/", "POST", "approved", STOP.format(302), make=approved, body=came),
    Row(f"{AT}pay/", "GET", "received", PAY.format(200), make=received),
    Row(f"{AT}pay/", "POST", "received", PAY.format(302), make=received, body=came),
    Row(f"{AT}request.pdf", "GET", "approved", SEEN, make=approved),
]
