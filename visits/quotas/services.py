"""Norms of activity: what an approved rule change does (12-decisions, 6). Rows are added, never edited."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kam.approvals.rule_changes.registry import Preview
from kam.audit.services import record
from kam.core.errors import BusinessError
from kam.users.models import POSITION_LABELS, User
from kam.users.terms import SELLERS, Position
from visits.quotas.models import QUOTA_LABELS, QuotaNorm
from visits.quotas.rules import Norm, norm_on
from visits.quotas.selectors import norms_on
from visits.quotas.terms import QuotaKey

Payload = Mapping[str, Any]


def norm_title(payload: Payload) -> str:
    """Return one line for lists: the measure, for whom, how much."""
    position = payload["position"]
    whom = POSITION_LABELS[Position(position)] if position else _("everybody who sells")
    return f"{QUOTA_LABELS[QuotaKey(payload['key'])]} · {whom} · {payload['amount']}"


def preview_norm(payload: Payload, valid_from: date) -> Preview:
    """Show for each position that sells what it owes now on that day and what it would owe."""
    key, now = QuotaKey(payload["key"]), norms_on(valid_from)
    then = [*now, Norm(key, payload["position"], payload["amount"], valid_from)]
    rows = []
    for position in sorted(SELLERS):
        before = norm_on(now, key=key, position=position, day=valid_from)
        after = norm_on(then, key=key, position=position, day=valid_from)
        told = _("same") if before == after else _("changes")
        rows.append([str(POSITION_LABELS[position]), str(before), str(after), told])
    later = QuotaNorm.objects.filter(key=key, valid_from__gt=valid_from).order_by("valid_from")
    notes = [
        _("From %(day)s on it is %(value)s by a change approved before.")
        % {
            "day": row.valid_from,
            "value": norm_title({"key": row.key, "position": row.position, "amount": row.amount}),
        }
        for row in later
    ]
    return Preview([_("Position"), _("Now"), _("From %(day)s") % {"day": valid_from}, ""], rows, notes)


def check_norm(payload: Payload, valid_from: date) -> None:
    """Refuse a second norm of one measure and position for the same first day."""
    same = QuotaNorm.objects.filter(key=payload["key"], position=payload["position"], valid_from=valid_from)
    if same.exists():
        raise _taken()


@transaction.atomic
def add_norm(payload: Payload, valid_from: date, by: User, note: str) -> None:
    """Write the norm; from its day on the rings owe it."""
    before = norm_on(
        norms_on(valid_from), key=QuotaKey(payload["key"]), position=payload["position"], day=valid_from
    )
    try:
        with transaction.atomic():
            row = QuotaNorm.objects.create(
                key=payload["key"],
                position=payload["position"],
                amount=payload["amount"],
                valid_from=valid_from,
            )
    except IntegrityError as error:
        raise _taken() from error
    record("visits.quota.added", row, by=by, changes={"amount": (before, row.amount)}, reason=note)


def _taken() -> BusinessError:
    return BusinessError(
        _("This quota has a new value from that day already. Choose another day."),
        field="valid_from",
        code="same_day",
    )
