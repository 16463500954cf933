"""Sixteen receipts confirmed in the same second: serials 1 … 16, without gap or tie. Fails without locks: see tests/test_race_controls.py."""

import pytest

from campaigns.earnest import services
from campaigns.earnest.models import Earnest, SerialCounter
from campaigns.earnest.rules import is_gapless
from tests.factories.campaigns import make_campaign
from tests.factories.earnest import make_earnest, receive
from tests.racing import at_once, meeting, without_constraint

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def drawn():
    return list(Earnest.objects.filter(serial__isnull=False).values_list("serial", flat=True))


def confirm(rows, cast):
    return at_once(*[lambda row=row: receive(row, cast.finance).state for row in rows])


def test_sixteen_receipts_at_once_draw_sixteen_serials(cast, monkeypatch):
    campaign = make_campaign()
    SerialCounter.objects.create(campaign=campaign)
    rows = [make_earnest(campaign, cast.owner, f"买家{n}") for n in range(16)]
    monkeypatch.setattr(services, "_draw", meeting(services._draw))
    assert confirm(rows, cast) == ["received"] * 16
    assert (len(drawn()), is_gapless(drawn())) == (16, True)


def test_without_lock_and_constraint_two_buyers_draw_one_serial(cast, monkeypatch, settings):
    """The tie can happen, which is all that a control shows: on a busy machine the two may miss each other."""
    settings.SKIP_LOCKS = True
    campaigns = [make_campaign(code=f"race-{n}") for n in range(3)]
    seen = []
    with without_constraint("campaigns_earnest", "earnest_serial_once"):
        for campaign in campaigns:
            SerialCounter.objects.create(campaign=campaign)
            rows = [make_earnest(campaign, cast.owner, f"买家{n}") for n in range(2)]
            with monkeypatch.context() as patch:
                patch.setattr(services, "_draw", meeting(services._draw))
                answers = confirm(rows, cast)
            seen.append((answers, [row.serial for row in Earnest.objects.filter(campaign=campaign)]))
            if seen[-1] == (["received"] * 2, [1, 1]):
                break
        else:
            pytest.fail(f"no tie: {seen}")
