"""The deciding set signed by two and by sixteen at the same moment. Fails without locks: see tests/test_race_controls.py."""

from decimal import Decimal

import pytest

from campaigns.deals import services
from campaigns.deals.models import Adjustment, Crossing, Deal
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from kam.core.errors import ConflictError
from tests.factories.accounts import make_unit
from tests.factories.campaigns import make_campaign, make_deal, make_rules, make_signed
from tests.racing import at_once, busy_with, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def campaign(db):
    return make_campaign(window_from=None, window_to=None)


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner, channel="chamber")


def sign(deal, cast):
    told = {"contract_no": f"HT-{deal.pk}", "signed_on": business_date(), "version": 1}
    return type(services.sign_deal(deal, **told, by=cast.owner))


def test_the_deciding_set_signed_twice_at_once_is_one_and_the_next(unit, campaign, cast, monkeypatch):
    make_rules(campaign, sets=3)
    make_signed(unit, campaign, "甲")
    pair = [make_deal(unit, campaign, name) for name in ("乙", "丙")]
    monkeypatch.setattr(services, "_freeze_price", meeting(services._freeze_price))
    assert at_once(*[lambda deal=deal: sign(deal, cast) for deal in pair]) == [Deal, Deal]
    assert [deal.net_total() for deal in Deal.objects.all()] == [Decimal("424496.80")] * 3
    assert (Crossing.objects.count(), Adjustment.objects.count()) == (1, 2)


def test_the_ninth_set_signed_by_sixteen_at_once_credits_the_eight_before_it_once(
    unit, campaign, cast, monkeypatch
):
    make_rules(campaign, sets=9)
    before = [make_signed(unit, campaign, f"前{n}").pk for n in range(8)]
    deals = [make_deal(unit, campaign, f"客{n}") for n in range(16)]
    monkeypatch.setattr(services, "_freeze_price", meeting(services._freeze_price))
    assert at_once(*[lambda deal=deal: sign(deal, cast) for deal in deals]) == [Deal] * 16
    assert [deal.net_total() for deal in Deal.objects.all()] == [Decimal("424496.80")] * 24
    (crossing,) = Crossing.objects.all()
    assert (crossing.kind, crossing.count, crossing.deal_id in before) == ("reached", 9, False)
    credited = Adjustment.objects.order_by("deal").values_list("deal", "amount", "kind")
    assert list(credited) == [(pk, Decimal("8663.20"), "credit") for pk in before]


def test_one_deal_signed_by_sixteen_at_once_is_signed_once(unit, campaign, cast, monkeypatch):
    make_rules(campaign, sets=2)
    make_signed(unit, campaign, "甲")
    deal = make_deal(unit, campaign, "乙")
    monkeypatch.setattr(services, "_freeze_price", meeting(services._freeze_price))
    answers = at_once(*[lambda: sign(deal, cast)] * 16)
    assert (answers.count(Deal), answers.count(ConflictError)) == (1, 15)
    assert (Crossing.objects.count(), Adjustment.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(act="campaigns.deal.signed", object_id=deal.pk).count() == 1


def test_who_waits_too_long_is_told_so_and_keeps_what_was_typed(unit, campaign, cast, client_of):
    make_rules(campaign)
    deal = make_deal(unit, campaign, "乙")
    client = client_of(cast.owner)
    told = {"version": 1, "contract_no": "HT-88", "signed_on": business_date().isoformat()}
    entries = AuditEntry.objects.count()
    with busy_with("select 1 from accounts_keyaccount where id = %s for update", [unit.pk]):
        answer = client.post(f"/deals/{deal.pk}/sign/", told)
    page = answer.content.decode()
    assert (answer.status_code, "Somebody else is saving something" in page) == (409, True)
    assert 'value="HT-88"' in page
    deal.refresh_from_db()
    assert (deal.state, deal.version, AuditEntry.objects.count()) == ("agreed", 1, entries)
    assert client.post(f"/deals/{deal.pk}/sign/", told).status_code == 302
