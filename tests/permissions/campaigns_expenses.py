"""A claim is its claimant's; whoever leads the team reads it; finance sees what is to be paid, and pays it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.budgets.models import BudgetLine
from campaigns.expenses.models import Receipt
from kam.approvals.routes import load_default_routes
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
PAY = "200: finance; 403: owner lead manager director marketing gm clerk; 404: *"
PAID = "302: finance; 403: owner lead manager director marketing gm clerk; 404: *"
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


ROWS = [
    Row("expenses/", "GET", "-", LIST),
    Row("expenses/new/", "GET", "-", LIST),
    Row("expenses/new/", "POST", "-", NEW, make=money, body=begun),
    Row("expenses/<int:pk>/", "GET", "draft", READ, make=draft),
    Row("expenses/<int:pk>/", "GET", "approved", SEEN, make=approved),
    Row("expenses/<int:pk>/receipts/new/", "GET", "draft", MINE, make=draft),
    Row("expenses/<int:pk>/receipts/new/", "POST", "draft", DONE, make=draft, body=added),
    Row("expenses/receipts/<int:pk>/drop/", "POST", "draft", DONE, make=receipt),
    Row("expenses/<int:pk>/submit/", "POST", "draft", DONE, make=draft),
    Row("expenses/<int:pk>/pay/", "GET", "approved", PAY, make=approved),
    Row("expenses/<int:pk>/pay/", "POST", "approved", PAID, make=approved, body=paid),
    Row("expenses/<int:pk>/claim.pdf", "GET", "approved", SEEN, make=approved),
]
