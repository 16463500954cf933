"""Reads of materials: what a bill takes from its budget lines, and what a supplement would."""

from collections.abc import Iterable
from dataclasses import dataclass

from campaigns.budgets.rules import Balance, Load, loads_of, over_line
from campaigns.budgets.selectors import balance_on, balances_of
from campaigns.materials.models import Material, Supplement


@dataclass(frozen=True, slots=True)
class ShownLoad:
    """What a bill takes from a budget line, with its name."""

    name: str
    load: Load


def loads_of_bill(rows: Iterable[Material]) -> list[ShownLoad]:
    """Return what the materials that are not there yet take from their budget lines; one statement (T-27, S-132)."""
    planned = [(row.line, row.cost) for row in rows if row.line and row.cost and not row.in_place_on]
    names = {line.pk: f"{line.budget.name} · {line.name}" for line, _cost in planned}
    told = loads_of([(line.pk, cost) for line, cost in planned], balances_of(names))
    return [ShownLoad(names[load.line], load) for load in told]


def load_of(supplement: Supplement) -> ShownLoad | None:
    """Return what a supplement takes from its line; None where it names no line or no price."""
    line, cost = supplement.line, supplement.cost
    if line is None or cost is None:
        return None
    balance: Balance = balance_on(line)
    load = Load(line.pk, cost, balance.free, over_line(balance, cost))
    return ShownLoad(f"{line.budget.name} · {line.name}", load)
