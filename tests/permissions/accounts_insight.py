"""Imports, duplicates and red flags."""

import io
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.imports import services_wizard as wizard
from accounts.imports.models import UnitImport
from accounts.imports.terms import Column
from accounts.red_flags.models import RedFlag
from accounts.red_flags.services import recompute
from accounts.units.models import KeyAccount
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.permissions.row import Row

_READERS = "owner lead manager director marketing gm clerk"
_OTHERS = "other_team other_lead other_manager director marketing gm clerk"


def _unit(cast: Cast) -> KeyAccount:
    return make_unit(owner=cast.owner)


def _own_unit(cast: Cast) -> dict[str, Any]:
    return {"pk": _unit(cast).pk}


def _unit_without_owner(_cast: Cast) -> dict[str, Any]:
    return {"pk": make_unit().pk}


def _own_flag(cast: Cast) -> dict[str, Any]:
    unit = _unit(cast)
    recompute([unit.pk])
    return {"pk": RedFlag.objects.filter(unit=unit).order_by("pk")[0].pk}


def _other_flag(cast: Cast) -> dict[str, Any]:
    unit = make_unit(owner=cast.other_team)
    recompute([unit.pk])
    return {"pk": RedFlag.objects.filter(unit=unit).order_by("pk")[0].pk}


def _comment(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"comment": "We know.", "version": 1}


_XLSX = "name,channel,tier\n泉州商会,商会,Z\n漳州商会,商会,A\n".encode()
_IMPORTERS = "owner same_team lead manager other_team other_lead other_manager director clerk admin"
_NOBODY_ELSE = "403: marketing gm finance hr; 404: *"


def _import(cast: Cast, *, checked: bool = True) -> UnitImport:
    made = wizard.upload(io.BytesIO(_XLSX), name="units.csv", by=cast.owner)
    if checked:
        columns = {int(place): Column(name) for place, name in made.mapping.items()}
        made = wizard.choose_columns(made, columns, update_existing=True, allow_ownerless=True)
    return made


def _own_import(cast: Cast) -> dict[str, Any]:
    return {"pk": _import(cast).pk}


def _own_row(cast: Cast) -> dict[str, Any]:
    return {"pk": _import(cast).pk, "number": 2}


def _running_import(cast: Cast) -> dict[str, Any]:
    return {"pk": wizard.start_writing(_import(cast), by=cast.owner).pk}


def _file(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("units.csv", _XLSX)}


def _columns(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"update_existing": "yes", "column_0": "name", "column_1": "channel", "column_2": "tier"}


def _cell(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"column": "tier", "text": "A"}


def _name(_cast: Cast, _kwargs: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": "泉州商会"}


ROWS = [
    Row("accounts/import/", "GET", "none", f"200: {_IMPORTERS}; 403: *"),
    Row("accounts/import/", "POST", "none", f"302: {_IMPORTERS}; 403: *", body=_file),
    Row("accounts/import/<int:pk>/", "GET", "own", f"200: owner; {_NOBODY_ELSE}", make=_own_import),
    Row("accounts/import/<int:pk>/columns/", "GET", "own", f"200: owner; {_NOBODY_ELSE}", make=_own_import),
    Row(
        "accounts/import/<int:pk>/columns/",
        "POST",
        "own",
        f"302: owner; {_NOBODY_ELSE}",
        make=_own_import,
        body=_columns,
    ),
    Row(
        "accounts/import/<int:pk>/rows/<int:number>/",
        "POST",
        "own",
        f"302: owner; {_NOBODY_ELSE}",
        make=_own_row,
        body=_cell,
    ),
    Row(
        "accounts/import/<int:pk>/errors.xlsx", "GET", "own", f"200: owner; {_NOBODY_ELSE}", make=_own_import
    ),
    Row("accounts/import/<int:pk>/write/", "POST", "own", f"302: owner; {_NOBODY_ELSE}", make=_own_import),
    Row("accounts/import/<int:pk>/stop/", "POST", "own", f"302: owner; {_NOBODY_ELSE}", make=_running_import),
    Row(
        "accounts/duplicates/",
        "POST",
        "none",
        "403: marketing gm finance hr admin; 200: *",
        body=_name,
    ),
    Row("accounts/flags/", "GET", "own", "403: finance hr admin; 200: *"),
    Row("accounts/<int:pk>/flags/", "GET", "own unit", f"200: {_READERS}; 404: *", make=_own_unit),
    Row(
        "accounts/<int:pk>/flags/",
        "GET",
        "without owner",
        "200: director marketing gm clerk; 404: *",
        make=_unit_without_owner,
    ),
    Row(
        "accounts/flags/<int:pk>/accept/",
        "GET",
        "own unit",
        "200: owner manager director; 403: lead marketing gm clerk; 404: *",
        make=_own_flag,
    ),
    Row(
        "accounts/flags/<int:pk>/accept/",
        "POST",
        "own unit",
        "302: owner manager director; 403: lead marketing gm clerk; 404: *",
        make=_own_flag,
        body=_comment,
    ),
    Row(
        "accounts/flags/<int:pk>/accept/",
        "POST",
        "other team",
        "302: other_team other_manager director; 403: other_lead marketing gm clerk; 404: *",
        make=_other_flag,
        body=_comment,
    ),
]
