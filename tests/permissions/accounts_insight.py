"""Imports, duplicates and red flags."""

from collections.abc import Mapping
from typing import Any

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


ROWS = [
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
