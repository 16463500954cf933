"""A chamber with a key person from the first visit on, and closed deals that earn rebates."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from accounts.persons.models import KeyPersonPeriod, Person
from accounts.persons.terms import Official
from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign
from campaigns.deals.models import Deal
from campaigns.deals.services import receive_payment
from campaigns.integrity.services import Excuse
from campaigns.rebates.models import Rebate
from campaigns.rebates.rules import Tier
from campaigns.rebates.services import Papers, Wish, check_papers, claim, put_in_force
from campaigns.rebates.services.claims import SUBJECT
from campaigns.rebates.terms import RebateMode
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kam.core.clock import business_date
from tests.conftest import Cast
from tests.factories.accounts import make_person, make_unit
from tests.factories.campaigns import make_campaign, make_rules, make_signed
from tests.factories.visits import make_visit

WHY = Excuse("推荐奖励", "协议 7 号", "告知函 3 号")
PAPERS = {"identity": "430202198003150418", "permit": "QZSH-0712"}
THOUSAND = (Tier(1, Decimal(1_000)),)


def make_place(
    cast: Cast, *tiers: Tier, official: Official = Official.NO
) -> tuple[KeyAccount, Campaign, Person]:
    """Return a chamber whose key person was met forty days ago, in a campaign where a set earns 1,000."""
    load_default_routes()
    campaign = make_campaign(window_from=None, window_to=None)
    campaign.phases.create(place=1, name="巡展期", starts_on=business_date() - timedelta(60))
    make_rules(campaign, sets=99)
    put_in_force(campaign, tiers or THOUSAND, business_date() - timedelta(90), by=cast.director)
    unit = make_unit("泉州商会", owner=cast.owner, channel="chamber")
    person = make_person(unit, "蔡文斌", official=official)
    day = business_date() - timedelta(40)
    make_visit(unit, person, user=cast.owner, on=day)
    designated = datetime.combine(day + timedelta(2), time(9), tzinfo=ZoneInfo("Asia/Shanghai"))
    KeyPersonPeriod.objects.create(unit=unit, person=person, started_on=day, designated_at=designated)
    return unit, campaign, person


def make_closed(unit: KeyAccount, campaign: Campaign, cast: Cast, name: str = "洪嘉伟", **terms: Any) -> Deal:
    """Return a deal signed ten days ago and paid nine days ago."""
    terms = {"proof": "会员证 0712", "signed_on": business_date() - timedelta(10)} | terms
    deal = make_signed(unit, campaign, name, **terms)
    day: date = max(terms["signed_on"], business_date() - timedelta(9))
    receive_payment(deal, amount=Decimal(1_000), received_on=day, reference=f"R-{deal.pk}", by=cast.finance)
    return Deal.objects.get(pk=deal.pk)


def make_rebate(
    deal: Deal, cast: Cast, mode: RebateMode = RebateMode.CASH, own: Deal | None = None
) -> Rebate:
    return claim(deal, Wish(mode, own, WHY), by=cast.owner)


def make_payable(deal: Deal, cast: Cast, **wish: Any) -> Rebate:
    """Let director, general manager and finance approve it."""
    rebate = make_rebate(deal, cast, **wish)
    for who in (cast.director, cast.gm, cast.finance):
        request = request_for(SUBJECT, rebate)
        assert request is not None
        approvals.approve(request, by=who, version=request.version)
    return Rebate.objects.get(pk=rebate.pk)


def make_checked(deal: Deal, cast: Cast, **wish: Any) -> Rebate:
    rebate = make_payable(deal, cast, **wish)
    papers = Papers(**PAPERS, escort=cast.owner)
    return check_papers(rebate, papers, by=cast.finance, version=rebate.version)
