"""Asking for a briefing, and what the decision does: the money is held from the approval on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.briefings.models import Briefing, BriefingItem
from campaigns.briefings.rules import DEFAULT_ITEMS
from campaigns.briefings.services.rows import lock, move, source_of
from campaigns.briefings.terms import BriefingState
from campaigns.budgets import services as budgets
from campaigns.budgets.models import BudgetLine
from campaigns.budgets.rules import missing
from campaigns.budgets.selectors import balance_on
from campaigns.budgets.services.ledger import lock_line, refusal
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.services import hold_open
from campaigns.campaigns.terms import CampaignState
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.core.numbers import next_number
from kam.users.models import User

SUBJECT = "briefing_request"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: where and when, for how many, why now, at what cost."""

    unit: KeyAccount
    campaign: Campaign
    place: str
    starts_at: datetime
    ends_at: datetime
    expected_count: int
    why: str
    contact: Person | None = None
    estimate_amount: Decimal = Decimal(0)
    line: BudgetLine | None = None

    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@transaction.atomic
def ask_briefing(asked: Asked, *, by: User) -> Briefing:
    """Write the request with what a briefing takes by default, and hand it in."""
    _check(asked)
    today = business_date()
    number = next_number(Briefing, "SM", today.year)
    row = Briefing.objects.create(number=number, asked_by=by, owner=by, asked_on=today, **asked.columns())
    for kind, quantity in DEFAULT_ITEMS.items():
        BriefingItem.objects.create(briefing=row, kind=kind, quantity=quantity)
    record("campaigns.briefing.pending", row, by=by, changes={"amount": (None, row.estimate_amount)})
    approvals.submit(SUBJECT, row, by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def ask_again(briefing: Briefing, asked: Asked, *, by: User, version: int) -> Briefing:
    """Write a returned request anew and hand it in again."""
    row = lock(briefing, version)
    _check(asked)
    columns = asked.columns()
    for name, value in columns.items():
        setattr(row, name, value)
    move(row, BriefingState.PENDING, by, *columns)
    approvals.submit(SUBJECT, row, by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def approve_briefing(briefing: Briefing, by: User) -> None:
    """Approved: the line holds the estimate; people and materials are reserved when it is prepared."""
    row = lock(briefing)
    hold_open(row.campaign)
    if row.line is not None and row.estimate_amount > 0:
        held = budgets.reserve(
            row.line, row.estimate_amount, source=source_of(row), by=by, text=row.why[:200]
        )
        row.reservation_id = held.entry_id
    move(row, BriefingState.APPROVED, by, "reservation")


@transaction.atomic
def end_request(briefing: Briefing, by: User, *, state: BriefingState) -> None:
    """Returned, rejected or withdrawn."""
    move(lock(briefing), state, by)


@transaction.atomic
def hand_over(pks: Sequence[str], *, frm: User, to: User, by: User) -> None:
    """Give open briefings to a successor."""
    for row in locked(Briefing.objects.filter(pk__in=pks, owner=frm)):
        row.owner = to
        row.version += 1
        row.save(update_fields=["owner", "version"])
        record("campaigns.briefing.handed_over", row, by=by, changes={"owner": (frm.name, to.name)})


def _check(asked: Asked) -> None:
    """Refuse what cannot be asked: a campaign that does not run, a time that is over, a line without the money."""
    if asked.campaign.state != CampaignState.RUNNING:
        raise BusinessError(_("This campaign does not run."), code="not_running", field="campaign")
    if asked.ends_at <= asked.starts_at:
        raise BusinessError(_("The end must lie after the start."), code="order", field="end")
    if asked.starts_at <= timezone.now():
        raise BusinessError(_("This time is over."), code="over", field="day")
    if asked.contact is not None and asked.contact.unit_id != asked.unit.pk:
        raise BusinessError(_("Only persons of this unit."), code="stranger", field="contact")
    if asked.estimate_amount > 0:
        _check_money(asked)


def _check_money(asked: Asked) -> None:
    if asked.line is None:
        raise BusinessError(_("Name the budget line that pays for it."), code="line", field="line")
    line = lock_line(asked.line.pk)
    balance = balance_on(line)
    if lacking := missing(balance, asked.estimate_amount):
        error = refusal(line, balance, asked.estimate_amount, lacking)
        error.field = "line"
        raise error
