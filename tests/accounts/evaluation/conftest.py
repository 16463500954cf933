"""The first criteria, also after a transactional test emptied the tables; a running round of two units."""

from datetime import date, timedelta

import pytest

from accounts.evaluation.models import EvaluationCriteria, EvaluationDimension, ScoreSheet
from accounts.evaluation.services import RoundPlan, open_round
from accounts.evaluation.terms import FIRST_DIMENSIONS, FIRST_LINE
from kam.core.clock import business_date
from tests.factories.accounts import make_unit


@pytest.fixture(autouse=True)
def criteria(db):
    found, made = EvaluationCriteria.objects.get_or_create(
        version=1, defaults={"line": FIRST_LINE, "introduced_on": date(2020, 1, 1)}
    )
    if made:
        for place, row in enumerate(FIRST_DIMENSIONS):
            EvaluationDimension.objects.create(
                criteria=found, code=row.code, label=row.labels[0], weight=row.weight, hint=row.hint,
                place=place, rubric=row.rubrics[0],
            )  # fmt: skip
    return found


@pytest.fixture
def plan():
    today = business_date()
    return RoundPlan("Autumn", today - timedelta(days=90), today, today + timedelta(days=5))


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner, tier="B")


@pytest.fixture
def other(cast):
    return make_unit("温州商会", owner=cast.same_team, tier="B")


@pytest.fixture
def running(cast, plan, unit, other):
    return open_round(plan, [unit, other], by=cast.manager)


@pytest.fixture
def sheet(running, unit):
    return ScoreSheet.objects.get(round=running, unit=unit)
