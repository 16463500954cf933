"""An outlet closed in the second in which somebody is named to sell there. Fails without locks: see tests/test_race_controls.py."""

from datetime import date

import pytest

from campaigns.outlets import services
from campaigns.outlets.models import Outlet, OutletSeller
from kam.core.clock import business_date
from kam.core.errors import ConflictError
from tests.factories.accounts import make_person, make_unit
from tests.factories.outlets import make_outlet
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_who_is_named_while_an_outlet_closes_sells_there_no_more_or_is_refused(cast, monkeypatch):
    unit = make_unit("泉州商会", owner=cast.owner)
    outlet, seller = make_outlet(unit, cast.owner), make_person(unit, "钱多")
    monkeypatch.setattr(services, "record", meeting(services.record))
    closing, naming = at_once(
        lambda: type(services.close_outlet(outlet, on=business_date(), reason="租约到期", by=cast.owner)),
        lambda: type(services.name_seller(outlet, seller, since=date(2026, 2, 1), by=cast.owner)),
    )
    assert (closing, naming in {OutletSeller, ConflictError}) == (Outlet, True)
    assert OutletSeller.objects.count() == (naming is OutletSeller)
    assert not OutletSeller.objects.filter(until=None).exists()


def test_an_outlet_closed_by_two_at_once_is_closed_once(cast, monkeypatch):
    outlet = make_outlet(make_unit("泉州商会", owner=cast.owner), cast.owner)
    monkeypatch.setattr(services, "_save", meeting(services._save))
    answers = at_once(
        *(
            lambda why=why: type(services.close_outlet(outlet, on=business_date(), reason=why, by=cast.owner))
            for why in ("租约到期", "并店")
        )
    )
    assert sorted(answers, key=str) == sorted([Outlet, ConflictError], key=str)
