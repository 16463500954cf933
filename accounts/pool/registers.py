"""What the pool gives to the frames: settings, acts, two subjects of approval, the nightly sweep, pages, the record's action."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.pool import services
from accounts.pool.demo import play_pool
from accounts.pool.models import Transfer
from accounts.pool.permissions import can_ask_transfer, can_see_pool
from accounts.pool.tables import FALLING, POOL, TRANSFERS
from accounts.pool.terms import CLAIMS, HELD, LIMITS, OPEN_STATES, WARNING, TransferState
from accounts.units.models import KeyAccount
from accounts.units.registry import register_action
from kam.approvals.registry import Subject, register
from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.jobs.registry import periodic
from kam.people.registry import Holding, HoldingRow, register_holding
from kam.search.registry import register_page
from kam.settings_rows.registry import define
from kam.users.models import User

__all__ = ["FALLING", "POOL", "TRANSFERS"]  # workers write their files

_GROUP = _("Pool of units")
_DAYS = _("days")
define(
    LIMITS["A"], 60, label=_("Without contact, tier A falls into the pool after"), unit=_DAYS, group=_GROUP
)
define(
    LIMITS["B"], 90, label=_("Without contact, tier B falls into the pool after"), unit=_DAYS, group=_GROUP
)
define(
    LIMITS["C"], 180, label=_("Without contact, tier C falls into the pool after"), unit=_DAYS, group=_GROUP
)
define(
    LIMITS["D"], 180, label=_("Without contact, tier D falls into the pool after"), unit=_DAYS, group=_GROUP
)
define(WARNING, 14, label=_("The owner is warned before a unit falls in"), unit=_DAYS, group=_GROUP)
define(CLAIMS, 5, label=_("A person takes out of the pool in a month at most"), unit=_("units"), group=_GROUP)
define(HELD, 20, label=_("Whoever takes units out of the pool holds at most"), unit=_("units"), group=_GROUP)

register_act("accounts.unit.pool_warned", _("Warned that the unit falls into the pool"))
register_act("accounts.transfer.asked", _("Transfer asked for"))
register_act("accounts.transfer.pending", _("Transfer handed in again"))
register_act("accounts.transfer.approved", _("Transfer approved"))
register_act("accounts.transfer.returned", _("Transfer returned for changes"))
register_act("accounts.transfer.rejected", _("Transfer rejected"))
register_act("accounts.transfer.withdrawn", _("Transfer withdrawn"))
register_history("accounts.transfer", Transfer, load=visible_row(Transfer.objects))
register_part(86, "pool", play_pool)
periodic(
    "accounts.pool", every="daily 00:30", run=services.sweep_pool, label=_("Units falling into the pool")
)


def _snapshot(transfer: Transfer) -> Mapping[str, Any]:
    """What the deciders see, as it stood when it was asked."""
    to = transfer.to.name if transfer.to else str(_("the pool"))
    return {
        "title": transfer.unit.name,
        "subtitle": f"{transfer.owner.name} → {to}",
        "unit": transfer.unit.name,
        "why": transfer.reason,
        "facts": [
            [str(_("Present owner")), transfer.owner.name],
            [str(_("New owner")), to],
            [str(_("Tier")), transfer.unit.tier],
        ],
        "url": transfer.get_absolute_url(),
    }


def _subject(key: str, label: Any) -> Subject:
    return Subject(
        key=key,
        model=Transfer,
        label=label,
        group=_("Units"),
        icon="user-share",
        snapshot=_snapshot,
        requester=lambda transfer: transfer.asked_by,
        material=("facts",),
        url=lambda transfer: transfer.get_absolute_url(),
        bulk=True,
        return_reasons=(_("The reason is not clear"), _("Somebody else should take it")),
        on_approved=services.approve_transfer,
        on_returned=services.end_transfer(TransferState.RETURNED),
        on_rejected=services.end_transfer(TransferState.REJECTED),
        on_withdrawn=services.end_transfer(TransferState.WITHDRAWN),
    )


register(_subject(services.TRANSFER, _("Transfer of a unit")))
register(_subject(services.RELEASE, _("Release to the pool")))


def _action(unit: KeyAccount, user: User) -> tuple[Any, str] | None:
    """Asking for a transfer, in the record's own row of actions."""
    return (_("Transfer…"), f"/accounts/{unit.pk}/transfer/") if can_ask_transfer(user, unit) else None


register_action("transfer", 5, _action)
register_page(
    "accounts.pool", _("Pool"), "/pool/", icon="pool", words="公海 gonghai", visible=can_see_pool, order=60
)
register_page(
    "accounts.falling",
    _("On their way into the pool"),
    "/pool/warnings/",
    icon="pool",
    visible=can_see_pool,
    under="/pool/",
)
register_page(
    "accounts.transfers",
    _("Transfers of units"),
    "/transfers/",
    icon="user-share",
    visible=can_see_pool,
    under="/pool/",
)


def _held(user: User) -> list[HoldingRow]:
    """Transfers that wait: of units of theirs, to them, or asked by them."""
    mine = Q(owner=user) | Q(to=user) | Q(asked_by=user)
    rows = Transfer.objects.filter(mine, state__in=sorted(OPEN_STATES)).select_related("unit", "owner", "to")
    return [
        HoldingRow(
            str(row.pk),
            row.unit.name,
            _way(row),
            row.get_absolute_url(),
        )
        for row in rows.order_by("pk")
    ]


def _hand_over(row_ids: Sequence[str], frm: User, to: User, by: User) -> None:
    for row in Transfer.objects.filter(pk__in=row_ids).order_by("pk"):
        services.hand_over_transfer(row, frm=frm, to=to, by=by)


# After the units: a transfer is asked anew of whoever has the unit then.
register_holding(Holding("accounts.transfers", _("Waiting transfers"), _held, _hand_over, order=11))


def _way(row: Transfer) -> str:
    """Return from whom a unit goes to whom, and how far it is."""
    to = row.to.name if row.to else _("the pool")
    return f"{row.owner.name} → {to} · {row.get_state_display()}"
