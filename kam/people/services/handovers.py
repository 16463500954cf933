"""Handing over: everything a person holds moves in one transaction, after approval; nothing stays behind (S-222)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kam.approvals.services import submit
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.sentences import labelled, listed, parted
from kam.core.transitions import ensure_transition
from kam.outbox.services import notify
from kam.people.models import Handover, HandoverLine
from kam.people.registry import Holding, HoldingRow, all_holdings
from kam.people.services import users
from kam.people.terms import HANDOVER_TRANSITIONS, HandoverState
from kam.users.models import User

SUBJECT = "handover"
SHOWN_LINES = 60


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of thing a person holds, with its rows."""

    holding: Holding
    rows: Sequence[HoldingRow]


def held_by(person: User) -> list[Held]:
    """Return everything a person holds now, by kind, kinds without rows left out."""
    found = [Held(holding, holding.of(person)) for holding in all_holdings()]
    return [held for held in found if held.rows]


@transaction.atomic
def prepare_handover(person: User, *, by: User) -> Handover:
    """Open the handover of a person, or return the one that is open."""
    locked(User.objects.filter(pk=person.pk)).get()
    known = Handover.objects.filter(
        person=person, state__in=[HandoverState.DRAFT, HandoverState.PENDING]
    ).first()
    if known is not None:
        return known
    handover = Handover.objects.create(person=person, prepared_by=by)
    record("people.handover.prepared", handover, by=by)
    return handover


@dataclass(frozen=True, slots=True)
class Choice:
    """Who takes what: (holding, row) → successor, with a reason and whether the person leaves."""

    successors: Mapping[tuple[str, str], User]
    reason: str
    deactivates: bool


@transaction.atomic
def save_choice(handover: Handover, choice: Choice, *, by: User, version: int | None = None) -> Handover:
    """Write down who takes what; rows without a successor are left open and keep the handover from being submitted."""
    handover = _lock(handover, version)
    if handover.state != HandoverState.DRAFT:
        raise BusinessError(_("This handover is not being prepared any more."), code="state")
    for successor in set(choice.successors.values()):
        if successor.pk == handover.person_id or not successor.is_active:
            raise BusinessError(_("Choose successors who work here and are somebody else."), code="successor")
    handover.lines.all().delete()
    HandoverLine.objects.bulk_create(
        HandoverLine(
            handover=handover,
            holding=held.holding.key,
            row=row.id,
            label=row.label[:300],
            note=row.note[:300],
            successor=choice.successors[(held.holding.key, row.id)],
        )
        for held in held_by(handover.person)
        for row in held.rows
        if (held.holding.key, row.id) in choice.successors
    )
    handover.reason, handover.deactivates = choice.reason[:300], choice.deactivates
    handover.version += 1
    handover.save(update_fields=["reason", "deactivates", "version"])
    record("people.handover.changed", handover, by=by, changes={"lines": (None, handover.lines.count())})
    return handover


@transaction.atomic
def submit_handover(handover: Handover, *, by: User) -> Handover:
    """Send the handover to who approves; refused while anything has no successor."""
    handover = _lock(handover, None)
    _ensure(handover, HandoverState.PENDING)
    _refuse_what_stays_behind(handover)
    _move(handover, HandoverState.PENDING)
    record("people.handover.submitted", handover, by=by, reason=handover.reason)
    submit(SUBJECT, handover, by=by)
    return handover


def _refuse_what_stays_behind(handover: Handover) -> None:
    planned = set(handover.lines.values_list("holding", "row"))
    missing = [
        labelled(held.holding.label, row.label)
        for held in held_by(handover.person)
        for row in held.rows
        if (held.holding.key, row.id) not in planned
    ]
    if missing:
        more = f" (+{len(missing) - 3})" if len(missing) > 3 else ""
        raise BusinessError(
            _("Without a successor: %(what)s. Nothing may stay behind.")
            % {"what": parted(missing[:3]) + more},
            code="left_behind",
        )


def carry_out(handover: Handover, by: User) -> None:
    """Move everything at once: called by the last approval, inside its transaction; what fails undoes the approval."""
    handover = _lock(handover, None)
    _ensure(handover, HandoverState.DONE)
    person = handover.person
    _refuse_what_stays_behind(handover)
    lines = list(handover.lines.select_related("successor"))
    for holding in all_holdings():
        _move_kind(holding, [line for line in lines if line.holding == holding.key], person, by)
    left = held_by(person)
    if left:
        what = listed(labelled(held.holding.label, held.rows[0].label) for held in left)
        raise BusinessError(
            _("This cannot go to the successor chosen: %(what)s. Nothing was moved.") % {"what": what},
            code="left_behind",
        )
    handover.done_at = timezone.now()
    handover.lines.update(moved_at=handover.done_at)
    _move(handover, HandoverState.DONE)
    record("people.handover.done", handover, by=by, changes={"lines": (None, len(lines))})
    _tell(handover, {line.successor for line in lines})
    if handover.deactivates:
        users.deactivate_user(person, on=business_date(), by=by)


def _move_kind(holding: Holding, lines: Sequence[HandoverLine], person: User, by: User) -> None:
    """Give each successor their rows of one kind; rows that went elsewhere meanwhile are left out."""
    present = {row.id for row in holding.of(person)}
    for successor in {line.successor for line in lines}:
        rows = [line.row for line in lines if line.successor_id == successor.pk and line.row in present]
        if rows:
            holding.move(rows, person, successor, by)


def reopen(handover: Handover, by: User) -> None:
    """Let a returned handover be changed again."""
    handover = _lock(handover, None)
    _move(handover, HandoverState.DRAFT)
    record("people.handover.returned", handover, by=by)


def close(handover: Handover, by: User) -> None:
    """Forget a handover that was rejected or withdrawn."""
    cancel_handover(handover, by=by)


@transaction.atomic
def cancel_handover(handover: Handover, *, by: User) -> Handover:
    """Take a handover back before anything moved."""
    handover = _lock(handover, None)
    _ensure(handover, HandoverState.CANCELLED)
    _move(handover, HandoverState.CANCELLED)
    record("people.handover.cancelled", handover, by=by)
    return handover


def snapshot_of(handover: Handover) -> dict[str, Any]:
    """Return what the deciders see: who hands over, how much of what to whom."""
    labels = {holding.key: str(holding.label) for holding in all_holdings()}
    lines = list(handover.lines.select_related("successor").order_by("holding", "pk"))
    return {
        "title": handover.person.name,
        "subtitle": handover.person.staff_number,
        "why": handover.reason,
        "facts": [[str(_("Things handed over")), str(len(lines))]],
        "line_heads": [str(_("Kind")), str(_("What")), str(_("Successor"))],
        "lines": [
            [labels.get(line.holding, line.holding), line.label, line.successor.name]
            for line in lines[:SHOWN_LINES]
        ],
        "successors": sorted({f"{line.holding} {line.row} {line.successor_id}" for line in lines}),
        "person": handover.person_id,
    }


def _tell(handover: Handover, successors: set[User]) -> None:
    for successor in successors:
        with translation.override(successor.language):
            notify(
                key=f"people.handover:{handover.pk}:{successor.pk}",
                to=successor,
                kind="people.handover",
                text=gettext("You took over from %(name)s.") % {"name": handover.person.name},
                url=f"/people/handovers/{handover.pk}/",
            )


def _ensure(handover: Handover, target: HandoverState) -> None:
    ensure_transition(HandoverState(handover.state), target, HANDOVER_TRANSITIONS)


def _lock(handover: Handover, version: int | None) -> Handover:
    row = locked(Handover.objects.filter(pk=handover.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this handover meanwhile. Look at it again."), code="stale")
    return row


def _move(handover: Handover, target: HandoverState) -> None:
    handover.state = target
    handover.version += 1
    handover.save(update_fields=["state", "version", "done_at"])
