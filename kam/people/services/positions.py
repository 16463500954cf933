"""Changes of position: proposed, decided by HR or the general manager, in force at once (12-decisions, 6; R-14)."""

from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kam.approvals.services import submit
from kam.audit.services import record
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.outbox.services import notify
from kam.people.models import PositionChange
from kam.people.services import users
from kam.users.models import POSITION_LABELS, User
from kam.users.terms import Position

SUBJECT = "position_change"


@transaction.atomic
def propose_position(user: User, position: Position, *, reason: str, by: User) -> PositionChange:
    """Propose another position and send it to who decides."""
    if user.pk == by.pk:
        raise BusinessError(_("Nobody changes their own position."), code="own_position")
    if user.position == position:
        raise BusinessError(_("That is the position already."), code="same", field="position")
    if PositionChange.objects.filter(user=user, closed_at__isnull=True).exists():
        raise BusinessError(_("A change of this person's position is waiting already."), code="waiting")
    change = PositionChange.objects.create(
        user=user, before=user.position, position=position.value, reason=reason, drafted_by=by
    )
    record(
        "people.position.proposed",
        change,
        by=by,
        changes={"position": (user.position, position.value)},
        reason=reason,
    )
    submit(SUBJECT, change, by=by)
    return change


def apply_position(change: PositionChange, by: User) -> None:
    """Put an approved change in force; the person's sessions end, and the next one begins with a notice."""
    change = locked(PositionChange.objects.filter(pk=change.pk)).get()
    change.applied_at = change.closed_at = timezone.now()
    change.save(update_fields=["applied_at", "closed_at"])
    users.change_position(change.user, Position(change.position), by=by)
    with translation.override(change.user.language):
        notify(
            key=f"people.position:{change.pk}",
            to=change.user,
            kind="people.position",
            text=gettext("Your position is now %(position)s.")
            % {"position": POSITION_LABELS[Position(change.position)]},
            url="/me/",
        )


def close_position(change: PositionChange, by: User) -> None:
    """Forget a change that was returned, rejected or withdrawn; who still wants it proposes it anew."""
    del by
    PositionChange.objects.filter(pk=change.pk, closed_at__isnull=True).update(closed_at=timezone.now())


def snapshot_of(change: PositionChange) -> dict[str, Any]:
    """Return what the decider sees."""
    return {
        "title": change.user.name,
        "subtitle": change.user.staff_number,
        "why": change.reason,
        "facts": [
            [str(_("Position so far")), str(POSITION_LABELS[Position(change.before)])],
            [str(_("New position")), str(POSITION_LABELS[Position(change.position)])],
        ],
        "position": change.position,
        "person": change.user_id,
    }
