"""One camera and two hands at the desk in the same second. Fails without locks: see tests/test_race_controls.py."""

from datetime import timedelta

import pytest

from kam.approvals.routes import load_default_routes
from kam.core.clock import business_date
from kam.core.errors import ConflictError
from tests.factories.gifts import decide_all
from tests.racing import at_once, meeting
from visits.bookings.services import add_resource
from visits.bookings.terms import ResourceKind
from visits.equipment import services
from visits.equipment.models import Loan

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_one_camera_handed_out_twice_at_once_is_with_one(cast, monkeypatch):
    load_default_routes()
    camera, today = add_resource(ResourceKind.EQUIPMENT, "数码相机", by=cast.clerk), business_date()
    first, second = (
        decide_all(services.SUBJECT, services.ask_loan(camera, "拍摄样板房", day, day, by=by))
        for by, day in ((cast.owner, today), (cast.same_team, today + timedelta(1)))
    )
    monkeypatch.setattr(services, "_set", meeting(services._set))
    answers = at_once(
        *(lambda loan=loan: type(services.hand_out(loan, by=cast.clerk)) for loan in (first, second))
    )
    assert sorted(answers, key=str) == sorted([Loan, ConflictError], key=str)
    assert sorted(Loan.objects.values_list("state", flat=True)) == ["approved", "out"]
