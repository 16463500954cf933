"""Tiers, the core, pyramid and what stands beside it; evaluations."""

from typing import Any

from accounts.qualification.models import TierProposal, TierScheme
from accounts.qualification.terms import first_tier_rules
from accounts.units.models import KeyAccount
from tests.conftest import Cast
from tests.factories.accounts import make_unit
from tests.permissions.admin import admin_rows
from tests.permissions.row import Row

SCOPED = "403: finance hr admin; 200: *"
READ = "200: owner lead manager director marketing gm clerk; 404: *"
FORM = "200: owner manager director; 403: lead marketing gm clerk; 404: *"
DONE = "302: owner manager director; 403: lead marketing gm clerk; 404: *"
BOSS = "302: manager director; 403: owner lead marketing gm clerk; 404: *"


def unit(cast: Cast) -> dict[str, Any]:
    return {"unit_pk": make_unit("泉州商会", owner=cast.owner, tier="C").pk}


def scheme(_cast: Cast) -> int:
    kept = {"rules": first_tier_rules(), "introduced_on": "2020-01-01"}
    return TierScheme.objects.get_or_create(version=1, defaults=kept)[0].pk


def waiting(cast: Cast) -> dict[str, Any]:
    found = unit(cast)
    TierProposal.objects.create(
        unit_id=found["unit_pk"], scheme_id=scheme(cast), current="C", proposed="B", value_points="0",
        value_level="low", potential_points="80", potential_level="high", made_on="2026-06-01",
    )  # fmt: skip
    return found


def ticked(cast: Cast) -> dict[str, Any]:
    waiting(cast)
    return {}


def _proposal() -> int:
    return TierProposal.objects.latest("pk").pk


ROWS = [
    *[Row(f"accounts/{page}/", "GET", "-", SCOPED) for page in ("pyramid", "concentration", "norm", "tiers")],
    Row("accounts/<int:unit_pk>/qualification/", "GET", "own", READ, make=unit),
    Row("accounts/<int:unit_pk>/tier/proposal/", "GET", "own", READ, make=waiting),
    Row(
        "accounts/<int:unit_pk>/tier/proposal/",
        "POST",
        "own",
        BOSS,
        make=waiting,
        body=lambda _c, _k: {"proposal": _proposal(), "decision": "confirm", "reason": "seen twice"},
    ),
    Row("accounts/<int:unit_pk>/tier/again/", "POST", "own", DONE, make=unit),
    Row(
        "accounts/tiers/confirm/",
        "POST",
        "own",
        "302: manager director; 422: other_manager; 403: *",
        make=ticked,
        body=lambda _c, _k: {"row": _proposal(), "reason": "seen twice"},
    ),
    Row("accounts/<int:unit_pk>/core/", "GET", "own", FORM, make=unit),
    Row(
        "accounts/<int:unit_pk>/core/",
        "POST",
        "own",
        DONE,
        make=unit,
        body=lambda _c, k: {
            "is_core": "yes",
            "reason": "nine sets",
            "version": KeyAccount.objects.get(pk=k["unit_pk"]).version,
        },
    ),
    *admin_rows("accounts/tierscheme", see="director admin hr gm", make=scheme),
]
