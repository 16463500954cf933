"""The same pair merged twice at once; a visit logged while its unit is merged. Fails without locks: see tests/test_race_controls.py."""

import threading
from uuid import uuid4

import pytest

from accounts.merge import services
from accounts.merge.models import Merge
from accounts.merge.terms import Kind
from accounts.persons.models import Person
from kam.core.clock import business_date
from kam.core.errors import ConflictError
from tests.factories.accounts import make_person, make_unit
from tests.racing import at_once, meeting
from visits.visits.models import Visit
from visits.visits.services import visits
from visits.visits.services.visits import VisitEntry
from visits.visits.terms import Outcome

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_two_entries_merged_both_ways_at_once_are_merged_once(cast, monkeypatch):
    unit = make_unit("泉州商会", owner=cast.owner)
    one, two = make_person(unit), make_person(unit)
    monkeypatch.setattr(services, "check_findings", meeting(services.check_findings))

    def merge(survivor, loser):
        try:
            services.merge_persons(survivor, loser, choices={}, reason="同一人", by=cast.owner)
        except ConflictError as error:
            return error.code
        return "done"

    results = at_once(lambda: merge(one, two), lambda: merge(two, one))
    assert sorted(map(str, results)) == ["done", "merged"]
    assert Person.objects.count() == Merge.objects.count() == 1


def test_a_visit_logged_while_its_unit_is_merged_is_the_survivors_or_refused(cast, monkeypatch):
    survivor, loser = make_unit("泉州商会", owner=cast.owner), make_unit("泉州总商会", owner=cast.owner)
    person = make_person(loser)
    merge = Merge.objects.create(
        kind=Kind.UNIT, survivor_unit=survivor, loser_unit=loser, reason="同一家", asked_by=cast.owner
    )
    is_logging, is_merged, create = threading.Event(), threading.Event(), visits._create

    def create_late(*args, **kwargs):
        is_logging.set()
        is_merged.wait(
            timeout=1.5
        )  # without locks the merge is through by now, and knows nothing of this visit
        return create(*args, **kwargs)

    monkeypatch.setattr(visits, "_create", create_late)

    def log():
        entry = VisitEntry(unit=loser, on=business_date(), outcome=Outcome.NEUTRAL, persons=[person])
        visits.log_visit(entry, public_id=uuid4(), by=cast.owner)
        return "logged"

    def join():
        is_logging.wait(timeout=5)
        services.approve_merge(merge, cast.director)
        is_merged.set()
        return "done"

    assert at_once(log, join) == ["logged", "done"]
    assert Visit.objects.get().unit_id == survivor.pk
