"""Proposals, bids and agreements of one unit."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from accounts.units.models import KeyAccount
from campaigns.agreements.models import Agreement
from campaigns.agreements.services import Paper, record_agreement
from campaigns.bids.models import Bid
from campaigns.bids.services import Tender, open_bid
from campaigns.proposals.models import Proposal
from campaigns.proposals.services import open_proposal
from kam.core.clock import business_date
from kam.users.models import User


def make_proposal(unit: KeyAccount, by: User, **told: Any) -> Proposal:
    return open_proposal(unit, "团购方案", "两栋楼的房源", by=by, **told)


def make_bid(unit: KeyAccount, by: User, opens_in: int = 10) -> Bid:
    tender = Tender("采购招标", business_date() + timedelta(opens_in), by, Decimal(8_000_000))
    return open_bid(unit, tender, by=by)


def paper(starts: date, ends: date, **told: Any) -> Paper:
    return Paper(**{"title": "合作协议", "signed_on": business_date(), "terms": "全年团购价"} | told, starts_on=starts, ends_on=ends)  # fmt: skip


def make_agreement(unit: KeyAccount, by: User, *, ends_in: int = 200, **told: Any) -> Agreement:
    """Return one that began a month ago."""
    today = business_date()
    told_paper = paper(today - timedelta(30), today + timedelta(ends_in))
    return record_agreement(unit, told_paper, by=by, **told)
