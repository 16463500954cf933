"""Changing the criteria of evaluation: what an approved rule change does (12-decisions, 6), with a preview of whom it would move."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.evaluation.labels import PROBLEMS
from accounts.evaluation.models import EvaluationCriteria, EvaluationDimension
from accounts.evaluation.rules import DimensionDraft, criteria_problem, is_above, points_of
from accounts.evaluation.selectors import latest_sheets
from accounts.units.models import KeyAccount
from kam.approvals.rule_changes.registry import Preview
from kam.audit.services import record
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.users.models import User

Payload = Mapping[str, Any]
#: What a dimension says.
COLUMNS = (
    *("code", "label", "label_zh_hans", "label_zh_hant", "weight", "hint"),
    *("rubric", "rubric_zh_hans", "rubric_zh_hant"),
)
#: So many units are counted for the preview.
MOST_PREVIEWED = 2_000


def last_criteria() -> dict[str, Any]:
    """Return the criteria that a draft begins with."""
    last = EvaluationCriteria.objects.order_by("-version").first()
    if last is None:
        return {}
    dimensions = [{name: getattr(row, name) for name in COLUMNS} for row in last.dimensions.all()]
    return {"line": str(last.line), "dimensions": dimensions}


def problem_of(payload: Payload) -> tuple[str, str] | None:
    """Return (place, code) of what is wrong with a draft."""
    drafts = [
        DimensionDraft(
            row["code"],
            int(row["weight"]),
            tuple(row[name] for name in ("rubric", "rubric_zh_hans", "rubric_zh_hant") if row[name]),
        )
        for row in payload["dimensions"]
    ]
    return criteria_problem(drafts, Decimal(str(payload["line"])))


def check_criteria(payload: Payload, valid_from: date) -> None:
    """Refuse criteria that contradict themselves, and those that begin before a version already approved."""
    if problem := problem_of(payload):
        raise BusinessError(str(PROBLEMS[problem[1]]), field=problem[0], code=problem[1])
    later = EvaluationCriteria.objects.filter(introduced_on__gt=valid_from).first()
    if later is not None:
        raise BusinessError(
            _("A later version begins on %(day)s already.") % {"day": later.introduced_on},
            field="valid_from",
            code="overlap",
        )


def preview_criteria(payload: Payload, valid_from: date) -> Preview:
    """Show weights now and then, and how many units would stand above the line with the grades they have."""
    now = last_criteria()
    before = {row["code"]: row for row in now.get("dimensions", ())}
    after = {row["code"]: row for row in payload["dimensions"]}
    rows = []
    for code in [*before, *(code for code in after if code not in before)]:
        old, new = (str(side[code]["weight"]) if code in side else "–" for side in (before, after))
        texts = _("same") if before.get(code) == after.get(code) else _("changes")
        rows.append([(after.get(code) or before[code])["label"], old, new, texts])
    rows.append([_("Line of the focus"), str(now.get("line", "–")), str(payload["line"]), ""])
    heads = [_("Dimension"), _("Weight now"), _("From %(day)s") % {"day": valid_from}, ""]
    return Preview(heads, rows, _above_now_and_then(now, payload))


def _above_now_and_then(now: Payload, then: Payload) -> list[str]:
    units = KeyAccount.objects.filter(score_sheets__state="submitted").order_by("pk").distinct()
    keys = list(units.values_list("pk", flat=True)[:MOST_PREVIEWED])
    grades = [
        {score.dimension.code: score.grade or 1 for score in sheet.scores.all()}
        for sheet in latest_sheets(keys)
    ]
    words = {"n": len(grades), "now": _above(grades, now), "then": _above(grades, then)}
    sentence = _(
        "Of %(n)s units scored so far %(now)s stand above the line now, %(then)s would stand above it then."
    )
    return [sentence % words, _("Rounds that run keep the version they were opened with.")]


def _above(grades: list[dict[str, int]], kept: Payload) -> int:
    if not kept:
        return 0
    weights = {row["code"]: int(row["weight"]) for row in kept["dimensions"]}
    line = Decimal(str(kept["line"]))
    complete = [row for row in grades if row.keys() >= weights.keys()]
    return sum(is_above(points_of(row, weights), line) for row in complete)


@transaction.atomic
def replace_criteria(payload: Payload, *, by: User | None, on: date) -> EvaluationCriteria:
    """Put new criteria in force from `on` on; rounds already open keep theirs."""
    check_criteria(payload, on)
    old = locked(EvaluationCriteria.objects.filter(replaced_on__isnull=True)).first()
    if old is not None:
        old.replaced_on = on
        old.save(update_fields=["replaced_on"])
    version = (old.version if old else 0) + 1
    new = EvaluationCriteria.objects.create(version=version, line=payload["line"], introduced_on=on)
    EvaluationDimension.objects.bulk_create(
        EvaluationDimension(criteria=new, place=place, **{name: row[name] for name in COLUMNS})
        for place, row in enumerate(payload["dimensions"], 1)
    )
    weights = {row["code"]: row["weight"] for row in payload["dimensions"]}
    record("accounts.evaluation.criteria_replaced", new, by=by, changes={"weights": (None, weights)})
    return new


def apply_criteria(payload: Payload, valid_from: date, by: User, note: str) -> None:
    del note
    replace_criteria(payload, by=by, on=valid_from)
