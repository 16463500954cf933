"""Suggestions go with their unit; support with who asked and who helps; knowledge, training and standards are for everybody."""

from datetime import time, timedelta
from typing import Any

from accounts.knowledge.models import ServiceStandard, SupportRequest, Training
from accounts.knowledge.services import ask_for_support, move_support, record_suggestion
from accounts.knowledge.services_learning import Words, plan_training, write_article
from accounts.knowledge.terms import ArticleKind, Category, Department, SupportState
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.permissions.admin import admin_rows
from tests.permissions.row import Row

#: The unit is the owner's, somebody of the other team answers.
READ = "200: owner other_team lead manager director marketing gm clerk; 404: *"
FORM = "200: owner other_team manager director; 403: lead marketing gm clerk; 404: *"
DONE = "302: owner other_team manager director; 403: lead marketing gm clerk; 404: *"
NEW_FORM = "200: owner manager director clerk; 403: lead marketing gm; 404: *"
NEW_DONE = "302: owner manager director clerk; 403: lead marketing gm; 404: *"
#: The owner asked, finance helps; the owner's lead and manager see it, and who sees the department.
SUPPORT = "200: owner lead manager director marketing gm clerk finance; 404: *"
SELLERS = "owner same_team other_team lead other_lead manager other_manager director"
WRITERS = f"{SELLERS} marketing clerk hr"
EDITORS = "owner manager other_manager director marketing"
HOLDERS = "manager other_manager director marketing hr"
#: A list and a page that everybody who works here reads.
ALL = "200: *"


def unit(cast: Cast) -> dict[str, Any]:
    return {"unit_pk": make_unit("泉州商会", owner=cast.owner).pk}


def suggestion(cast: Cast) -> dict[str, Any]:
    made = make_unit("泉州商会", owner=cast.owner)
    return {"pk": record_suggestion(made, "x", owner=cast.other_team, by=cast.owner).pk}


def _support(cast: Cast) -> SupportRequest:
    return ask_for_support(
        "x", department=Department.FINANCE, helper=cast.finance, due_on=business_date(), by=cast.owner
    )


def support(cast: Cast) -> dict[str, Any]:
    return {"pk": _support(cast).pk}


def done_support(cast: Cast) -> dict[str, Any]:
    row = move_support(_support(cast), SupportState.ACCEPTED, by=cast.finance)
    return {"pk": move_support(row, SupportState.DONE, text="x", by=cast.finance).pk}


def article(cast: Cast) -> dict[str, Any]:
    words = Words(ArticleKind.ARTICLE, Category.PRODUCT, "标题", "正文")
    return {"pk": write_article(words, by=cast.owner).pk}


def _training(cast: Cast) -> Training:
    values = {
        "title": "VIP",
        "category": Category.PRODUCT,
        "on": business_date(),
        "starts_at": time(9),
        "ends_at": time(11),
        "trainer": "王老师",
    }
    return plan_training(values, [cast.owner], by=cast.manager)


def training(cast: Cast) -> dict[str, Any]:
    return {"pk": _training(cast).pk}


def place(cast: Cast) -> dict[str, Any]:
    return {"pk": _training(cast).places.get().pk}


def standard(_cast: Cast) -> int:
    return ServiceStandard.objects.create(code="planted", label="演练", better="lower", target=3).pk


def planned(cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {
        "title": "VIP",
        "category": "product",
        "on": business_date(),
        "starts_at": "09:00",
        "ends_at": "11:00",
        "trainer": "王老师",
        "people": [cast.owner.pk],
    }


def asked(cast: Cast, _kwargs: Any) -> dict[str, Any]:
    due = business_date() + timedelta(days=2)
    return {"text": "x", "department": "finance", "helper": cast.finance.pk, "due_on": due}


ARTICLE = {"kind": "article", "category": "product", "title": "题", "text": "x", "unit": "", "version": 1}
STANDARD = {"code": "new", "label": "新", "measure": "", "better": "lower", "target": "3", "place": "1"}

ROWS = [
    Row("suggestions/", "GET", "-", "403: finance hr admin; 200: *"),
    Row("accounts/<int:unit_pk>/suggestions/new/", "GET", "own", NEW_FORM, make=unit),
    Row(
        "accounts/<int:unit_pk>/suggestions/new/",
        "POST",
        "own",
        NEW_DONE,
        make=unit,
        body=lambda c, _k: {"text": "x", "received_on": "2026-03-06", "owner": c.owner.pk},
    ),
    Row("suggestions/<int:pk>/", "GET", "answered by other team", READ, make=suggestion),
    Row("suggestions/<int:pk>/answer/", "GET", "answered by other team", FORM, make=suggestion),
    Row(
        "suggestions/<int:pk>/answer/",
        "POST",
        "answered by other team",
        DONE,
        make=suggestion,
        body=lambda _c, _k: {"text": "x", "version": 1},
    ),
    Row("suggestions/<int:pk>/settle/", "GET", "answered by other team", FORM, make=suggestion),
    Row(
        "suggestions/<int:pk>/settle/",
        "POST",
        "answered by other team",
        DONE,
        make=suggestion,
        body=lambda _c, _k: {"to": "adopted", "department": "", "text": "x", "version": 1},
    ),
    Row("support/", "GET", "-", ALL),
    Row("support/new/", "GET", "-", f"200: {SELLERS}; 403: *"),
    Row("support/new/", "POST", "-", f"302: {SELLERS}; 403: *", body=asked),
    Row("support/<int:pk>/", "GET", "own", SUPPORT, make=support),
    Row(
        "support/<int:pk>/move/",
        "GET",
        "own",
        "200: finance; 403: owner lead manager director marketing gm clerk; 404: *",
        make=support,
    ),
    Row(
        "support/<int:pk>/move/",
        "POST",
        "own",
        "302: finance; 403: owner lead manager director marketing gm clerk; 404: *",
        make=support,
        body=lambda _c, _k: {"to": "accepted", "text": "", "version": 1},
    ),
    Row(
        "support/<int:pk>/rate/",
        "GET",
        "own",
        "200: owner; 403: finance lead manager director marketing gm clerk; 404: *",
        make=done_support,
    ),
    Row(
        "support/<int:pk>/rate/",
        "POST",
        "own, done",
        "302: owner; 403: finance lead manager director marketing gm clerk; 404: *",
        make=done_support,
        body=lambda _c, _k: {"rating": 5, "version": 3},
    ),
    Row("knowledge/", "GET", "-", ALL),
    Row("knowledge/new/", "GET", "-", f"200: {WRITERS}; 403: *"),
    Row("knowledge/new/", "POST", "-", f"302: {WRITERS}; 403: *", body=lambda _c, _k: ARTICLE),
    Row("knowledge/<int:pk>/", "GET", "own", ALL, make=article),
    Row("knowledge/<int:pk>/read/", "POST", "own", "302: *", make=article),
    Row("knowledge/<int:pk>/edit/", "GET", "own", f"200: {EDITORS}; 403: *", make=article),
    Row(
        "knowledge/<int:pk>/edit/",
        "POST",
        "own",
        f"302: {EDITORS}; 403: *",
        make=article,
        body=lambda _c, _k: ARTICLE,
    ),
    Row("knowledge/<int:pk>/retire/", "POST", "own", f"302: {EDITORS}; 403: *", make=article),
    Row("trainings/", "GET", "-", ALL),
    Row("trainings/new/", "GET", "-", f"200: {HOLDERS}; 403: *"),
    Row("trainings/new/", "POST", "-", f"302: {HOLDERS}; 403: *", body=planned),
    Row("trainings/<int:pk>/", "GET", "-", ALL, make=training),
    Row("trainings/<int:pk>/people/", "GET", "-", f"200: {HOLDERS}; 403: *", make=training),
    Row(
        "trainings/<int:pk>/people/",
        "POST",
        "-",
        f"302: {HOLDERS}; 403: *",
        make=training,
        body=lambda c, _k: {"people": [c.lead.pk]},
    ),
    Row("trainings/places/<int:pk>/", "GET", "-", f"200: {HOLDERS}; 403: *", make=place),
    Row(
        "trainings/places/<int:pk>/",
        "POST",
        "-",
        f"302: {HOLDERS}; 403: *",
        make=place,
        body=lambda _c, _k: {"attended": "on", "result": "x"},
    ),
    Row("standards/", "GET", "-", ALL),
    *admin_rows("accounts/servicestandard", see="director admin", add="director admin", make=standard),
    Row(
        "admin/accounts/servicestandard/add/",
        "POST",
        "accounts/servicestandard",
        "302: director admin; 403: *",
        body=lambda _c, _k: STANDARD,
    ),
    Row(
        "admin/accounts/servicestandard/<path:object_id>/change/",
        "POST",
        "accounts/servicestandard",
        "302: director admin; 403: *",
        make=lambda c: {"object_id": str(standard(c))},
        body=lambda _c, _k: {k: v for k, v in STANDARD.items() if k != "code"},
    ),
]
