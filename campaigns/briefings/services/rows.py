"""What all acts on briefings share: the locked row, its moves, its source key."""

from django.utils.translation import gettext as _

from campaigns.briefings.models import Briefing
from campaigns.briefings.terms import BRIEFING_MOVES, BriefingState
from kam.audit.services import record
from kam.core.errors import ConflictError
from kam.core.locks import locked
from kam.core.transitions import ensure_transition
from kam.notes.terms import SourceKey
from kam.users.models import User


def lock(briefing: Briefing, version: int | None = None) -> Briefing:
    """Return the row locked; ConflictError where `version` is not the present one."""
    rows = Briefing.objects.select_related("unit", "campaign", "line", "reservation", "owner", "contact")
    row = locked(rows.filter(pk=briefing.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this meanwhile. Look at it again."), code="stale")
    return row


def move(row: Briefing, state: BriefingState, by: User | None, *fields: str, reason: str = "") -> None:
    """Write the state with what changed beside it."""
    ensure_transition(BriefingState(row.state), state, BRIEFING_MOVES)
    before, row.state = row.state, state
    touch(row, "state", *fields)
    changes = {"state": (before, state.value)}
    record(f"campaigns.briefing.{state.value}", row, by=by, changes=changes, reason=reason)


def touch(row: Briefing, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def source_of(briefing: Briefing) -> SourceKey:
    return SourceKey.of("briefing", briefing.pk, briefing.number)
