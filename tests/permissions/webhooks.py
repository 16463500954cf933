"""Other programs are the administrator's (tests/kam/webhooks)."""

from typing import Any

from django.utils import timezone

from kam.webhooks.models import Delivery, Endpoint
from kam.webhooks.services import make_endpoint
from tests.conftest import Cast
from tests.permissions.row import Row

NEW = {"name": "table", "url": "https://program.example/kam", "acts": ["approvals.request.approved"]}


def endpoint(cast: Cast) -> dict[str, Any]:
    row, _secret = make_endpoint(NEW["name"], NEW["url"], NEW["acts"], by=cast.admin)
    return {"pk": row.pk}


def delivery(cast: Cast) -> dict[str, Any]:
    row = Delivery.objects.create(
        endpoint=Endpoint.objects.get(pk=endpoint(cast)["pk"]),
        link=1,
        act="approvals.request.approved",
        at=timezone.now(),
        next_at=timezone.now(),
        state="dead",
    )
    return {"pk": row.pk}


def new(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return NEW


ROWS = [
    Row("ops/webhooks/", "GET", "everybody's", "200: admin; 403: *"),
    Row("ops/webhooks/", "POST", "everybody's", "200: admin; 403: *", body=new),
    Row("ops/webhooks/<int:pk>/stop/", "POST", "a program", "302: admin; 403: *", make=endpoint),
    Row("ops/webhooks/<int:pk>/try/", "POST", "a program", "302: admin; 403: *", make=endpoint),
    Row("ops/webhooks/events/<int:pk>/again/", "POST", "given up", "302: admin; 403: *", make=delivery),
]
