"""A flow drawn by two requests at the same moment. Fails without locks: see tests/test_race_controls.py."""

import pytest

from accounts.charts import services
from accounts.charts.models import DecisionFlow
from accounts.charts.rules.flow import Step
from accounts.charts.terms import StepKind
from kam.core.errors import ConflictError
from tests.factories.accounts import make_unit
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_two_flows_drawn_at_once_end_in_one_and_a_refusal(cast, monkeypatch):
    monkeypatch.setattr(services, "flow_problem", meeting(services.flow_problem))
    unit = make_unit(owner=cast.owner)

    def draw(who):
        return type(services.draw_flow(unit, [Step(StepKind.DECIDE, who=who)], by=cast.owner, revision=0))

    answers = at_once(lambda: draw("Xu"), lambda: draw("Cai"))
    assert set(answers) == {DecisionFlow, ConflictError}
    assert DecisionFlow.objects.count() == 1
