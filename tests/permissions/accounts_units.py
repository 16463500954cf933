"""Units: the record of an own unit, one of the own team, one of another team, one without an owner."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.units.models import KeyAccount
from kam.notes.services import add_note
from kam.notes.terms import SourceKey
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.permissions.row import Row

READ_OWN = "200: owner lead manager director marketing gm clerk; 404: *"
READ_NONE = "200: director marketing gm clerk; 404: *"
EDIT_OWN = "{code}: owner manager director; 403: lead marketing gm clerk; 404: *"
BOSS_OWN = "{code}: manager director; 403: owner lead marketing gm clerk; 404: *"
EDIT_NONE = "{code}: director; 403: marketing gm clerk; 404: *"


def own(cast: Cast) -> dict[str, Any]:
    return {"pk": make_unit("泉州商会", owner=cast.owner, next_step="call").pk}


def nobodys(_cast: Cast) -> dict[str, Any]:
    return {"pk": make_unit("温州商会").pk}


def _with(**fixed: Any):
    return lambda cast: own(cast) | fixed


def _unit(kwargs: Any) -> KeyAccount:
    return KeyAccount.objects.get(pk=kwargs["pk"])


def fields(_cast: Cast, kwargs: Any) -> dict[str, Any]:
    return {"name": "泉州商会总会", "channel": "chamber", "version": _unit(kwargs).version}


def status(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"to": "lost", "reason": "signed elsewhere", "on": "2026-06-01", "version": 1}


def tier(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"to": "A", "reason": "nine sets", "version": 1}


def owner(cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"owner": cast.same_team.pk, "on": "2026-06-01", "reason": "leave", "version": 1}


def ticked(cast: Cast) -> dict[str, Any]:
    own(cast)
    return {}


def _first() -> int:
    return KeyAccount.objects.get(name="泉州商会").pk


def a_file(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("contract.pdf", b"%PDF-1.7 x")}


def _forms(route: str, codes: str, body: Any) -> list[Row]:
    return [
        Row(route, "GET", "own", codes.format(code=200), make=own),
        Row(route, "POST", "own", codes.format(code=302), make=own, body=body),
    ]


def a_note(cast: Cast) -> dict[str, Any]:
    unit = make_unit(owner=cast.owner)
    note = add_note("to remember", subject=SourceKey.of("accounts.unit", unit.pk), by=cast.owner)
    return {"pk": unit.pk, "note": note.pk}


ROWS = [
    Row("accounts/", "GET", "-", "403: finance hr admin; 200: *"),
    Row("accounts/new/", "GET", "-", "403: marketing gm finance hr admin; 200: *"),
    Row(
        "accounts/new/",
        "POST",
        "-",
        "403: marketing gm finance hr admin; 302: *",
        body=lambda _c, _k: {"name": "福州商会", "channel": "chamber"},
    ),
    Row(
        "accounts/selected/owner/",
        "POST",
        "own, asked",
        "200: manager director; 422: other_manager; 403: *",
        make=ticked,
        body=lambda _cast, _kwargs: {"row": str(_first())},
    ),
    Row(
        "accounts/selected/owner/",
        "POST",
        "own, given",
        "302: manager director; 422: other_manager; 403: *",
        make=ticked,
        body=lambda cast, kwargs: owner(cast, kwargs) | {"row": str(_first()), f"version-{_first()}": "1"},
    ),
    Row("accounts/selected/owner/back/", "POST", "-", "422: manager other_manager director; 403: *"),
    Row(
        "accounts/selected/export/",
        "POST",
        "own",
        "403: marketing gm finance hr admin; 302: *",
        make=ticked,
        body=lambda _cast, _kwargs: {"row": str(_first())},
    ),
    Row("accounts/<int:pk>/", "GET", "own", READ_OWN, make=own),
    Row("accounts/<int:pk>/", "GET", "nobody's", READ_NONE, make=nobodys),
    Row("accounts/<int:pk>/tabs/<slug:key>/", "GET", "own", READ_OWN, make=_with(key="persons")),
    Row("accounts/<int:pk>/tabs/<slug:key>/", "GET", "no such tab", "404: *", make=_with(key="nothing")),
    Row("accounts/<int:pk>/timeline/", "GET", "own", READ_OWN, make=own),
    Row("accounts/<int:pk>/file.pdf", "GET", "own", READ_OWN, make=own),
    Row(
        "accounts/<int:pk>/values/<slug:name>/",
        "GET",
        "own",
        EDIT_OWN.format(code=200),
        make=_with(name="headcount"),
    ),
    Row(
        "accounts/<int:pk>/values/<slug:name>/",
        "POST",
        "own",
        EDIT_OWN.format(code=302),
        make=_with(name="headcount"),
        body=lambda _c, _k: {"value": "312", "learned_on": "2026-06-01"},
    ),
    Row(
        "accounts/<int:pk>/values/<slug:name>/",
        "POST",
        "identity",
        EDIT_OWN.format(code=302),
        make=_with(name="area"),
        body=lambda _c, _k: {"area": "芦淞", "version": 1},
    ),
    Row(
        "accounts/<int:pk>/notes/",
        "POST",
        "own",
        EDIT_OWN.format(code=302),
        make=own,
        body=lambda _c, _k: {"text": "to remember"},
    ),
    *(
        Row(
            "accounts/<int:pk>/notes/<int:note>/delete/",
            method,
            "the owner's note",
            f"{code}: owner; 403: lead manager director marketing gm clerk; 404: *",
            make=a_note,
        )
        for method, code in (("GET", 200), ("POST", 302))
    ),
    Row("accounts/<int:pk>/next-step/done/", "POST", "own", EDIT_OWN.format(code=302), make=own),
    Row(
        "accounts/<int:pk>/files/",
        "POST",
        "own",
        "302: owner manager director clerk; 403: lead marketing gm; 404: *",
        make=own,
        body=a_file,
    ),
    *_forms("accounts/<int:pk>/tasks/", EDIT_OWN, lambda _c, _k: {"text": "send the plans"}),
    *_forms("accounts/<int:pk>/edit/", EDIT_OWN, fields),
    Row("accounts/<int:pk>/edit/", "GET", "nobody's", EDIT_NONE.format(code=200), make=nobodys),
    *_forms("accounts/<int:pk>/status/", EDIT_OWN, status),
    *_forms("accounts/<int:pk>/tier/", BOSS_OWN, tier),
    *_forms("accounts/<int:pk>/owner/", BOSS_OWN, owner),
]
