"""What development gives to the frames: acts, norms, the tab, the timeline, the page of the board, the step in the list."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.development.demo import play_development
from accounts.development.permissions import can_move_phase, can_see_phases
from accounts.development.selectors.board import NORM
from accounts.development.selectors.record import (
    changes_of,
    shown_swot,
    standing_of,
    steps_shown,
)
from accounts.development.services import keep_steps
from accounts.red_flags.registry import register_follower
from accounts.units.labels import PHASE_LABELS
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.registry import Panel, TimelineEntry, register_panel, register_timeline
from accounts.units.terms import Phase
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.demo.registry import register_part
from kam.search.registry import register_page
from kam.settings_rows.registry import define
from kam.users.models import User

register_act("accounts.phase.moved", _("Phase changed"))
register_act("accounts.phase.overridden", _("Phase changed against the conditions"))
register_act("accounts.swot.written", _("SWOT written"))

#: Days that a unit should stay in a phase at most; our assumption.
_NORMS = (21, 30, 30, 30, 60, 15, 90)
for _phase, _days in zip(Phase, _NORMS, strict=True):
    define(
        NORM[_phase],
        _days,
        label=_("Longest time in phase %(n)s") % {"n": int(_phase)},
        unit=_("days"),
        group=_("Development"),
    )

register_follower(keep_steps)
register_part(97, "development", play_development)
register_page(
    "accounts.phases", _("Phases"), "/accounts/phases/", icon="layout-kanban", visible=can_see_phases, order=8
)


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    today = business_date()
    return {
        "standing": standing_of(unit),
        "steps": steps_shown(unit, today),
        "swot": shown_swot(unit, today),
        "changes": changes_of(unit)[:10],
        "today": today,
        "can_move": can_move_phase(user, unit),
        "can_edit": can_edit_unit(user, unit),
    }


register_panel(Panel("development", _("Development"), 12, "accounts/development/_tab.html", _tab))


def _moves(unit: KeyAccount, user: User, before: datetime, limit: int) -> list[TimelineEntry]:
    del user
    return [
        TimelineEntry(
            at=change.created_at,
            kind="phases",
            title=_("Phase"),
            text=change.reason,
            who=change.by.name if change.by else "",
            tone="warn" if change.is_override else "good" if change.new > change.old else "",
            icon="layout-kanban",
            url=f"/accounts/{unit.pk}/development/",
            changes=(("", str(PHASE_LABELS[Phase(change.old)]), str(PHASE_LABELS[Phase(change.new)])),),
        )
        for change in changes_of(unit).filter(created_at__lt=before)[:limit]
    ]


register_timeline("phases", _("Phases"), _moves)
