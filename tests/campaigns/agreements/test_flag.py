"""The red flag “agreement ends”: caused, accepted and cleared through the services, never twice for the same end."""

from datetime import timedelta

import pytest

from accounts.red_flags.models import RedFlag
from accounts.red_flags.services import acknowledge, recompute, recompute_dirty
from accounts.red_flags.terms import FlagKind
from accounts.units.models import DirtyUnit
from campaigns.agreements.services import end_agreement, record_agreement
from kam.core.clock import business_date
from tests.factories.accounts import make_unit
from tests.factories.offers import make_agreement, paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def flags(unit, state="open"):
    return list(RedFlag.objects.filter(unit=unit, kind=FlagKind.AGREEMENT_ENDS, state=state))


def test_recorded_inside_the_notice_it_is_raised_by_the_next_tick_and_a_renewal_clears_it(
    cast, unit, client_of
):
    row = make_agreement(unit, cast.owner, ends_in=90)
    assert DirtyUnit.objects.filter(unit=unit).exists()
    recompute_dirty()
    (flag,) = flags(unit)
    assert (flag.since_on, flag.evidence) == (
        business_date(),
        {"number": row.number, "title": row.title, "ends": row.ends_on.isoformat()},
    )
    page = client_of(cast.owner).get(f"/accounts/{unit.pk}/").content.decode()
    assert (f"Agreement {row.number} ends on" in page, f"/accounts/{unit.pk}/tabs/offers/" in page) == (
        True,
        True,
    )
    first = row.ends_on + timedelta(1)
    record_agreement(unit, paper(first, first + timedelta(364)), by=cast.owner, renews=row)
    recompute_dirty()
    assert (flags(unit), flags(unit, "cleared")) == ([], [flag])


def test_accepted_with_a_comment_it_is_not_raised_again_and_another_agreement_is_another_flag(cast, unit):
    row = make_agreement(unit, cast.owner, ends_in=30)
    recompute_dirty()
    (flag,) = flags(unit)
    acknowledge(flag, by=cast.owner, comment="改制，不再续签", version=flag.version)
    for days in (0, 1, 30):
        recompute([unit.pk], today=business_date() + timedelta(days))
        assert flags(unit) == []
    assert flags(unit, "acknowledged") == [flag]
    make_agreement(unit, cast.owner, ends_in=31)
    recompute_dirty()
    assert [one.fact_key == flag.fact_key for one in flags(unit)] == [False]
    end_agreement(row, on=business_date(), reason="改制", by=cast.owner, version=row.version)
    recompute_dirty()
    assert [one.pk for one in flags(unit, "cleared")] == [flag.pk]


def test_outside_the_notice_and_after_its_last_day_there_is_none(cast, unit):
    row = make_agreement(unit, cast.owner, ends_in=91)
    recompute_dirty()
    assert flags(unit) == []
    recompute([unit.pk], today=row.ends_on)
    assert len(flags(unit)) == 1
    recompute([unit.pk], today=row.ends_on + timedelta(1))
    assert flags(unit) == []
    recompute([unit.pk], today=row.ends_on)
    assert flags(unit) == []
