"""The history of a record opens to whoever may open the record, by every room's `load`."""

import pytest

from accounts.units.models import KeyAccount
from kam.audit.records import visible_row
from tests.factories.accounts import make_unit

pytestmark = pytest.mark.django_db


def test_a_row_is_loaded_for_its_readers_only(cast):
    unit, load = make_unit(owner=cast.owner), visible_row(KeyAccount.objects)
    assert load(cast.owner, str(unit.pk)) == load(cast.director, str(unit.pk)) == unit
    assert [load(who, str(unit.pk)) for who in (cast.other_team, cast.same_team, cast.admin)] == [None] * 3
    assert load(cast.owner, "²") is None
