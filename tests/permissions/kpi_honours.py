"""Honours are there to be seen once approved; manager, director and HR propose them."""

from typing import Any

from kpi.honours.models import Honour
from tests.conftest import Cast
from tests.permissions.row import Row


def proposed(cast: Cast) -> dict[str, Any]:
    made = Honour.objects.create(
        kind="title", occasion="other", person=cast.owner, title="服务之星", reason="回访率最高",
        on="2026-06-01", proposed_by=cast.manager,
    )  # fmt: skip
    return {"pk": made.pk}


def returned(cast: Cast) -> dict[str, Any]:
    made = proposed(cast)
    Honour.objects.filter(**made).update(state="returned")
    return made


def approved(cast: Cast) -> dict[str, Any]:
    made = proposed(cast)
    Honour.objects.filter(**made).update(state="approved")
    return made


def told(cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {
        "team": cast.team.pk, "occasion": "other", "kind": "title", "title": "服务之星",
        "on": "2026-06-01", "reason": "回访率最高",
    }  # fmt: skip


def again(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"title": "服务之星", "reason": "回访率最高"}


PROPOSE = "200: manager other_manager director hr; 403: *"
ONE = "kpi/honours/<int:pk>/"
ROWS = [
    Row("kpi/honours/", "GET", "-", "200: *"),
    Row("kpi/honours/new/", "GET", "-", PROPOSE),
    Row(
        "kpi/honours/new/", "POST", "team", "302: manager director hr; 422: other_manager; 403: *", body=told
    ),
    Row(ONE, "GET", "proposed", "200: manager director gm hr; 404: *", make=proposed),
    Row(ONE, "GET", "approved", "200: *", make=approved),
    Row(f"{ONE}certificate.pdf", "GET", "approved", "200: *", make=approved),
    Row(f"{ONE}certificate.pdf", "GET", "proposed", "404: *", make=proposed),
    Row(f"{ONE}again/", "GET", "returned", "200: manager; 403: director gm hr; 404: *", make=returned),
    Row(
        f"{ONE}again/",
        "POST",
        "returned",
        "302: manager; 403: director gm hr; 404: *",
        make=returned,
        body=again,
    ),
]
