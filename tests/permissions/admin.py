"""Django's admin. Everybody signed in who may not be there gets 403; business tables are not in it at all."""

from collections.abc import Callable
from typing import Any

from kam.people.models import PositionChange
from kam.users.models import Industry, Membership
from tests.conftest import Cast
from tests.permissions.row import Row

STAFF = "admin director hr gm"


def admin_rows(
    model: str, *, see: str, add: str = "", edit: str = "", make: Callable[[Cast], int | str]
) -> list[Row]:
    """Return the rows of one admin class; `model` is "app/model", `make(cast)` returns the key of a row of it.

    `see`, `add` and `edit` name those who get 200; everybody else gets 403, nobody deletes.
    """

    def kwargs(cast: Cast) -> dict[str, Any]:
        return {"object_id": str(make(cast))}

    def codes(people: str) -> str:
        return f"200: {people}; 403: *" if people else "403: *"

    at = f"admin/{model}/"
    row = f"{at}<path:object_id>/"
    return [
        Row(at, "GET", model, codes(see)),
        Row(f"{at}add/", "GET", model, codes(add)),
        Row(row, "GET", model, f"302: {STAFF}; 403: *", make=kwargs),
        Row(f"{row}change/", "GET", model, codes(see), make=kwargs),
        Row(f"{row}history/", "GET", model, codes(see), make=kwargs),
        Row(f"{row}delete/", "GET", model, "403: *", make=kwargs),
        Row(f"{row}delete/", "POST", model, "403: *", make=kwargs, body=lambda _c, _k: {"post": "yes"}),
    ]


def new_user(_cast: Cast, _kwargs: Any) -> dict[str, str]:
    return {
        "staff_number": "new",
        "name": "New",
        "email": "new@kam.example",
        "mobile": "",
        "position": "specialist",
        "language": "en",
        "time_zone": "Asia/Shanghai",
        "joined_on": "2026-01-05",
    }


def proposal(cast: Cast) -> int:
    return PositionChange.objects.create(
        user=cast.owner, before="specialist", position="team_lead", reason="x", drafted_by=cast.hr
    ).pk


def industry(_cast: Cast) -> int:
    return Industry.objects.create(code="oil", name="Oil").pk


ROWS = [
    Row("admin/", "GET", "-", f"200: {STAFF}; 403: *"),
    Row(
        "admin/<app_label>/", "GET", "users", f"200: {STAFF}; 403: *", make=lambda _c: {"app_label": "users"}
    ),
    Row("admin/jsi18n/", "GET", "-", f"200: {STAFF}; 403: *"),
    Row("admin/autocomplete/", "GET", "nothing asked", "403: *"),
    *admin_rows("users/user", see=STAFF, add="admin", make=lambda cast: cast.owner.pk),
    Row("admin/users/user/add/", "POST", "new person", "302: admin; 403: *", body=new_user),
    Row(
        "admin/users/user/<path:object_id>/change/",
        "POST",
        "other name",
        "302: admin; 403: *",
        make=lambda cast: {"object_id": str(cast.owner.pk)},
        body=new_user,
    ),
    Row(
        "admin/users/user/",
        "POST",
        "deactivate",
        "302: admin; 200: director hr gm; 403: *",
        body=lambda cast, _k: {"action": "deactivate", "_selected_action": str(cast.owner.pk)},
    ),
    *admin_rows("users/team", see=STAFF, add="admin", make=lambda cast: cast.team.pk),
    Row(
        "admin/users/team/<path:object_id>/change/",
        "POST",
        "other manager",
        "302: admin; 403: *",
        make=lambda cast: {"object_id": str(cast.team.pk)},
        body=lambda cast, _k: {"name": "Group 1", "manager": cast.other_manager.pk},
    ),
    *admin_rows("users/industry", see=STAFF, add="admin", make=industry),
    *admin_rows(
        "users/membership",
        see=STAFF,
        add="admin",
        make=lambda cast: Membership.objects.get(user=cast.owner).pk,
    ),
    *admin_rows("people/positionchange", see=STAFF, add="admin director hr", make=proposal),
    Row(
        "admin/people/positionchange/add/",
        "POST",
        "lead",
        "302: admin director hr; 403: *",
        body=lambda cast, _k: {"user": cast.owner.pk, "position": "team_lead", "reason": "leads group 1"},
    ),
]
