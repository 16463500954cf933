"""The acts on supplements: materials beside the bill are asked for by report (S-125); approved, they stand in the bill."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.services import hold_open
from campaigns.materials.models import Material, Supplement
from campaigns.materials.services import add_material
from campaigns.materials.terms import SUPPLEMENT_MOVES, SupplementState
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.numbers import next_number
from kam.core.transitions import ensure_transition
from kam.users.models import User

SUBJECT = "material_supplement"
FIELDS = ("name", "quantity", "measure", "price_amount", "due_on", "department", "line", "reason")


@transaction.atomic
def ask_supplement(campaign: Campaign, told: Mapping[str, Any], *, by: User) -> Supplement:
    """Write the report and hand it in. Over a budget line it warns only (T-27)."""
    _check(told)
    hold_open(campaign)
    row = Supplement.objects.create(
        number=next_number(Supplement, "BW", business_date().year),
        campaign=campaign,
        asked_by=by,
        asked_on=business_date(),
        **{name: told[name] for name in FIELDS},
    )
    record("campaigns.supplement.pending", row, by=by, changes={"quantity": (None, row.quantity)})
    return _submit(row, by)


@transaction.atomic
def ask_again(supplement: Supplement, told: Mapping[str, Any], *, by: User, version: int) -> Supplement:
    """Write a returned report anew and hand it in again."""
    row = _lock(supplement)
    if row.version != version:
        raise ConflictError(_("Somebody changed this report meanwhile. Look at it again."), code="stale")
    _check(told)
    hold_open(row.campaign)
    for name in FIELDS:
        setattr(row, name, told[name])
    _set(row, SupplementState.PENDING, by, *FIELDS)
    return _submit(row, by)


@transaction.atomic
def approve_supplement(supplement: Supplement, by: User) -> None:
    """Approved: a line of the bill of its own, with its own due day."""
    row = _lock(supplement)
    hold_open(row.campaign)
    taken = Material.objects.filter(campaign=row.campaign, name=row.name).exists()
    name = f"{row.name[:90]}（{row.number}）" if taken else row.name
    values = {
        "name": name,
        "quantity": row.quantity,
        "measure": row.measure,
        "price_amount": row.price_amount,
        "due_on": row.due_on,
        "department": row.department,
        "line": row.line,
        "note": _("By report %(number)s") % {"number": row.number},
    }
    row.material = add_material(row.campaign, values, by=by)
    _set(row, SupplementState.APPROVED, by, "material")


def end_report(state: SupplementState) -> Callable[[Supplement, User], None]:
    """Return the effect of a decision that adds nothing."""

    @transaction.atomic
    def effect(supplement: Supplement, by: User) -> None:
        _set(_lock(supplement), state, by)

    return effect


def _check(told: Mapping[str, Any]) -> None:
    if told["due_on"] is not None and told["due_on"] < business_date():
        raise BusinessError(_("This day has passed."), code="past", field="due_on")


def _submit(row: Supplement, by: User) -> Supplement:
    approvals.submit(SUBJECT, row, by=by)
    row.refresh_from_db()
    return row


def _lock(supplement: Supplement) -> Supplement:
    rows = Supplement.objects.select_related("campaign", "line")
    return locked(rows.filter(pk=supplement.pk)).get()


def _set(row: Supplement, state: SupplementState, by: User, *fields: str) -> None:
    ensure_transition(SupplementState(row.state), state, SUPPLEMENT_MOVES)
    before, row.state = row.state, state
    row.version += 1
    row.save(update_fields=["state", *fields, "version"])
    record(f"campaigns.supplement.{state.value}", row, by=by, changes={"state": (before, state.value)})
