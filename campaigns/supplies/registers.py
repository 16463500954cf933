"""What supplies give to the frames: acts, the subject of approval, the handover of public items, pages, the demo part."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.materials.models import Material
from campaigns.supplies import services
from campaigns.supplies.demo import play_supplies
from campaigns.supplies.models import SupplyAccount
from campaigns.supplies.permissions import can_ask_account, can_see_supplies
from campaigns.supplies.selectors import holdings
from campaigns.supplies.tables import ACCOUNTS, SUPPLIES
from campaigns.supplies.terms import AccountState
from kam.approvals.registry import Subject, register
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.people.registry import Holding, HoldingRow, register_holding
from kam.search.registry import register_action, register_page
from kam.users.models import User

__all__ = ["ACCOUNTS", "SUPPLIES"]  # workers write their files

register_act("campaigns.supply_account.pending", _("Account of supplies asked for"))
register_act(
    "campaigns.supply_account.returned", _("Request for an account of supplies returned for changes")
)
register_act("campaigns.supply_account.open", _("Account of supplies opened"))
register_act("campaigns.supply_account.closed", _("Account of supplies closed"))
register_act("campaigns.supply_account.rejected", _("Account of supplies rejected"))
register_act("campaigns.supply_account.withdrawn", _("Request for an account of supplies withdrawn"))
register_act("campaigns.supply.drawn", _("Supplies handed out"))
register_act("campaigns.supply.returned", _("Supplies given back"))
register_act("campaigns.supply.used", _("Supplies used"))
register_act("campaigns.supply.passed_on", _("Supplies passed on to a successor"))
register_act("campaigns.supply.taken_over", _("Supplies taken over at a handover"))
register_history("campaigns.supplyaccount", SupplyAccount, load=visible_row(SupplyAccount.objects))
register_words(
    SupplyAccount,
    label={"held": _("Held"), "reason": _("What for")}.get,
    text=lambda _name, _value: None,
)
register_link("supply_account", lambda pk: f"/supplies/{int(pk)}/")


def _snapshot(account: SupplyAccount) -> Mapping[str, Any]:
    """What the decider sees: whose account, what for."""
    return {
        "title": f"{account.number} · {account.holder}",
        "subtitle": account.asked_by.name,
        "why": account.reason,
        "facts": [[str(_("Team")), account.team.name if account.team else "–"]],
        "url": account.get_absolute_url(),
    }


register(
    Subject(
        key=services.SUBJECT,
        model=SupplyAccount,
        label=_("Account of supplies"),
        group=_("Plans"),
        icon="package",
        snapshot=_snapshot,
        requester=lambda account: account.asked_by,
        url=lambda account: account.get_absolute_url(),
        bulk=True,
        return_reasons=(_("The purpose is not clear"),),
        on_approved=services.open_account,
        on_returned=services.end_request(AccountState.RETURNED),
        on_rejected=services.end_request(AccountState.REJECTED),
        on_withdrawn=services.end_request(AccountState.WITHDRAWN),
    )
)


def _holdings(user: User) -> list[HoldingRow]:
    """What a person holds of supplies: public items (S-222)."""
    accounts = list(SupplyAccount.objects.filter(user=user, state=AccountState.OPEN))
    return [
        HoldingRow(
            f"{account.pk}:{one.material.pk}",
            one.material.name,
            f"{one.quantity} {one.material.measure}".strip(),
            account.get_absolute_url(),
        )
        for account in accounts
        for one in holdings([account]).get(account.pk, [])
    ]


def _hand_over(row_ids: Sequence[str], frm: User, to: User, by: User) -> None:
    for row_id in row_ids:
        account_id, _colon, material_id = row_id.partition(":")
        account = SupplyAccount.objects.filter(user=frm, pk=account_id).first()
        material = Material.objects.filter(pk=material_id).first()
        if account is not None and material is not None:
            services.pass_on(account, material, to=to, by=by)


register_holding(
    Holding("campaigns.supplies", _("Supplies"), _holdings, _hand_over, order=81, is_public_item=True)
)
register_page(
    "campaigns.supply_accounts",
    _("Supplies"),
    "/supplies/",
    icon="clipboard-list",
    visible=can_see_supplies,
    order=42,
)
register_page(
    "campaigns.supplies",
    _("Supplies in stock"),
    "/supplies/stock/",
    icon="package",
    visible=can_see_supplies,
    under="/supplies/",
)
register_action(
    "campaigns.supply_account_new",
    _("Ask for an account of supplies"),
    "/supplies/new/",
    icon="clipboard-list",
    visible=can_ask_account,
)
register_part(90, "supplies", play_supplies)
