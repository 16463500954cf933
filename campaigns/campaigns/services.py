"""The acts on campaigns."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.models import (
    Campaign,
    CampaignProduct,
    Candidate,
    Duty,
    Goal,
    Phase,
    ScheduleLine,
)
from campaigns.campaigns.terms import CAMPAIGN_TRANSITIONS, CampaignState
from kam.approvals import services as approvals
from kam.approvals.models import Request
from kam.audit.services import record
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.transitions import ensure_transition
from kam.users.models import User

SUBJECT = "campaign_plan"
#: The two campaigns of the source; each is loaded once and never changed by loading again.
FIXTURE = settings.BASE_DIR / "fixtures" / "campaigns.json"


@transaction.atomic
def load_campaigns() -> list[Campaign]:
    """Write the campaigns of the source that are not there yet, as approved plans; return those written."""
    entries = json.loads(FIXTURE.read_text("utf-8"))
    known = set(Campaign.objects.values_list("code", flat=True))
    return [_load(entry) for entry in entries if entry["code"] not in known]


_HEAD = ("code", "name", "english_name", "purpose", "idea", "window_from", "window_to", "channels")


def _load(entry: Mapping[str, Any]) -> Campaign:
    campaign = Campaign.objects.create(state=CampaignState.RUNNING, **{name: entry[name] for name in _HEAD})
    for place, product in enumerate(entry["products"], 1):
        CampaignProduct.objects.create(campaign=campaign, place=place, **product)
    for place, goal in enumerate(entry["goals"], 1):
        Goal.objects.create(campaign=campaign, place=place, **goal)
    for duty in entry["duties"]:
        Duty.objects.create(campaign=campaign, **duty)
    for candidate in entry["candidates"]:
        Candidate.objects.create(campaign=campaign, **candidate)
    _load_schedule(campaign, entry)
    record("campaigns.campaign.loaded", campaign, by=None, changes={"code": (None, campaign.code)})
    return campaign


def _load_schedule(campaign: Campaign, entry: Mapping[str, Any]) -> None:
    """Write the phases with what is done in each, and the work schedule behind them."""
    lines: list[dict[str, Any]] = []
    for place, told in enumerate(entry["phases"], 1):
        dates = {name: told[name] for name in ("name", "starts_on", "ends_on")}
        phase = Phase.objects.create(campaign=campaign, place=place, **dates)
        lines += [{"phase": phase, "text": text} for text in told["lines"]]
    for place, line in enumerate(lines + list(entry["schedule"]), 1):
        ScheduleLine.objects.create(campaign=campaign, place=place, **line)


@dataclass(frozen=True, slots=True)
class CopyTerms:
    """What a copy has of its own; its phases and schedule move with the first day of the offer."""

    code: str
    name: str
    window_from: date
    window_to: date
    english_name: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """So many days later."""

    days: int

    def of(self, day: date | None) -> date | None:
        return day + timedelta(days=self.days) if day else None


@transaction.atomic
def copy_campaign(source: Campaign, terms: CopyTerms, *, by: User) -> Campaign:
    """Draft a campaign after another one: products, goals, phases, schedule and responsibilities; units and rules are not copied."""
    if Campaign.objects.filter(code=terms.code).exists():
        raise BusinessError(_("This code is taken."), code="taken", field="code")
    if terms.window_to < terms.window_from:
        raise BusinessError(_("The last day lies before the first."), code="order", field="window_to")
    made = Campaign.objects.create(
        code=terms.code,
        name=terms.name,
        english_name=terms.english_name,
        window_from=terms.window_from,
        window_to=terms.window_to,
        purpose=source.purpose,
        idea=source.idea,
        channels=source.channels,
        pools_subsidiaries=source.pools_subsidiaries,
        coordinator=by,
        drafted_by=by,
    )
    _copy_parts(source, made)
    record("campaigns.campaign.copied", made, by=by, changes={"from": (None, source.code)})
    return made


def _copy_parts(source: Campaign, made: Campaign) -> None:
    first = source.window_from or min((p.starts_on for p in source.phases.all()), default=made.window_from)
    assert first is not None  # noqa: S101 -- a copy has days
    assert made.window_from is not None  # noqa: S101 -- see above
    move = Move((made.window_from - first).days)
    phases: dict[int, Phase] = {}
    for phase in source.phases.all():
        old = phase.pk
        phase.starts_on = phase.starts_on + timedelta(days=move.days)
        phase.ends_on = move.of(phase.ends_on)
        phases[old] = _again(phase, made)
    for line in source.schedule.all():
        line.starts_on, line.due_on = move.of(line.starts_on), move.of(line.due_on)
        line.phase = phases.get(line.phase_id or 0)
        line.done_on = line.done_by = line.owner = None
        _again(line, made)
    for part in (*source.products.all(), *source.goals.all(), *source.duties.all()):
        _again(part, made)


def _again(part: Any, made: Campaign) -> Any:
    """Write a part of a campaign once more, for its copy."""
    part.pk, part.campaign = None, made
    part._state.adding = True  # noqa: SLF001 -- Django documents this for copying rows
    part.save(force_insert=True)
    return part


@transaction.atomic
def submit_plan(campaign: Campaign, *, by: User, version: int) -> Request:
    """Hand a drafted campaign to the deciders; it runs when they approved it."""
    row = locked_at(campaign, version)
    _move(row, CampaignState.SUBMITTED)
    record("campaigns.campaign.submitted", row, by=by)
    return approvals.submit(SUBJECT, row, by=by)


@transaction.atomic
def close_campaign(campaign: Campaign, *, by: User, version: int) -> Campaign:
    """End a campaign: nothing is sold in it any more."""
    row = locked_at(campaign, version)
    _move(row, CampaignState.CLOSED)
    record("campaigns.campaign.closed", row, by=by)
    return row


def start_campaign(campaign: Campaign, by: User) -> None:
    """The last decider approved the plan."""
    row = locked_at(campaign, None)
    _move(row, CampaignState.RUNNING)
    record("campaigns.campaign.started", row, by=by)


def give_back_campaign(campaign: Campaign, _by: User) -> None:
    """Returned: a draft again."""
    _move(locked_at(campaign, None), CampaignState.DRAFT)


def cancel_campaign(campaign: Campaign, _by: User) -> None:
    """Rejected or withdrawn for good."""
    _move(locked_at(campaign, None), CampaignState.CANCELLED)


def hold_open(campaign: Campaign | None) -> None:
    """Lock a campaign until the transaction ends; refused where it was closed or cancelled: nothing is added to it any more."""
    if campaign is None:
        return
    row = locked_at(campaign, None)
    if row.state in {CampaignState.CLOSED, CampaignState.CANCELLED}:
        words = _(
            "The campaign “%(name)s” was closed: nothing is added to it any more. Reject or withdraw this."
        )
        raise BusinessError(words % {"name": row.name}, code="campaign_closed")


def locked_at(campaign: Campaign, version: int | None) -> Campaign:
    row = locked(Campaign.objects.filter(pk=campaign.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this campaign meanwhile. Look at it again."), code="stale")
    return row


def _move(row: Campaign, target: CampaignState) -> None:
    ensure_transition(CampaignState(row.state), target, CAMPAIGN_TRANSITIONS)
    row.state = target
    row.version += 1
    row.save(update_fields=["state", "version"])
