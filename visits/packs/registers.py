"""What packs give to the frames: the ledger's page and the record's action."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.units.models import KeyAccount
from accounts.units.registry import register_action
from kam.search.registry import register_page
from kam.users.models import User
from visits.packs.permissions import can_see_promises
from visits.packs.tables import PROMISES

__all__ = ["PROMISES"]  # workers write its files

register_page(
    "visits.promises",
    _("Promises"),
    "/promises/",
    icon="heart-handshake",
    words="chengnuo 承诺 承諾",
    visible=can_see_promises,
    order=45,
)


def _pack(unit: KeyAccount, user: User) -> tuple[Any, str]:
    """The pack, in the record's own row of actions: whoever sees the record may print it."""
    del user
    return _("Briefing pack"), f"/accounts/{unit.pk}/pack.pdf"


register_action("pack", 4, _pack)
