"""Supplies in stock and accounts as far as they have come."""

from campaigns.materials.models import Material
from campaigns.materials.services import add_material, move
from campaigns.materials.terms import MoveKind
from campaigns.supplies import services
from campaigns.supplies.models import SupplyAccount, SupplyEntry
from campaigns.supplies.terms import EntryKind
from kam.core.clock import business_date
from kam.users.models import Team, User
from tests.factories.gifts import decide_all


def make_supply(clerk: User, name: str = "中性笔", *, in_stock: int = 20) -> Material:
    row = add_material(None, {"name": name, "measure": "支", "quantity": 10}, by=clerk)
    if in_stock:
        move(row, MoveKind.RECEIPT, in_stock, on=business_date(), text="送货", by=clerk)
    return row


def make_account(by: User, team: Team | None = None) -> SupplyAccount:
    """Return an open account."""
    account: SupplyAccount = decide_all(services.SUBJECT, services.ask_account("日常办公", by=by, team=team))
    return account


def enter(account: SupplyAccount, kind: EntryKind, row: Material, count: int, *, by: User) -> SupplyEntry:
    return services.enter(account, kind, services.Wanted(row, count, "拜访"), by=by)
