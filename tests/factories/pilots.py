"""A pilot as far as it has come: drafted, running, measured."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.terms import CampaignState
from campaigns.pilots import services
from campaigns.pilots.models import Pilot
from campaigns.pilots.services import Plan, Ruling
from campaigns.pilots.terms import Size, Source, Verdict
from kam.core.clock import business_date
from kam.users.models import User


def plan_of(code: str = "pilot-1", launch_on: date | None = None, **fields: Any) -> Plan:
    """A launch whose first round of eight weeks ended yesterday."""
    mix = {Size.LARGE: 1, Size.MEDIUM: 1, Size.SMALL: 0}
    told: dict[str, Any] = {"question": "客户愿意用平台登记吗？", "mix": mix} | fields
    return Plan(code, "平台内测", launch_on or business_date() - timedelta(weeks=8), **told)


def make_pilot(by: User, **fields: Any) -> Pilot:
    return services.plan_pilot(plan_of(**fields), by=by)


def make_running_pilot(by: User, **fields: Any) -> Pilot:
    """Return a pilot whose plan was approved, its route left out."""
    pilot = make_pilot(by, **fields)
    Campaign.objects.filter(pk=pilot.campaign_id).update(state=CampaignState.RUNNING)
    pilot.campaign.refresh_from_db()
    return pilot


def tell_all(pilot: Pilot, by: User, value: Any = 80, number: int = 1) -> None:
    told = {row.pk: Decimal(value) for row in pilot.measures.filter(source=Source.TOLD)}
    services.tell_figures(pilot.rounds.get(number=number), told, by=by)


def ruling_of(verdict: Verdict = Verdict.CHANGE, **fields: Any) -> Ruling:
    today = business_date()
    told: dict[str, Any] = {"next_from": today, "next_until": today + timedelta(30), "change": "登记改为两步"}
    return Ruling(verdict, "愿意继续使用的比例偏低", **(told | fields))
