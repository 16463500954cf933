"""How long the outcome of a visit may be corrected: what counts is as final as an entry (12-decisions, 23)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kam.audit.models import AuditEntry
from kam.core.errors import BusinessError
from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import make_visit
from visits.visits import registry
from visits.visits.models import Visit
from visits.visits.services import change_visit
from visits.visits.services.visits import VisitEntry
from visits.visits.terms import Outcome

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 11, 18)
IN_TIME, TOO_LATE = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def made(cast):
    """Return a function that makes a visit of Wednesday 18 November with its outcome."""
    unit = make_unit("泉州商会", owner=cast.owner)
    person = make_person(unit, "许志远")

    def make(outcome):
        return make_visit(unit, person, user=cast.owner, on=WEDNESDAY, outcome=outcome)

    return make


def correct(visit, outcome, *, on, by, **more):
    persons = [] if outcome is Outcome.NOT_MET else list(visit.unit.persons.all())
    entry = VisitEntry(unit=visit.unit, on=visit.on, outcome=outcome, persons=persons, **more)
    with time_machine.travel(
        datetime(on.year, on.month, on.day, 12, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False
    ):
        change_visit(visit, entry, by=by)
    return Visit.objects.get(pk=visit.pk).outcome


@pytest.mark.parametrize(
    ("before", "after", "on"),
    [
        (Outcome.NOT_MET, Outcome.PROGRESS, IN_TIME),
        (Outcome.PROGRESS, Outcome.SETTLED, TOO_LATE),
    ],
)
def test_an_outcome_is_corrected_while_it_may_count(made, cast, before, after, on):
    assert correct(made(before), after, on=on, by=cast.owner) == after


@pytest.mark.parametrize(
    ("before", "after", "closed", "code"),
    [
        (Outcome.NOT_MET, Outcome.NEUTRAL, False, "met_late"),
        (Outcome.NOT_MET, Outcome.NEUTRAL, True, "month_closed"),
        (Outcome.PROGRESS, Outcome.SETTLED, True, "month_closed"),
        (Outcome.PROGRESS, Outcome.NOT_MET, True, "month_closed"),
    ],
)
def test_what_would_count_after_the_fact_is_refused_at_its_field(
    made, cast, monkeypatch, before, after, closed, code
):
    visit = made(before)
    monkeypatch.setattr(
        registry, "_closed", [lambda user, day: closed and (user, day) == (cast.owner.pk, WEDNESDAY)]
    )
    kept = Visit.objects.values().get()
    with pytest.raises(BusinessError) as refused:
        correct(visit, after, on=TOO_LATE, by=cast.owner)
    assert (refused.value.code, refused.value.field) == (code, "outcome")
    assert (Visit.objects.values().get(), AuditEntry.objects.count()) == (kept, 0)


def test_words_are_corrected_also_when_the_month_is_closed(made, cast, monkeypatch):
    visit = made(Outcome.PROGRESS)
    monkeypatch.setattr(registry, "_closed", [lambda _user, _day: True])
    correct(visit, Outcome.PROGRESS, on=TOO_LATE, by=cast.owner, summary="What was really said")
    assert Visit.objects.get().summary == "What was really said"


def test_the_page_says_it_at_the_outcome_and_keeps_what_was_typed(made, cast, client_of, monkeypatch):
    visit = made(Outcome.PROGRESS)
    monkeypatch.setattr(registry, "_closed", [lambda _user, _day: True])
    body = {
        "public_id": visit.public_id, "version": visit.version, "on": WEDNESDAY.isoformat(), "mode": "visit",
        "outcome": "settled", "persons": [visit.unit.persons.get().pk], "summary": "Typed again",
    }  # fmt: skip
    answer = client_of(cast.owner).post(f"/visits/{visit.pk}/edit/", body)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The scores of that month are closed: the outcome stays." in page
    assert "Typed again" in page
    assert Visit.objects.get().outcome == Outcome.PROGRESS
