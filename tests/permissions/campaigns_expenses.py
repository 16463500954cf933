"""A claim is its claimant's; whoever leads the team reads it; finance sees what is to be paid, and pays it."""

from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.budgets.models import BudgetLine
from campaigns.expenses import phone
from campaigns.expenses.models import PhoneLimit, Receipt
from campaigns.expenses.rules import month_start
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.budgets import line_of, make_budget
from tests.factories.expenses import make_approved_claim, make_claim
from tests.permissions.row import Row

LIST = "403: hr admin; 200: *"
NEW = "403: hr admin; 302: *"
READ = "200: owner lead manager director marketing gm clerk; 404: *"
SEEN = "200: owner lead manager director marketing gm clerk finance; 404: *"
MINE = "200: owner; 403: lead manager director marketing gm clerk; 404: *"
DONE = "302: owner; 403: lead manager director marketing gm clerk; 404: *"
LIMIT = "302: owner lead manager director marketing gm clerk; 403: hr admin; 422: *"
PAY = "200: finance; 403: owner lead manager director marketing gm clerk; 404: *"
PAID = "302: finance; 403: owner lead manager director marketing gm clerk; 404: *"
CANCEL = "200: owner finance; 403: lead manager director marketing gm clerk; 404: *"
CANCELLED = "302: owner finance; 403: lead manager director marketing gm clerk; 404: *"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def line(cast: Cast) -> BudgetLine:
    load_default_routes()
    return line_of(make_budget(cast.manager), "交通费用")


def money(cast: Cast) -> dict[str, Any]:
    line(cast)
    return {}


def draft(cast: Cast) -> dict[str, Any]:
    return {"pk": make_claim(cast.owner, line(cast), 46).pk}


def receipt(cast: Cast) -> dict[str, Any]:
    return {"pk": Receipt.objects.get(claim=draft(cast)["pk"]).pk}


def approved(cast: Cast) -> dict[str, Any]:
    return {"pk": make_approved_claim(cast.owner, line(cast)).pk}


def begun(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"purpose": "走访", "line": BudgetLine.objects.get(name="交通费用").pk}


def added(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    told = {
        "kind": "transport",
        "on": business_date().isoformat(),
        "number": "7",
        "amount": "9",
        "text": "车",
    }
    return told | {"file": SimpleUploadedFile("r.pdf", PDF, content_type="application/pdf")}


def paid(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"document": "ZF-1"}


def cancelled(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"reason": "票据有误"}


def limit_asked(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    asked = phone.Asked(Decimal(150), month_start(business_date()), False, "外呼多")
    return {"pk": phone.ask_limit(cast.owner, asked, by=cast.owner).pk}


def limit_returned(cast: Cast) -> dict[str, Any]:
    told = limit_asked(cast)
    request = request_for(phone.SUBJECT, PhoneLimit.objects.get(**told))
    assert request is not None
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="少一些")
    return told


def routes(_cast: Cast) -> dict[str, Any]:
    load_default_routes()
    return {}


def limit_body(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    version = PhoneLimit.objects.get(**kwargs).version if kwargs else 1
    told = {"amount": "150", "starts_on": month_start(business_date()).isoformat(), "reason": "外呼多"}
    return told | {"version": version}


def limit_of_owner(cast: Cast, kwargs: Any) -> dict[str, Any]:
    return limit_body(cast, kwargs) | {"user": cast.owner.pk}


ROWS = [
    Row("expenses/", "GET", "-", LIST),
    Row("expenses/new/", "GET", "-", LIST),
    Row("expenses/new/", "POST", "-", NEW, make=money, body=begun),
    Row("expenses/phone/", "GET", "-", LIST),
    Row("expenses/phone/new/", "GET", "-", LIST),
    Row("expenses/phone/new/", "POST", "of the owner", LIMIT, make=routes, body=limit_of_owner),
    Row("expenses/phone/<int:pk>/", "GET", "asked", READ, make=limit_asked),
    Row("expenses/phone/<int:pk>/edit/", "GET", "returned", MINE, make=limit_returned),
    Row("expenses/phone/<int:pk>/edit/", "POST", "returned", DONE, make=limit_returned, body=limit_body),
    Row("expenses/<int:pk>/", "GET", "draft", READ, make=draft),
    Row("expenses/<int:pk>/", "GET", "approved", SEEN, make=approved),
    Row("expenses/<int:pk>/receipts/new/", "GET", "draft", MINE, make=draft),
    Row("expenses/<int:pk>/receipts/new/", "POST", "draft", DONE, make=draft, body=added),
    Row("expenses/receipts/<int:pk>/drop/", "POST", "draft", DONE, make=receipt),
    Row("expenses/<int:pk>/submit/", "POST", "draft", DONE, make=draft),
    Row("expenses/<int:pk>/pay/", "GET", "approved", PAY, make=approved),
    Row("expenses/<int:pk>/pay/", "POST", "approved", PAID, make=approved, body=paid),
    Row("expenses/<int:pk>/cancel/", "GET", "approved", CANCEL, make=approved),
    Row("expenses/<int:pk>/cancel/", "POST", "approved", CANCELLED, make=approved, body=cancelled),
    Row("expenses/<int:pk>/claim.pdf", "GET", "approved", SEEN, make=approved),
]
