"""An account is its holder's; whoever leads the team reads it; the clerk hands out, takes back and keeps the stock."""

from typing import Any

from campaigns.materials.models import Material
from campaigns.supplies import services
from campaigns.supplies.models import SupplyAccount
from campaigns.supplies.terms import EntryKind
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from tests.conftest import Cast
from tests.factories.supplies import enter, make_account, make_supply
from tests.permissions.row import Row

LIST = "403: finance hr admin; 200: *"
NEW = "403: gm finance hr admin; {}: *"
READ = "200: owner lead manager director marketing gm clerk; 403: finance hr admin; 404: *"
OWN = "{}: owner; 403: lead manager director marketing gm clerk finance hr admin; 404: *"
KEEP = "{}: clerk; 403: owner lead manager director marketing gm finance hr admin; 404: *"
USE = "{}: owner clerk; 403: lead manager director marketing gm finance hr admin; 404: *"
STOCK = "{}: clerk; 403: *"


def routes(_cast: Cast) -> dict[str, Any]:
    load_default_routes()
    return {}


def supply(cast: Cast) -> dict[str, Any]:
    return {"pk": make_supply(cast.clerk).pk}


def opened(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    make_supply(cast.clerk)
    return {"pk": make_account(cast.owner).pk}


def drawn(cast: Cast) -> dict[str, Any]:
    told = opened(cast)
    account = SupplyAccount.objects.get(**told)
    enter(account, EntryKind.DRAWN, Material.objects.supplies().get(), 5, by=cast.clerk)
    return told


def returned(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    account = services.ask_account("日常", by=cast.owner)
    request = request_for(services.SUBJECT, account)
    assert request is not None
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="用途")
    return {"pk": account.pk}


def asked(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    version = SupplyAccount.objects.get(**kwargs).version if kwargs else 1
    return {"team": "", "reason": "日常", "version": version}


def entered(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"material": Material.objects.supplies().get().pk, "quantity": "2", "text": "拜访"}


def kept(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    version = Material.objects.get(**kwargs).version if kwargs else 1
    return {"name": "订书机", "quantity": "3", "measure": "个", "version": version, "kind": "receipt"}


AT = "supplies/<int:pk>/"
ITEM = "supplies/stock/<int:pk>/"
ROWS = [
    Row("supplies/", "GET", "-", LIST),
    Row("supplies/new/", "GET", "-", NEW.format(200)),
    Row("supplies/new/", "POST", "-", NEW.format(302), make=routes, body=asked),
    Row(AT, "GET", "open", READ, make=opened),
    Row(f"{AT}statement.pdf", "GET", "open", READ, make=opened),
    Row(f"{AT}edit/", "GET", "returned", OWN.format(200), make=returned),
    Row(f"{AT}edit/", "POST", "returned", OWN.format(302), make=returned, body=asked),
    Row(f"{AT}draw/", "GET", "open", KEEP.format(200), make=opened),
    Row(f"{AT}draw/", "POST", "open", KEEP.format(302), make=opened, body=entered),
    Row(f"{AT}back/", "GET", "drawn", KEEP.format(200), make=drawn),
    Row(f"{AT}back/", "POST", "drawn", KEEP.format(302), make=drawn, body=entered),
    Row(f"{AT}used/", "GET", "drawn", USE.format(200), make=drawn),
    Row(f"{AT}used/", "POST", "drawn", USE.format(302), make=drawn, body=entered),
    Row(f"{AT}close/", "POST", "open", KEEP.format(302), make=opened),
    Row("supplies/stock/", "GET", "-", LIST),
    Row("supplies/stock/new/", "GET", "-", STOCK.format(200)),
    Row("supplies/stock/new/", "POST", "-", STOCK.format(302), body=kept),
    Row(ITEM, "GET", "in stock", LIST, make=supply),
    Row(f"{ITEM}edit/", "GET", "in stock", STOCK.format(200), make=supply),
    Row(f"{ITEM}edit/", "POST", "in stock", STOCK.format(302), make=supply, body=kept),
    Row(f"{ITEM}move/", "GET", "in stock", STOCK.format(200), make=supply),
    Row(f"{ITEM}move/", "POST", "in stock", STOCK.format(302), make=supply, body=kept),
]
