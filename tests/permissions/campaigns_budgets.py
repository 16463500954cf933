"""Budgets: planners draft, deciders approve elsewhere, the department asks by report, finance books; HR and administrators see nothing."""

from typing import Any

from campaigns.budgets.models import Budget, BudgetChange, Movement
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from tests.conftest import Cast
from tests.factories.budgets import (
    line_of,
    make_budget,
    make_draft,
    make_payment,
    make_report,
    make_reservation,
)
from tests.permissions.row import Row

READERS = (
    "owner same_team lead manager other_team other_lead other_manager director marketing gm finance clerk"
)
PLANNERS = "manager other_manager director marketing"
ASKERS = "owner same_team lead manager other_team other_lead other_manager director marketing"
LIST = f"200: {READERS}; 403: *"
SEEN = f"200: {READERS}; 404: *"
DRAFT = f"200: {PLANNERS} gm finance; 404: *"
EDIT = f"200: {PLANNERS}; 403: gm finance; 404: *"
EDITED = f"302: {PLANNERS}; 403: gm finance; 404: *"
ASK = f"200: {ASKERS}; 403: gm finance clerk; 404: *"
ASKED = f"302: {ASKERS}; 403: gm finance clerk; 404: *"
COPIED = f"302: {PLANNERS}; 403: {' '.join(w for w in READERS.split() if w not in PLANNERS.split())}; 404: *"
NOT_FINANCE = " ".join(who for who in READERS.split() if who != "finance")
BOOK = f"200: finance; 403: {NOT_FINANCE}; 404: *"
BOOKED = f"302: finance; 403: {NOT_FINANCE}; 404: *"
RETURNED = f"200: owner; 403: {' '.join(who for who in READERS.split() if who != 'owner')}; 404: *"
HEAD = {"name": "新预算", "level": ["1"], "line_name": ["礼品"], "amount": ["10"], "line_note": [""]}


def draft(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    return {"pk": make_draft(cast.manager).pk}


def approved(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    return {"pk": make_budget(cast.manager).pk}


def reservation(cast: Cast) -> dict[str, Any]:
    return {"pk": make_reservation(make_budget(cast.manager), cast.finance).pk}


def payment(cast: Cast) -> dict[str, Any]:
    return {"pk": make_payment(make_budget(cast.manager), cast.finance).pk}


def report(cast: Cast) -> dict[str, Any]:
    load_default_routes()
    return {"pk": make_report(make_budget(cast.manager), cast.owner).pk}


def returned(cast: Cast) -> dict[str, Any]:
    told = report(cast)
    request = request_for("budget_supplement", BudgetChange.objects.get(**told))
    assert request is not None
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="太高")
    return told


def new(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return HEAD


def redrafted(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {**HEAD, "version": 1}


def asked(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    return {"line": _line(kwargs), "amount": "1", "reason": "超出"}


def moved(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    return {**asked(_cast, kwargs), "from_line": _line(kwargs, "交通费用")}


def booked(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    return {"line": _line(kwargs), "act": "spend", "amount": "1", "document": "FP-2"}


def paid(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"amount": "1", "document": "FP-2"}


def again(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    change = BudgetChange.objects.get(**kwargs)
    return {"line": change.line_id, "amount": "2", "reason": "超出", "version": change.version}


def _line(kwargs: Any, name: str = "公关招待费") -> int:

    return line_of(Budget.objects.get(**kwargs), name).pk


def taken_back(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    assert Movement.objects.filter(**kwargs).exists()
    return {"text": "发票有误"}


ROWS = [
    Row("budgets/", "GET", "-", LIST),
    Row("budgets/lines/", "GET", "-", LIST),
    Row("budgets/entries/", "GET", "-", LIST),
    Row("budgets/new/", "GET", "-", f"200: {PLANNERS}; 403: *"),
    Row("budgets/new/", "POST", "-", f"302: {PLANNERS}; 403: *", body=new),
    Row("budgets/<int:pk>/", "GET", "draft", DRAFT, make=draft),
    Row("budgets/<int:pk>/", "GET", "approved", SEEN, make=approved),
    Row("budgets/<int:pk>/edit/", "GET", "draft", EDIT, make=draft),
    Row("budgets/<int:pk>/edit/", "POST", "draft", EDITED, make=draft, body=redrafted),
    Row("budgets/<int:pk>/submit/", "POST", "draft", EDITED, make=draft),
    Row("budgets/<int:pk>/copy/", "POST", "approved", COPIED, make=approved),
    Row("budgets/<int:pk>/budget.pdf", "GET", "approved", SEEN, make=approved),
    Row("budgets/<int:pk>/statement.pdf", "GET", "approved", SEEN, make=approved),
    Row("budgets/<int:pk>/supplement/", "GET", "approved", ASK, make=approved),
    Row("budgets/<int:pk>/supplement/", "POST", "approved", ASKED, make=approved, body=asked),
    Row("budgets/<int:pk>/transfer/", "GET", "approved", ASK, make=approved),
    Row("budgets/<int:pk>/transfer/", "POST", "approved", ASKED, make=approved, body=moved),
    Row("budgets/<int:pk>/book/", "GET", "approved", BOOK, make=approved),
    Row("budgets/<int:pk>/book/", "POST", "approved", BOOKED, make=approved, body=booked),
    Row("budgets/entries/<int:pk>/pay/", "GET", "reserved", BOOK, make=reservation),
    Row("budgets/entries/<int:pk>/pay/", "POST", "reserved", BOOKED, make=reservation, body=paid),
    Row("budgets/entries/<int:pk>/release/", "POST", "reserved", BOOKED, make=reservation),
    Row("budgets/entries/<int:pk>/take-back/", "GET", "paid", BOOK, make=payment),
    Row("budgets/entries/<int:pk>/take-back/", "POST", "paid", BOOKED, make=payment, body=taken_back),
    Row("budgets/reports/<int:pk>/", "GET", "handed in", SEEN, make=report),
    Row("budgets/reports/<int:pk>/edit/", "GET", "returned", RETURNED, make=returned),
    Row(
        "budgets/reports/<int:pk>/edit/",
        "POST",
        "returned",
        RETURNED.replace("200", "302"),
        make=returned,
        body=again,
    ),
    Row("budgets/reports/<int:pk>/report.pdf", "GET", "handed in", SEEN, make=report),
]
