"""Approvals: the wish of `owner` waits for `manager`; whoever it does not concern learns nothing of it."""

from typing import Any

from kam.approvals import letters, services
from kam.approvals.models import MailLink, Request
from tests.conftest import Cast
from tests.factories.approvals import make_route, make_wish
from tests.permissions.row import Row


def waiting(cast: Cast) -> dict[str, Any]:
    make_route({"by": ["manager"]}, {"by": ["director"]})
    request = services.submit("wish", make_wish(cast.owner, "5.00"), by=cast.owner)
    return {"pk": request.pk}


def at_the_director(cast: Cast) -> dict[str, Any]:
    kwargs = waiting(cast)
    request = Request.objects.get(pk=kwargs["pk"])
    services.approve(request, by=cast.manager, version=request.version)
    return kwargs


def mailed(cast: Cast) -> dict[str, Any]:
    waiting(cast)
    link = MailLink.objects.get(user=cast.manager)
    return {"token": letters.signing.dumps(link.pk, salt=letters.LINK_SALT)}


def version(_cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"version": Request.objects.get(pk=kwargs["pk"]).version, "reason": "because"}


def to_another_manager(cast: Cast, kwargs: dict[str, Any]) -> dict[str, Any]:
    return version(cast, kwargs) | {"to": cast.other_manager.pk}


ROWS = [
    Row("approvals/", "GET", "none", "200: *"),
    Row("approvals/bulk/", "POST", "none", "302: *"),
    Row("approvals/<int:pk>/", "GET", "own team, at the manager", "200: owner manager; 404: *", waiting),
    Row(
        "approvals/<int:pk>/",
        "GET",
        "own team, at the director",
        "200: owner manager director; 404: *",
        at_the_director,
    ),
    *[
        Row(
            f"approvals/<int:pk>/{act}/",
            "POST",
            "own team, at the manager",
            "302: manager; 403: owner; 404: *",
            waiting,
            version,
        )
        for act in ("approve", "return", "reject")
    ],
    Row(
        "approvals/<int:pk>/approve/",
        "POST",
        "own team, at the director",
        "302: director; 422: manager; 403: owner; 404: *",
        at_the_director,
        version,
    ),
    Row(
        "approvals/<int:pk>/withdraw/",
        "POST",
        "own team, at the manager",
        "302: owner; 403: manager; 404: *",
        waiting,
        version,
    ),
    Row(
        "approvals/<int:pk>/delegate/",
        "POST",
        "own team, at the manager",
        "302: manager; 403: owner; 404: *",
        waiting,
        to_another_manager,
    ),
    Row("approvals/link/<str:token>/", "GET", "sent to the manager", "302: manager; 404: *", mailed),
]
