"""What needs give to the frames: names of acts, their tab."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.needs.models import Need
from accounts.needs.rules import is_loss_making
from accounts.needs.terms import NeedState
from accounts.units.models import KeyAccount
from accounts.units.registry import Panel, register_panel
from kam.audit.registry import register_act
from kam.users.models import User

register_act("accounts.need.recorded", _("Need recorded"))
register_act("accounts.need.moved", _("Need moved on"))

_TONES = {
    NeedState.RECORDED: "draft",
    NeedState.CLARIFIED: "pending",
    NeedState.PROPOSED: "pending",
    NeedState.EXPLICIT: "warn",
    NeedState.SATISFIED: "good",
    NeedState.DROPPED: "draft",
}


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    del user
    rows = Need.objects.filter(unit=unit).select_related("person", "by")
    closed = {NeedState.SATISFIED, NeedState.DROPPED}
    return {
        "needs": [
            (
                *(row, _TONES[NeedState(row.state)], is_loss_making(row.value_amount, row.cost_amount)),
                row.state not in closed,
            )
            for row in rows
        ]
    }


register_panel(
    Panel(
        "needs",
        _("Needs"),
        20,
        "accounts/needs/_tab.html",
        _tab,
        counted=lambda unit: Need.objects.filter(unit_id=unit).open(),
    )
)
