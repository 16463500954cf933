"""Words of the roll-up. No Django here."""

from enum import StrEnum


class Source(StrEnum):
    """What a kept figure is read from; database triggers mark its months as touched under this name (migration 0010)."""

    DEALS = "deals"
    UNITS = "units"
    VISITS = "visits"
    CALLS = "calls"
    COMPLAINTS = "complaints"
    LEDGERS = "ledgers"


class Level(StrEnum):
    """Whose sum a row is: of a person within a team, of a team, of the department."""

    PERSON = "person"
    TEAM = "team"
    DEPARTMENT = "department"


#: The measures that are kept by month, and what touches them. Every other measure is read from its rows: stocks, because one instant decides
#: them, and shares of budgets, because there are few.
KEPT = {
    "sales.actual": Source.DEALS,
    "sales.deals": Source.DEALS,
    "contracts.received": Source.DEALS,
    "units.developed": Source.UNITS,
    "units.lost": Source.UNITS,
    "visits.held": Source.VISITS,
    "calls.made": Source.CALLS,
    "complaints.valid": Source.COMPLAINTS,
    "expenses.spent": Source.LEDGERS,
}
#: What this asks depends on the whole month, not on single days: it is read month by month.
BY_MONTH = frozenset({"units.lost"})
