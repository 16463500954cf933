"""Rebates follow their unit; finance sees what was approved, checks and pays; the director takes back."""

from typing import Any

from campaigns.deals.models import Deal
from campaigns.deals.services import cancel_deal
from campaigns.rebates.models import Rebate, RebateVersion, Recovery
from campaigns.rebates.services import pay
from tests.conftest import Cast
from tests.factories.rebates import PAPERS, make_checked, make_closed, make_payable, make_place
from tests.permissions.admin import STAFF, admin_rows
from tests.permissions.row import Row

NO_ROWS = "403: hr admin; 200: *"
READ = "200: owner lead manager director marketing gm clerk finance; 404: *"
WHY = "200: owner lead manager director marketing gm clerk; 403: finance; 404: *"
CLAIM = "{}: owner manager director; 403: lead marketing gm clerk finance; 404: *"
FINANCE = "{}: finance; 403: owner lead manager director marketing gm clerk; 404: *"
DIRECTOR = "{}: director; 403: owner lead manager finance marketing gm clerk; 404: *"
BOTH = "{}: finance director; 403: owner lead manager marketing gm clerk; 404: *"


def closed(cast: Cast) -> dict[str, Any]:
    unit, campaign, _person = make_place(cast)
    return {"pk": make_closed(unit, campaign, cast).pk}


def payable(cast: Cast) -> dict[str, Any]:
    return {"pk": make_payable(Deal.objects.get(pk=closed(cast)["pk"]), cast).pk}


def checked(cast: Cast) -> dict[str, Any]:
    return {"pk": make_checked(Deal.objects.get(pk=closed(cast)["pk"]), cast).pk}


def paid(cast: Cast) -> dict[str, Any]:
    kwargs = checked(cast)
    rebate = Rebate.objects.get()
    pay(rebate, by=cast.finance, version=rebate.version)
    return kwargs


def recovery(cast: Cast) -> dict[str, Any]:
    paid(cast)
    deal = Deal.objects.get()
    cancel_deal(deal, reason="退房", by=cast.director, version=deal.version)
    return {"pk": Recovery.objects.get().pk}


def version(cast: Cast) -> int:
    make_place(cast)
    return RebateVersion.objects.get().pk


def claim(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    documents = {"basis_document": "协议", "employer_document": "告知函"}
    return {"mode": "cash", "compliance_reason": "推荐奖励"} | documents


def papers(cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return PAPERS | {"version": Rebate.objects.get().version, "escort": cast.owner.pk}


def body(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"version": Rebate.objects.get().version, "tax": "0", "reason": "重复"}


ROWS = [
    Row("rebates/", "GET", "-", NO_ROWS),
    Row("rebates/totals/", "GET", "-", NO_ROWS),
    Row("rebates/pay/", "POST", "-", "200: finance; 403: *"),
    Row("rebates/<int:pk>/", "GET", "payable", READ, make=payable),
    Row("rebates/<int:pk>/check/", "GET", "payable", FINANCE.format(200), make=payable),
    Row("rebates/<int:pk>/check/", "POST", "payable", FINANCE.format(302), make=payable, body=papers),
    Row("rebates/<int:pk>/pay/", "GET", "checked", FINANCE.format(200), make=checked),
    Row("rebates/<int:pk>/pay/", "POST", "checked", FINANCE.format(302), make=checked, body=body),
    Row("rebates/<int:pk>/void/", "GET", "payable", DIRECTOR.format(200), make=payable),
    Row("rebates/<int:pk>/void/", "POST", "payable", DIRECTOR.format(302), make=payable, body=body),
    Row("rebates/<int:pk>/pdf/", "GET", "paid", READ, make=paid),
    Row("rebates/recoveries/<int:pk>/", "GET", "open", BOTH.format(200), make=recovery),
    Row(
        "rebates/recoveries/<int:pk>/",
        "POST",
        "open",
        "302: finance; 422: director; 403: owner lead manager marketing gm clerk; 404: *",
        make=recovery,
        body=lambda _c, _k: {"version": "1", "what": "recovered", "note": "已退回"},
    ),
    Row("deals/<int:pk>/rebate/", "GET", "closed", WHY, make=closed),
    Row("deals/<int:pk>/rebate/claim/", "GET", "closed", CLAIM.format(200), make=closed),
    Row("deals/<int:pk>/rebate/claim/", "POST", "closed", CLAIM.format(302), make=closed, body=claim),
    *admin_rows("campaigns/rebateversion", see=STAFF, make=version),
]
