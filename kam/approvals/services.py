"""The acts of the engine. Each locks the request first, checks state and version, asks the rules, writes, audits, tells.

The lock gives the slower of two deciders a plain 409; the table's unique constraints hold even without it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kam.approvals import letters
from kam.approvals.models import STATE_LABELS, Decision, Request, Seat, Stage
from kam.approvals.registry import Subject, subject_of
from kam.approvals.rounds import (
    freeze,
    give_seat,
    open_next,
    open_round,
    raise_stage,
    skip_open_stages,
    touch,
)
from kam.approvals.rules import Facts, stages_for
from kam.approvals.selectors import (
    Chair,
    chair_of,
    deciders_before,
    holders_for,
    involved_in,
    may_take_over,
    request_for,
    requester_of,
    route_on,
    steps_of,
)
from kam.approvals.terms import (
    FINAL_STATES,
    REQUEST_TRANSITIONS,
    STAGE_TRANSITIONS,
    Action,
    RequestState,
    SeatOrigin,
    StageState,
)
from kam.audit import services as audit
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.transitions import ensure_transition
from kam.users.models import POSITION_LABELS, User


@transaction.atomic
def submit(subject_key: str, obj: Any, *, by: User) -> Request:
    """Freeze what is asked, work out who decides, open the first stage. A returned or voided request goes on in a new round.

    Refused (BusinessError) when no route is in force, nobody is left to decide, or a final request exists already.
    """
    subject = subject_of(subject_key)
    rows = Request.objects.filter(subject_key=subject_key, object_id=str(obj.pk))
    request = locked(rows).last()
    if request is not None and request.state in FINAL_STATES:
        raise BusinessError(
            _("This was rejected or withdrawn for good. Copy it to a new draft and submit that."),
            code="final",
        )
    facts = subject.facts(obj)
    request = _prepared(subject, obj, request, facts, by)
    route = route_on(subject_key, business_date())
    if route is None:
        raise BusinessError(
            _("No approval route is in force for “%(subject)s”.") % {"subject": subject.label},
            code="no_route",
        )
    staging = stages_for(
        steps_of(route),
        facts,
        requester_of(request.requester),
        holders_for(request.requester),
        excluded=involved_in(request),
    )
    if staging.vacancy is not None:
        label = POSITION_LABELS[staging.vacancy]
        raise BusinessError(
            _("Nobody can decide this: the position “%(position)s” is vacant or involved.")
            % {"position": label},
            code="vacant",
        )
    _save_once(request)
    round_ = open_round(request, route, facts, staging, by=by)
    freeze(round_, subject, obj)
    audit.record("approvals.request.submitted", obj, by=by, changes={"round": (None, request.round_number)})
    open_next(request, round_)
    return request


def approve(request: Request, *, by: User, version: int, reason: str = "") -> Request:
    """Approve the pending stage; after the last one the subject's effect runs in the same transaction.

    A `reason` is a remark: kept with the decision, told to who asked at once, read by who decides after and printed on papers. It binds
    nothing: what must be different first is returned.
    """
    return _decide(request, Action.APPROVE, by=by, version=version, reason=reason)


def return_for_changes(request: Request, *, by: User, version: int, reason: str) -> Request:
    """Give the request back to be edited and submitted again; the reason is required."""
    return _decide(request, Action.RETURN, by=by, version=version, reason=reason)


def reject(request: Request, *, by: User, version: int, reason: str) -> Request:
    """Refuse for good; the reason is required."""
    return _decide(request, Action.REJECT, by=by, version=version, reason=reason)


@transaction.atomic
def withdraw(request: Request, *, by: User, version: int, reason: str = "") -> Request:
    """Take an own request back for good."""
    request = _locked_at(request, version)
    if by.pk not in {request.requester_id, request.submitted_by_id}:
        raise BusinessError(_("Only the person who asked can withdraw a request."), code="not_yours")
    before = request.state
    _move(request, RequestState.WITHDRAWN, by=by, reason=reason)
    skip_open_stages(request)
    subject, obj = _subject_and_object(request)
    _record("approvals.request.withdrawn", obj, before, request, by=by, reason=reason)
    subject.on_withdrawn(obj, by)
    return request


@transaction.atomic
def withdraw_for(subject_key: str, obj: Any, *, by: User | None, reason: str) -> Request | None:
    """Take back what waits about `obj` because the thing itself went another way, e.g. by a handover; None when nothing waits.

    `by` is None where the house did it in the night: only for subjects whose effect takes that.
    """
    found = request_for(subject_key, obj)
    if found is None:
        return None
    request = _locked_at(found, None)
    before = request.state
    if before not in {RequestState.PENDING, RequestState.RETURNED}:
        return None
    _move(request, RequestState.WITHDRAWN, by=by, reason=reason)
    skip_open_stages(request)
    _record("approvals.request.withdrawn", obj, before, request, by=by, reason=reason)
    subject_of(subject_key).on_withdrawn(obj, by)  # type: ignore[arg-type]  # see above: nobody withdraws in the night
    return request


@transaction.atomic
def void(subject_key: str, obj: Any, *, by: User, reason: str) -> Request:
    """Void an approval because a material field changed; the subject must be submitted again (new round)."""
    request = request_for(subject_key, obj)
    if request is None:
        raise BusinessError(_("There is no approval to void."), code="no_request")
    request = _locked_at(request, None)
    before = request.state
    _move(request, RequestState.VOIDED, by=by, reason=reason)
    _record("approvals.request.voided", obj, before, request, by=by, reason=reason)
    subject_of(subject_key).on_voided(obj, by)
    letters.tell_requester(request, event="voided", about=request.version)
    return request


@transaction.atomic
def delegate(request: Request, *, to: User, by: User, version: int, reason: str = "") -> Request:
    """Pass the pending stage to somebody of the same or a higher position; the giver's seat ends."""
    request = _locked_at(request, version)
    chair = _chair(request, by)
    barred = involved_in(request) | deciders_before(chair.stage.round) | {by.pk}
    if not may_take_over(to, chair.stage, barred):
        raise BusinessError(
            _("%(name)s cannot decide this: the position is too low, or the person is involved.")
            % {"name": to.name},
            code="cannot_take_over",
            field="to",
        )
    _write_decision(request, chair, Action.DELEGATE, by=by, reason=reason, passed_to=to)
    giver = chair.acting_for or by
    Seat.objects.filter(stage=chair.stage, user=giver).update(ended_at=timezone.now())
    give_seat(chair.stage, to, SeatOrigin.DELEGATED, by=by)
    touch(request)
    _subject, obj = _subject_and_object(request)
    audit.record(
        "approvals.request.delegated",
        obj,
        by=by,
        acting_for=chair.acting_for,
        changes={"decider": (giver.name, to.name)},
        reason=reason,
    )
    letters.tell_deciders(request, chair.stage, [to])
    return request


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of one request of a bulk approval."""

    request_id: int
    ok: bool
    message: Any = ""


def bulk_approve(shown: Iterable[tuple[int, int]], *, by: User) -> list[BulkResult]:
    """Approve each (request id, version the page showed) in a transaction of its own; only subjects that allow bulk."""
    results = []
    for request_id, version in shown:
        request = Request.objects.visible_to(by).filter(pk=request_id).first()
        if request is None:
            results.append(BulkResult(request_id, ok=False, message=_("Not found.")))
            continue
        try:
            if not subject_of(request.subject_key).bulk:
                raise BusinessError(_("This kind of request is decided one by one."), code="not_bulk")
            approve(request, by=by, version=version)
        except BusinessError as error:
            results.append(BulkResult(request_id, ok=False, message=error.message))
        else:
            results.append(BulkResult(request_id, ok=True))
    return results


@transaction.atomic
def escalate(stage: Stage) -> bool:
    """Give a stage that waited too long to the next position up as well; False when it moved on meanwhile or nobody is above."""
    request = locked(Request.objects.filter(pk=stage.round.request_id), skip_locked=True).first()
    if request is None:
        return False
    stage.refresh_from_db()
    if stage.state != StageState.PENDING or stage.escalated_at is not None:
        return False
    stage.escalated_at = timezone.now()
    stage.save(update_fields=["escalated_at"])
    people = raise_stage(request, stage, SeatOrigin.ESCALATED)
    _subject, obj = _subject_and_object(request)
    names = ", ".join(person.name for person in people)
    audit.record("approvals.request.escalated", obj, by=None, changes={"decider": (None, names)})
    letters.tell_deciders(request, stage, people)
    letters.tell_of_escalation(request, stage, passed_up=bool(people))
    return bool(people)


# --- Steps of the acts --------------------------------------------------------------------------------------------


_AFTER = {Action.RETURN: RequestState.RETURNED, Action.REJECT: RequestState.REJECTED}
_ACTS = {
    Action.APPROVE: "approvals.request.approved",
    Action.RETURN: "approvals.request.returned",
    Action.REJECT: "approvals.request.rejected",
}


@transaction.atomic
def _decide(request: Request, action: Action, *, by: User, version: int, reason: str) -> Request:
    if action is not Action.APPROVE and not reason.strip():
        raise BusinessError(_("Please give a reason."), code="reason_required", field="reason")
    request = _locked_at(request, version)
    chair = _chair(request, by)
    before = request.state
    decision = _write_decision(request, chair, action, by=by, reason=reason.strip())
    ensure_transition(StageState(chair.stage.state), StageState.DONE, STAGE_TRANSITIONS)
    chair.stage.state = StageState.DONE
    chair.stage.save(update_fields=["state"])
    subject, obj = _subject_and_object(request)
    if action is not Action.APPROVE:
        _move(request, _AFTER[action], by=by, reason=reason.strip())
        skip_open_stages(request)
    elif not open_next(request, chair.stage.round):
        _move(request, RequestState.APPROVED, by=by, reason="")
    _record(_ACTS[action], obj, before, request, by=by, reason=reason.strip(), acting_for=chair.acting_for)
    _run_effect(subject, obj, request, by)
    if request.state != RequestState.PENDING:
        letters.tell_requester(request, event=request.state, about=decision.pk, reason=decision.reason)
    elif decision.reason:
        letters.tell_of_remark(request, decision)
    return request


def _save_once(request: Request) -> None:
    """Save a request whose first round begins; somebody else's simultaneous submit of the same subject is a conflict."""
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as error:
        raise ConflictError(_("This was submitted already."), code="already_submitted") from error


def _run_effect(subject: Subject, obj: Any, request: Request, by: User) -> None:
    effects = {
        RequestState.APPROVED: subject.on_approved,
        RequestState.RETURNED: subject.on_returned,
        RequestState.REJECTED: subject.on_rejected,
    }
    effect = effects.get(RequestState(request.state))
    if effect is not None:
        effect(obj, by)


def _prepared(subject: Subject, obj: Any, request: Request | None, facts: Facts, by: User) -> Request:
    """Return the request as it will stand in the new round; not saved, so that a refusal leaves nothing."""
    if request is not None and request.state in {RequestState.PENDING, RequestState.APPROVED}:
        raise ConflictError(_("This was submitted already."), code="already_submitted")
    if request is None:
        request = Request(
            subject_key=subject.key, object_id=str(obj.pk), state=RequestState.DRAFT, round_number=0
        )
        request.version = 0
    ensure_transition(RequestState(request.state), RequestState.PENDING, REQUEST_TRANSITIONS)
    now = timezone.now()
    request.state = RequestState.PENDING
    request.round_number += 1
    request.version += 1
    request.label = str(obj)[:300]
    request.requester = subject.requester(obj)
    request.submitted_by = by
    request.beneficiary = subject.beneficiary(obj)
    request.last_editor = subject.last_editor(obj) or by
    request.amount = facts.amount or None
    request.submitted_at = request.pending_since = now
    request.closed_at, request.closed_by, request.closed_reason = None, None, ""
    return request


def _locked_at(request: Request, version: int | None) -> Request:
    """Return the row locked and fresh; ConflictError when it is not the version the page showed."""
    fresh = locked(Request.objects.filter(pk=request.pk)).get()
    if version is not None and fresh.version != version:
        raise ConflictError(
            _("Somebody was faster: this request is %(state)s now. Look at it again.")
            % {"state": STATE_LABELS[RequestState(fresh.state)]},
            code="stale",
        )
    return fresh


def _chair(request: Request, by: User) -> Chair:
    if request.state != RequestState.PENDING:
        raise ConflictError(_("This request is not waiting for a decision any more."), code="not_pending")
    chair = chair_of(request, by)
    if chair is None:
        raise BusinessError(_("This step is not yours to decide."), code="not_yours")
    return chair


def _write_decision(
    request: Request, chair: Chair, action: Action, *, by: User, reason: str, passed_to: User | None = None
) -> Decision:
    return Decision.objects.create(
        request=request,
        round=chair.stage.round,
        stage=chair.stage,
        person=by,
        acting_for=chair.acting_for,
        passed_to=passed_to,
        position=by.position,
        action=action,
        reason=reason,
        requester_id=request.requester_id,
        beneficiary_id=request.beneficiary_id,
        last_editor_id=request.last_editor_id,
    )


def _move(request: Request, target: RequestState, *, by: User | None, reason: str) -> None:
    ensure_transition(RequestState(request.state), target, REQUEST_TRANSITIONS)
    request.state = target
    request.closed_at, request.closed_by, request.closed_reason = timezone.now(), by, reason
    touch(request)


def _subject_and_object(request: Request) -> tuple[Subject, Any]:
    subject = subject_of(request.subject_key)
    return subject, subject.load(request.object_id)


def _record(
    act: str,
    obj: Any,
    before: str,
    request: Request,
    *,
    by: User | None,
    reason: str = "",
    acting_for: User | None = None,
) -> None:
    audit.record(
        act,
        obj,
        by=by,
        acting_for=acting_for,
        changes={"approval": (before, request.state)},
        reason=reason,
    )
