"""Briefings as far as they have come."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import time_machine
from django.utils import timezone

from accounts.units.models import KeyAccount
from campaigns.briefings import services
from campaigns.briefings.models import Attendee, Briefing
from campaigns.briefings.services import Asked, Person, Prepared, Taking
from campaigns.briefings.terms import StaffRole, Step
from campaigns.campaigns.models import Campaign
from campaigns.prospects.terms import Intention
from kam.core.clock import business_date, moment
from kam.users.models import User
from tests.factories.gifts import decide_all


def asked_for(unit: KeyAccount, campaign: Campaign, day: date | None = None, **fields: Any) -> Asked:
    """Two hours in the evening of tomorrow, for thirty people, without money."""
    on = day or business_date() + timedelta(1)
    told: dict[str, Any] = {"place": "三楼会议室", "expected_count": 30, "why": "理事会前集中介绍"}
    told |= {"starts_at": moment(on, time(18)), "ends_at": moment(on, time(20))}
    return Asked(unit, campaign, **(told | fields))


def make_briefing(unit: KeyAccount, campaign: Campaign, by: User, **fields: Any) -> Briefing:
    """Return a request that was handed in."""
    return services.ask_briefing(asked_for(unit, campaign, **fields), by=by)


def approved(unit: KeyAccount, campaign: Campaign, by: User, **fields: Any) -> Briefing:
    row: Briefing = decide_all(services.SUBJECT, make_briefing(unit, campaign, by, **fields))
    return row


def reserve(row: Briefing, *sales: User, items: Any = (), by: User | None = None) -> Briefing:
    """Reserve the sales representatives, the first of whom explains the slides, and the things."""
    row.refresh_from_db()
    staff = [Taking(StaffRole.SALES, person) for person in sales]
    prepared = Prepared(staff, sales[0], list(items))
    return services.prepare_briefing(row, prepared, by=by or sales[0], version=row.version)


def on_its_day(row: Briefing) -> Any:
    """Travel to the evening of the briefing."""
    return time_machine.travel(max(timezone.now(), row.starts_at + timedelta(minutes=30)), tick=True)


def attend(row: Briefing, by: User, name: str = "邹慧敏", **fields: Any) -> Attendee:
    told = {"intention": Intention.STRONG, "return_on": row.day + timedelta(3)} | fields
    return services.register_attendee(row, Person(name, **told), public_id=uuid4(), by=by)


def do(row: Briefing, by: User, *steps: Step) -> Briefing:
    for step in steps:
        row.refresh_from_db()
        services.do_step(row, step, by=by, version=row.version)
    row.refresh_from_db()
    return row


def counted(left: dict[int, int] | None = None, amount: Any = 0, document: str = "") -> services.Counted:
    return services.Counted(left or {}, Decimal(amount), document, "多问交房时间")
