"""What the day tells: visits without report, problems raised, rings, forms owed; the same statements however many people."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import make_unit
from tests.factories.visits import make_visit
from visits.followups.selectors import HANDED_IN, raised_on
from visits.followups.services import DayEntry, RowEntry, file_followup
from visits.quotas.registers import collect_rings
from visits.reports.models import VisitReport
from visits.reports.selectors import unreported
from visits.visits.terms import Outcome

TODAY = date(2026, 11, 25)
EVENING = datetime(2026, 11, 25, 17, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _at_five():
    with time_machine.travel(EVENING, tick=False):
        yield


def test_held_visits_of_the_last_week_without_report_are_told(cast):
    unit = make_unit(owner=cast.owner)
    missing = make_visit(unit, user=cast.owner, on=TODAY - timedelta(3))
    make_visit(unit, user=cast.owner, on=TODAY, outcome=Outcome.NOT_MET)
    make_visit(unit, user=cast.owner, on=TODAY - timedelta(8))
    VisitReport.objects.create(visit=make_visit(unit, user=cast.owner, on=TODAY), variant="property")
    assert unreported([cast.owner, cast.lead], TODAY) == {cast.owner.pk: [missing]}


def test_s154_problems_and_help_reach_those_who_lead(cast):
    unit = make_unit("泉州商会", owner=cast.owner)
    row = RowEntry(unit=unit, done="Talked", problems="No van", help_wanted="A van", help_from=cast.clerk)
    day = DayEntry(tomorrow="More", problems="Rain", rows=[row])
    file_followup(TODAY, day, by=cast.owner)
    told = raised_on([cast.lead, cast.manager, cast.director, cast.other_lead, cast.other_manager], TODAY)
    assert [(raised.unit, raised.text, raised.help_from) for raised in told[cast.lead.pk]] == [
        ("", "Rain", ""),
        ("泉州商会", "No van", ""),
        ("泉州商会", "A van", "Clerk"),
    ]
    assert set(told) == {cast.lead.pk, cast.manager.pk, cast.director.pk}
    assert set(HANDED_IN([cast.owner, cast.lead], TODAY)) == {cast.owner.pk}


@pytest.mark.parametrize("count", [1, 3])
def test_the_day_of_many_is_collected_with_the_same_statements(cast, count):
    people = [cast.owner, cast.same_team, cast.other_team][:count]
    for user in people:
        unit = make_unit(owner=user)
        make_visit(unit, user=user, on=TODAY)
        row = RowEntry(unit=unit, done="Talked", problems="No van")
        file_followup(TODAY, DayEntry(tomorrow="More", rows=[row]), by=user)
    with CaptureQueriesContext(connection) as asked:
        unreported(people, TODAY)
        raised_on([cast.director], TODAY)
        HANDED_IN(people, TODAY)
        collect_rings(people, TODAY)
    assert len(asked) == 10, [query["sql"][:90] for query in asked]
