"""The demo's grading joins what is there already."""

import pytest

from accounts.qualification.demo import play_core
from accounts.qualification.models import CoreChange
from accounts.qualification.services_tiers import mark_core
from kam.core.clock import business_date
from kam.demo.story import Size, Story
from tests.factories.accounts import make_unit

pytestmark = pytest.mark.django_db


def test_units_that_are_marked_already_stay_as_they_are(cast):
    unit = make_unit("泉州商会", owner=cast.owner, tier="A")
    mark_core(unit, is_core=True, by=cast.manager, reason="nine sets")
    play_core(Story(size=Size.DEPARTMENT, seed=1, today=business_date()))
    assert CoreChange.objects.filter(unit=unit).count() == 1
