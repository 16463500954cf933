"""Receptions follow the unit; finance sees what is approved; the clerk may write the report."""

from typing import Any

from accounts.persons.models import Person
from campaigns.budgets.models import BudgetLine
from campaigns.receptions.models import Reception
from campaigns.receptions.services import EXCESS, SUBJECT, report_reception
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.factories.budgets import line_of, make_budget
from tests.factories.integrity import make_receiver
from tests.factories.receptions import make_approved_reception, make_reception, report_of
from tests.permissions.row import Row

LIST = "403: hr admin; 200: *"
READ = "200: owner lead manager director marketing gm clerk; 404: *"
SEEN = "200: owner lead manager director marketing gm clerk finance; 404: *"
ASK = "200: owner manager director; 403: lead marketing gm clerk; 404: *"
ASKED = "302: owner manager director; 403: lead marketing gm clerk; 404: *"
CANCEL = "200: owner manager director; 403: lead marketing gm clerk finance; 404: *"
CANCELLED = "302: owner manager director; 403: lead marketing gm clerk finance; 404: *"
REPORT = "200: owner manager director clerk; 403: lead marketing gm finance; 404: *"
REPORTED = "302: owner manager director clerk; 403: lead marketing gm finance; 404: *"
RETURNED = "200: owner; 403: lead manager director marketing gm clerk; 404: *"
AGAIN = "302: owner; 403: lead manager director marketing gm clerk; 404: *"


EXPLAIN = "200: owner; 403: lead manager director marketing gm clerk finance; 404: *"
EXPLAINED = "302: owner; 403: lead manager director marketing gm clerk finance; 404: *"


def because_of(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"reason": "账单附后"}


def place(cast: Cast) -> tuple[list[Any], Any]:
    load_default_routes()
    person = make_receiver(make_unit("泉州商会", owner=cast.owner))
    return [person], line_of(make_budget(cast.manager))


def unit(cast: Cast) -> dict[str, Any]:
    return {"unit_pk": place(cast)[0][0].unit_id}


def asked(cast: Cast) -> dict[str, Any]:
    return {"pk": make_reception(*place(cast), cast.owner).pk}


def returned(cast: Cast) -> dict[str, Any]:
    row = make_reception(*place(cast), cast.owner)
    request = request_for(SUBJECT, row)
    assert request is not None
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="太贵")
    return {"pk": row.pk}


def approved(cast: Cast) -> dict[str, Any]:
    return {"pk": make_approved_reception(*place(cast), cast.owner).pk}


def reported(cast: Cast) -> dict[str, Any]:
    people, line = place(cast)
    row = make_approved_reception(people, line, cast.owner)
    report_reception(row, report_of(people), by=cast.owner)
    return {"pk": row.pk}


def unexplained(cast: Cast) -> dict[str, Any]:
    people, line = place(cast)
    row = make_approved_reception(people, line, cast.owner)
    row = report_reception(row, report_of(people, 1_010, over_reason="涨价"), by=cast.owner)
    request = request_for(EXCESS, row)
    assert request is not None
    approvals.return_for_changes(request, by=cast.gm, version=request.version, reason="账单呢")
    return {"pk": row.pk}


def request_of(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    today = business_date().isoformat()
    return {
        "guests": [Person.objects.get(unit_id=kwargs["unit_pk"]).pk],
        "other_count": "3",
        "staff_count": "1",
        "arrives_on": today,
        "leaves_on": today,
        "purpose": "参观",
        "estimate_amount": "100",
        "line": BudgetLine.objects.get(name="公关招待费").pk,
    }


def request_again(cast: Cast, kwargs: Any) -> dict[str, Any]:
    row = Reception.objects.get(**kwargs)
    return request_of(cast, {"unit_pk": row.unit_id}) | {"version": row.version}


def report(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    came = Person.objects.get(receptions__reception=kwargs["pk"]).pk
    return {"came": [came], "amount": "90", "document": "FP-1", "course": "座谈", "result": "同意"}


def because(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"reason": "对方改期"}


ROWS = [
    Row("receptions/", "GET", "-", LIST),
    Row("accounts/<int:unit_pk>/receptions/new/", "GET", "own", ASK, make=unit),
    Row("accounts/<int:unit_pk>/receptions/new/", "POST", "own", ASKED, make=unit, body=request_of),
    Row("receptions/<int:pk>/explain/", "GET", "returned", EXPLAIN, make=unexplained),
    Row("receptions/<int:pk>/explain/", "POST", "returned", EXPLAINED, make=unexplained, body=because_of),
    Row("receptions/<int:pk>/", "GET", "asked", READ, make=asked),
    Row("receptions/<int:pk>/", "GET", "approved", SEEN, make=approved),
    Row("receptions/<int:pk>/edit/", "GET", "returned", RETURNED, make=returned),
    Row("receptions/<int:pk>/edit/", "POST", "returned", AGAIN, make=returned, body=request_again),
    Row("receptions/<int:pk>/report/", "GET", "approved", REPORT, make=approved),
    Row("receptions/<int:pk>/report/", "POST", "approved", REPORTED, make=approved, body=report),
    Row("receptions/<int:pk>/cancel/", "GET", "approved", CANCEL, make=approved),
    Row("receptions/<int:pk>/cancel/", "POST", "approved", CANCELLED, make=approved, body=because),
    Row("receptions/<int:pk>/request.pdf", "GET", "approved", SEEN, make=approved),
    Row("receptions/<int:pk>/report.pdf", "GET", "reported", SEEN, make=reported),
]
