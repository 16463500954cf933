"""Tiers, the core, pyramid and what stands beside it; evaluations."""

from typing import Any

from accounts.evaluation.models import (
    EvaluationCriteria,
    EvaluationDimension,
    EvaluationRound,
    Score,
    ScoreSheet,
)
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


def criteria(_cast: Cast) -> int:
    kept = {"line": "60", "introduced_on": "2020-01-01"}
    found, made = EvaluationCriteria.objects.get_or_create(version=1, defaults=kept)
    if made:
        EvaluationDimension.objects.create(
            criteria=found, code="size", label="规模", weight=100, rubric="一\n二\n三\n四\n五"
        )
    return found.pk


def running(cast: Cast) -> dict[str, Any]:
    """A round that the manager opened, with one sheet of the owner."""
    made = EvaluationRound.objects.create(
        name="上半年", first="2026-01-01", last="2026-06-30", due_on="2026-07-10", criteria_id=criteria(cast),
        opened_by=cast.manager,
    )  # fmt: skip
    ScoreSheet.objects.create(round=made, unit_id=unit(cast)["unit_pk"], scorer=cast.owner)
    return {"pk": made.pk}


def sheet(cast: Cast) -> dict[str, Any]:
    running(cast)
    return {"pk": _sheet().pk}


def scored(cast: Cast) -> dict[str, Any]:
    found = sheet(cast)
    for row in EvaluationDimension.objects.filter(criteria__version=1):
        Score.objects.create(sheet_id=found["pk"], dimension=row, grade=4)
    ScoreSheet.objects.filter(pk=found["pk"]).update(
        state="submitted", points="75", submitted_on="2026-07-01"
    )
    return found


def scored_round(cast: Cast) -> dict[str, Any]:
    scored(cast)
    return {"pk": _sheet().round_id}


def in_focus(cast: Cast) -> dict[str, Any]:
    found = unit(cast)
    KeyAccount.objects.filter(pk=found["unit_pk"]).update(is_focus=True)
    return found


def _sheet() -> ScoreSheet:
    return ScoreSheet.objects.latest("pk")


def grades(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    rows = EvaluationDimension.objects.filter(criteria__version=1)
    return {f"grade_{row.code}": "4" for row in rows} | {"act": "submit", "version": _sheet().version}


def countable(cast: Cast) -> dict[str, Any]:
    criteria(cast)
    unit(cast)
    return {}


def a_round(_cast: Cast, _kwargs: Any) -> dict[str, Any]:
    dates = {"first": "2026-01-01", "last": "2026-06-30", "due_on": "2199-01-01"}
    return {"name": "下半年", "tiers": ["C"]} | dates


AT = "accounts/evaluations"
SCORE = "302: owner; 403: lead manager director marketing gm clerk; 404: *"
BOSSES = "{code}: manager director; 403: owner lead marketing gm clerk; 404: *"

ROWS = [
    Row(f"{AT}/", "GET", "-", SCOPED),
    Row(f"{AT}/sheets/", "GET", "-", SCOPED),
    Row(f"{AT}/compare/", "GET", "-", SCOPED),
    Row(f"{AT}/compare.pdf", "GET", "-", "403: finance hr admin; 422: *"),
    Row(f"{AT}/new/", "GET", "-", "200: manager other_manager director; 403: *"),
    Row(
        f"{AT}/new/",
        "POST",
        "-",
        "302: manager director; 422: other_manager; 403: *",
        make=countable,
        body=a_round,
    ),
    Row(f"{AT}/<int:pk>/", "GET", "own", READ, make=running),
    Row(
        f"{AT}/<int:pk>/close/",
        "POST",
        "own",
        BOSSES.format(code=302),
        make=running,
        body=lambda _c, _k: {"version": 1},
    ),
    Row(
        f"{AT}/<int:pk>/decide/",
        "POST",
        "own",
        BOSSES.format(code=302),
        make=scored_round,
        body=lambda _c, _k: {"row": _sheet().pk, f"version-{_sheet().pk}": _sheet().version},
    ),
    Row(f"{AT}/sheets/<int:pk>/", "GET", "own", READ, make=sheet),
    Row(f"{AT}/sheets/<int:pk>/", "POST", "own", SCORE, make=sheet, body=grades),
    Row(f"{AT}/sheets/<int:pk>/sheet.pdf", "GET", "own", READ, make=scored),
    Row(f"{AT}/sheets/<int:pk>/decide/", "GET", "own", BOSSES.format(code=200), make=scored),
    Row(
        f"{AT}/sheets/<int:pk>/decide/",
        "POST",
        "own",
        BOSSES.format(code=302),
        make=scored,
        body=lambda _c, _k: {"focus": "yes", "version": _sheet().version},
    ),
    Row(f"{AT}/sheets/<int:pk>/return/", "GET", "own", BOSSES.format(code=200), make=scored),
    Row(
        f"{AT}/sheets/<int:pk>/return/",
        "POST",
        "own",
        BOSSES.format(code=302),
        make=scored,
        body=lambda _c, _k: {"reason": "再看一次", "version": _sheet().version},
    ),
    Row(f"{AT}/sheets/<int:pk>/scorer/", "GET", "own", BOSSES.format(code=200), make=sheet),
    Row(
        f"{AT}/sheets/<int:pk>/scorer/",
        "POST",
        "own",
        BOSSES.format(code=302),
        make=sheet,
        body=lambda c, _k: {"scorer": c.lead.pk},
    ),
    Row("accounts/<int:unit_pk>/focus/end/", "GET", "own", BOSSES.format(code=200), make=in_focus),
    Row(
        "accounts/<int:unit_pk>/focus/end/",
        "POST",
        "own",
        BOSSES.format(code=302),
        make=in_focus,
        body=lambda _c, _k: {"reason": "搬走", "version": 1},
    ),
    *admin_rows("accounts/evaluationcriteria", see="director admin hr gm", make=criteria),
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
