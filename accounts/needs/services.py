"""The acts on needs: record, and move from state to state (S-021, S-023)."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.needs.models import STATE_LABELS, Need
from accounts.needs.terms import NEED_TRANSITIONS, NeedKind, NeedState
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from accounts.units.services import lock_unit, mark_dirty
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.transitions import can_move
from kam.notes.terms import NOTHING, SourceKey
from kam.users.models import User


@transaction.atomic
def add_need(  # noqa: PLR0913 -- a need has these facts; reports and pages hand them on by name
    unit: KeyAccount,
    text: str,
    *,
    kind: NeedKind,
    by: User | None,
    person: Person | None = None,
    on: date | None = None,
    value_amount: Decimal | None = None,
    cost_amount: Decimal | None = None,
    source: SourceKey | None = None,
) -> Need:
    """Record a need as it was heard."""
    row = lock_unit(unit.pk)
    on = on or business_date()
    source = source or NOTHING
    if not text.strip():
        raise BusinessError(_("Say what is needed."), code="empty", field="text")
    if person is not None and person.unit_id != row.pk:
        raise BusinessError(_("This person works at another unit."), code="unit", field="person")
    need = Need.objects.create(
        unit=row,
        person=person,
        kind=kind,
        text=text.strip(),
        raised_on=on,
        state_on=on,
        by=by,
        value_amount=value_amount,
        cost_amount=cost_amount,
        source_kind=source.kind,
        source_id=source.id,
        source_label=source.label,
    )
    record("accounts.need.recorded", need, by=by, changes={"kind": (None, kind)})
    mark_dirty(row.pk)
    return need


@transaction.atomic
def move_need(
    need: Need,
    to: NeedState,
    *,
    by: User | None,
    text: str = "",
    on: date | None = None,
    version: int | None = None,
) -> Need:
    """Move a need on; `text` is the clarification, the proposed solution or the reason, as the state asks."""
    lock_unit(need.unit_id)
    row = locked(Need.objects.filter(pk=need.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(
            _("Somebody changed this need meanwhile. Here is what it says now."), code="stale"
        )
    old = NeedState(row.state)
    if not can_move(old, to, NEED_TRANSITIONS):
        raise BusinessError(
            _("A need cannot go from “%(old)s” to “%(new)s”.")
            % {"old": STATE_LABELS[old], "new": STATE_LABELS[to]},
            code="transition_refused",
        )
    _write_text(row, to, text.strip())
    row.state, row.state_on = to, on or business_date()
    row.version += 1
    row.save(update_fields=["state", "state_on", "clarification", "solution", "closing_reason", "version"])
    record("accounts.need.moved", row, by=by, changes={"state": (old, to)}, reason=text[:300])
    mark_dirty(row.unit_id)
    return row


def _write_text(need: Need, to: NeedState, text: str) -> None:
    field = {
        NeedState.CLARIFIED: "clarification",
        NeedState.PROPOSED: "solution",
        NeedState.DROPPED: "closing_reason",
    }.get(to)
    if field is None:
        return
    if not text:
        raise BusinessError(
            _("Propose a solution first.") if to == NeedState.PROPOSED else _("Say what it means, or why."),
            code="text",
            field="text",
        )
    setattr(need, field, text[:300] if field == "closing_reason" else text)
