"""A version of what a set earns is put in force; its predecessor ends on the day before."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.budgets.models import BudgetLine
from campaigns.campaigns.models import Campaign
from campaigns.rebates.models import RebateVersion
from campaigns.rebates.rules import Tier
from kam.audit.services import record
from kam.core.days import say_day
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.users.models import User


@transaction.atomic
def put_in_force(
    campaign: Campaign,
    tiers: Sequence[Tier],
    valid_from: date,
    *,
    by: User | None,
    line: BudgetLine | None = None,
    note: str = "",
) -> RebateVersion:
    """Write the version; the campaign is locked, so that two versions put in force at once are one after the other."""
    locked(Campaign.objects.filter(pk=campaign.pk), no_key=True).get()
    check_version(campaign, valid_from)
    rows = list(RebateVersion.objects.filter(campaign=campaign))
    before = next((row for row in rows if row.valid_until is None), None)
    if before is not None:
        before.valid_until = valid_from
        before.save(update_fields=["valid_until"])
    row = RebateVersion.objects.create(
        campaign=campaign,
        number=max((old.number for old in rows), default=0) + 1,
        tiers=[{"from_sets": t.from_sets, "amount": f"{t.amount:.2f}", "goods": t.goods} for t in tiers],
        budget_line=line,
        valid_from=valid_from,
        note=note[:300],
    )
    told = ", ".join(f"{tier.from_sets}: {tier.amount}" for tier in tiers)
    record("campaigns.rebate_version.in_force", row, by=by, changes={"tiers": (None, told)}, reason=note)
    return row


def check_version(campaign: Campaign, valid_from: date) -> None:
    """Refuse a first day on which a later version holds already."""
    later = RebateVersion.objects.filter(campaign=campaign, valid_from__gte=valid_from).order_by("valid_from")
    row = later.first()
    if row is not None:
        words = _("Version %(number)s begins on %(day)s already. Two versions of one rule never share a day.")
        told = {"number": row.number, "day": say_day(row.valid_from)}
        raise BusinessError(words % told, code="overlap", field="valid_from")
