"""The acts on drafts of rules. What approving does is called by the engine as the subject's effect."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kam.approvals import services as approvals
from kam.approvals.models import Request
from kam.approvals.rule_changes.models import RuleChange
from kam.approvals.rule_changes.permissions import can_draft_rule, can_edit_rule_change
from kam.approvals.rule_changes.registry import rule_kind
from kam.approvals.rule_changes.terms import CHANGE_TRANSITIONS, ChangeState
from kam.audit import services as audit
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.transitions import ensure_transition
from kam.users.models import User


@transaction.atomic
def draft_rule_change(
    kind: str, *, payload: Mapping[str, Any], title: str, valid_from: date, reason: str, by: User
) -> RuleChange:
    """Save a new draft; nothing is in force by it."""
    _require_drafter(kind, by)
    _check(kind, payload, valid_from)
    change = RuleChange.objects.create(
        kind=kind,
        payload=dict(payload),
        title=title[:200],
        valid_from=valid_from,
        reason=reason,
        drafted_by=by,
        about=rule_kind(kind).about(payload),
    )
    audit.record("approvals.rule.drafted", change, by=by, changes={"payload": (None, payload)}, reason=reason)
    return change


@transaction.atomic
def edit_rule_change(
    change: RuleChange,
    *,
    payload: Mapping[str, Any],
    title: str,
    valid_from: date,
    reason: str,
    by: User,
    version: int,
) -> RuleChange:
    """Change a draft or a returned change; what was previewed before counts no longer."""
    change = _locked_at(change, version)
    if not can_edit_rule_change(by, change):
        raise BusinessError(
            _("Only the drafter edits a draft, and only before it is submitted."), code="not_editable"
        )
    _check(change.kind, payload, valid_from)
    before = change.payload
    change.payload, change.title, change.valid_from, change.reason = (
        dict(payload),
        title[:200],
        valid_from,
        reason,
    )
    change.about = rule_kind(change.kind).about(payload)
    change.version += 1
    change.save()
    audit.record(
        "approvals.rule.edited", change, by=by, changes={"payload": (before, payload)}, reason=reason
    )
    return change


@transaction.atomic
def note_preview(change: RuleChange, *, by: User) -> RuleChange:
    """Remember that the drafter saw the preview of exactly this draft."""
    change = locked(RuleChange.objects.filter(pk=change.pk)).get()
    if can_edit_rule_change(by, change) and change.previewed_digest != change.digest():
        change.previewed_digest = change.digest()
        change.save(update_fields=["previewed_digest"])
    return change


@transaction.atomic
def submit_rule_change(change: RuleChange, *, by: User, version: int) -> Request:
    """Hand a draft to the deciders; refused when the preview of exactly this draft was not seen."""
    change = _locked_at(change, version)
    if not can_edit_rule_change(by, change):
        raise BusinessError(_("Only the drafter submits a draft."), code="not_editable")
    if change.previewed_digest != change.digest():
        raise BusinessError(_("Look at the preview of this draft first."), code="not_previewed")
    _check(change.kind, change.payload, change.valid_from)
    _move(change, ChangeState.PENDING)
    return approvals.submit(rule_kind(change.kind).subject, change, by=by)


@transaction.atomic
def discard_rule_change(change: RuleChange, *, by: User, version: int) -> RuleChange:
    """Give a draft up that was never submitted; a submitted one is withdrawn on its approval page."""
    change = _locked_at(change, version)
    if not can_edit_rule_change(by, change) or change.state != ChangeState.DRAFT:
        raise BusinessError(_("Only an own draft can be discarded."), code="not_editable")
    _move(change, ChangeState.WITHDRAWN)
    audit.record("approvals.rule.discarded", change, by=by)
    return change


# --- Effects, called by the engine inside the decision's transaction ------------------------------------------------


def apply_rule_change(change: RuleChange, by: User) -> None:
    """The last decider approved: write the rule, from its day on but never for days already past."""
    change = locked(RuleChange.objects.filter(pk=change.pk)).get()
    starts = max(change.valid_from, business_date())
    change.applied_at = timezone.now()
    _move(change, ChangeState.IN_FORCE)
    rule_kind(change.kind).apply(change.payload, starts, by, change.title)
    audit.record(
        "approvals.rule.applied",
        change,
        by=by,
        changes={"payload": (None, change.payload), "from": (None, starts)},
    )


def give_back_rule_change(change: RuleChange, _by: User) -> None:
    _move(locked(RuleChange.objects.filter(pk=change.pk)).get(), ChangeState.RETURNED)


def reject_rule_change(change: RuleChange, _by: User) -> None:
    _move(locked(RuleChange.objects.filter(pk=change.pk)).get(), ChangeState.REJECTED)


def withdraw_rule_change(change: RuleChange, _by: User) -> None:
    _move(locked(RuleChange.objects.filter(pk=change.pk)).get(), ChangeState.WITHDRAWN)


def _require_drafter(kind: str, by: User) -> None:
    if not can_draft_rule(by, kind):
        raise BusinessError(_("Your position does not draft this kind of rule."), code="not_drafter")


def _check(kind: str, payload: Mapping[str, Any], valid_from: date) -> None:
    if valid_from < business_date():
        raise BusinessError(
            _("Rules are never changed for days already past."), code="past", field="valid_from"
        )
    rule_kind(kind).check(payload, valid_from)


def _locked_at(change: RuleChange, version: int) -> RuleChange:
    fresh = locked(RuleChange.objects.filter(pk=change.pk)).get()
    if fresh.version != version:
        raise ConflictError(_("Somebody changed this draft meanwhile. Look at it again."), code="stale")
    return fresh


def _move(change: RuleChange, target: ChangeState) -> None:
    ensure_transition(ChangeState(change.state), target, CHANGE_TRANSITIONS)
    change.state = target
    change.version += 1
    change.save()
