"""The acts on the rows of a campaign: phases, goals, products, schedule, responsibilities, expansion table.

What is approved with the plan changes in the draft only; the rest moves on while the campaign runs. Each act holds the campaign, so that
nothing is written beside a plan that is being handed in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Max, Model, ProtectedError
from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.labels import CHANNEL_LABELS
from campaigns.campaigns.models import (
    Campaign,
    CampaignProduct,
    Candidate,
    Duty,
    Goal,
    PartnerActivity,
    Phase,
    ScheduleLine,
    SiteVisit,
)
from campaigns.campaigns.services import locked_at
from campaigns.campaigns.terms import PLAN_PARTS, CampaignState, GoalKind, OfferChannel, PartKind
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.users.models import User

MODELS: Mapping[PartKind, type[Any]] = {
    PartKind.PHASE: Phase,
    PartKind.GOAL: Goal,
    PartKind.PRODUCT: CampaignProduct,
    PartKind.LINE: ScheduleLine,
    PartKind.DUTY: Duty,
    PartKind.CANDIDATE: Candidate,
    PartKind.BATCH: SiteVisit,
    PartKind.ACTIVITY: PartnerActivity,
}
_PER_CENT = 100


@dataclass(frozen=True, slots=True)
class CampaignHead:
    """What a campaign says of itself."""

    name: str
    english_name: str
    purpose: str
    idea: str
    window_from: date | None
    window_to: date | None
    channels: list[str]
    pools_subsidiaries: bool
    coordinator: User | None
    budget_owner: User | None


@transaction.atomic
def draft_campaign(code: str, head: CampaignHead, *, by: User) -> Campaign:
    """Begin a campaign of one's own. Raises BusinessError at `code` or at a day."""
    if Campaign.objects.filter(code=code).exists():
        raise BusinessError(_("This code is taken."), code="taken", field="code")
    _check_window(head)
    row = Campaign.objects.create(code=code, drafted_by=by, **_told(head))
    record("campaigns.campaign.drafted", row, by=by, changes={"code": (None, code)})
    return row


@transaction.atomic
def edit_head(campaign: Campaign, head: CampaignHead, *, by: User, version: int) -> Campaign:
    """Change what a drafted campaign says of itself. Raises ConflictError when it changed meanwhile or is no draft."""
    row = locked_at(campaign, version)
    _require_open(row, PartKind.PHASE)
    _check_window(head)
    told = _told(head)
    changes = {name: (getattr(row, name), value) for name, value in told.items()}
    _write(row, told)
    record("campaigns.campaign.changed", row, by=by, changes=_differing(changes))
    return row


@transaction.atomic
def add_part(
    campaign: Campaign, kind: PartKind, values: Mapping[str, Any], *, by: User, version: int
) -> Model:
    """Add a row. Raises BusinessError at the field that does not fit, ConflictError when the campaign changed meanwhile."""
    row = locked_at(campaign, version)
    _require_open(row, kind)
    told = _checked(row, kind, values, None)
    model = MODELS[kind]
    if any(field.name == "place" for field in model._meta.fields):  # noqa: SLF001 -- Django's documented field list
        told["place"] = (model.objects.filter(campaign=row).aggregate(last=Max("place"))["last"] or 0) + 1
    if kind is PartKind.CANDIDATE:
        told["added_by"] = by
    part: Model = model.objects.create(campaign=row, **told)
    _write(row, {})
    record("campaigns.campaign.changed", row, by=by, changes={kind.value: (None, str(part))})
    return part


@transaction.atomic
def change_part(part: Any, kind: PartKind, values: Mapping[str, Any], *, by: User, version: int) -> Model:
    """Change a row. Raises as `add_part` does."""
    row = locked_at(part.campaign, version)
    _require_open(row, kind)
    kept: Any = MODELS[kind].objects.get(pk=part.pk, campaign=row)
    told = _checked(row, kind, values, kept.pk)
    changes = {name: (getattr(kept, name), value) for name, value in told.items()}
    for name, value in told.items():
        setattr(kept, name, value)
    kept.save(update_fields=[*told])
    _write(row, {})
    record("campaigns.campaign.changed", row, by=by, changes=_differing(changes))
    written: Model = kept
    return written


@transaction.atomic
def remove_part(part: Any, kind: PartKind, *, by: User, version: int) -> None:
    """Take a row out of the draft. Raises BusinessError where something hangs on it, ConflictError for a campaign that changed or runs."""
    row = locked_at(part.campaign, version)
    _require_open(row, PartKind.PHASE)
    kept: Any = MODELS[kind].objects.get(pk=part.pk, campaign=row)
    said = str(kept)
    try:
        with transaction.atomic():
            kept.delete()
    except ProtectedError as error:
        words = _("“%(what)s” is used elsewhere in KAM. Nothing was removed.") % {"what": said}
        raise BusinessError(words, code="in_use") from error
    _write(row, {})
    record("campaigns.campaign.changed", row, by=by, changes={kind.value: (said, None)})


@transaction.atomic
def tick_line(line: ScheduleLine, *, done: bool, by: User) -> ScheduleLine:
    """Say that a line of the schedule is done today, or is not done after all; saying it twice changes nothing."""
    row = locked_at(line.campaign, None)
    if row.state != CampaignState.RUNNING:
        raise ConflictError(_("The campaign does not run."), code="not_running")
    kept = ScheduleLine.objects.get(pk=line.pk)
    if (kept.done_on is not None) == done:
        return kept
    before = kept.done_on
    kept.done_on, kept.done_by = (business_date(), by) if done else (None, None)
    kept.save(update_fields=["done_on", "done_by"])
    changes = {kept.text[:80]: (before, kept.done_on)}
    record("campaigns.campaign.line_ticked", row, by=by, changes=changes)
    return kept


# --- Inside ----------------------------------------------------------------------------------------------------------


def _require_open(row: Campaign, kind: PartKind) -> None:
    if row.state == CampaignState.DRAFT or (kind not in PLAN_PARTS and row.state == CampaignState.RUNNING):
        return
    words = _("The plan was handed in: what is approved stays as it is. Draft a copy for another campaign.")
    raise ConflictError(words, code="fixed")


def _told(head: CampaignHead) -> dict[str, Any]:
    return {name: getattr(head, name) for name in CampaignHead.__slots__}


def _write(row: Campaign, told: Mapping[str, Any]) -> None:
    for name, value in told.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*told, "version"])


def _differing(changes: Mapping[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    def said(value: Any) -> Any:
        return str(value) if isinstance(value, models.Model) else value

    return {name: (said(old), said(new)) for name, (old, new) in changes.items() if old != new}


def _check_window(head: CampaignHead) -> None:
    first, last = head.window_from, head.window_to
    if (first is None) != (last is None):
        name = "window_to" if last is None else "window_from"
        raise BusinessError(_("Give both days of the offer, or none."), code="half", field=name)
    _in_order(first, last, "window_to")


def _in_order(first: date | None, last: date | None, field: str) -> None:
    if first is not None and last is not None and last < first:
        raise BusinessError(_("The last day lies before the first."), code="order", field=field)


def _checked(row: Campaign, kind: PartKind, values: Mapping[str, Any], own: int | None) -> dict[str, Any]:
    told = dict(values)
    check = _CHECKS.get(kind)
    if check is not None:
        check(row, told, own)
    return told


def _check_phase(_row: Campaign, told: dict[str, Any], _own: int | None) -> None:
    _in_order(told["starts_on"], told["ends_on"], "ends_on")


def _check_line(row: Campaign, told: dict[str, Any], _own: int | None) -> None:
    _in_order(told["starts_on"], told["due_on"], "due_on")
    phase = told.get("phase")
    if phase is not None and phase.campaign_id != row.pk:
        raise BusinessError(_("This phase belongs to another campaign."), code="phase", field="phase")


def _check_goal(_row: Campaign, told: dict[str, Any], _own: int | None) -> None:
    if told["kind"] == GoalKind.SINCERE_PERCENT and told["target"] > _PER_CENT:
        raise BusinessError(_("Not more than 100 per cent."), code="percent", field="target")


def _check_product(row: Campaign, told: dict[str, Any], own: int | None) -> None:
    if CampaignProduct.objects.filter(campaign=row, code=told["code"]).exclude(pk=own or 0).exists():
        raise BusinessError(_("This code is taken."), code="taken", field="code")


def _check_duty(_row: Campaign, told: dict[str, Any], _own: int | None) -> None:
    if told["person"] is None and not told["party"]:
        raise BusinessError(_("Name a person or a party."), code="nobody", field="person")


def _check_candidate(row: Campaign, told: dict[str, Any], own: int | None) -> None:
    unit = told["unit"]
    if unit is not None:
        told["name"] = told["name"] or unit.name
        told["channel"] = told["channel"] or unit.channel
    if not told["name"]:
        raise BusinessError(_("Name the unit."), code="nameless", field="name")
    if told["channel"] not in CHANNEL_LABELS:
        told["channel"] = OfferChannel.OTHER.value
    others = Candidate.objects.filter(campaign=row).exclude(pk=own or 0)
    if unit is not None and others.filter(unit=unit).exists():
        raise BusinessError(_("This unit is in the table already."), code="twice", field="unit")
    if others.filter(name=told["name"]).exists():
        raise BusinessError(_("This unit is in the table already."), code="twice", field="name")


def _check_batch(row: Campaign, told: dict[str, Any], own: int | None) -> None:
    _check_came(told)
    others = SiteVisit.objects.filter(campaign=row, batch=told["batch"], unit=told["unit"])
    if others.exclude(pk=own or 0).exists():
        raise BusinessError(_("This unit is in this batch already."), code="twice", field="unit")


def _check_activity(_row: Campaign, told: dict[str, Any], _own: int | None) -> None:
    _check_came(told)


def _check_came(told: dict[str, Any]) -> None:
    if told["came_count"] is not None and told["on"] > business_date():
        raise BusinessError(_("This day is still to come."), code="future", field="came_count")


_CHECKS: Mapping[PartKind, Callable[[Campaign, dict[str, Any], int | None], None]] = {
    PartKind.PHASE: _check_phase,
    PartKind.LINE: _check_line,
    PartKind.GOAL: _check_goal,
    PartKind.PRODUCT: _check_product,
    PartKind.DUTY: _check_duty,
    PartKind.CANDIDATE: _check_candidate,
    PartKind.BATCH: _check_batch,
    PartKind.ACTIVITY: _check_activity,
}
