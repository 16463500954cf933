"""Words of targets. No Django here."""

from collections.abc import Mapping
from enum import StrEnum


class ChangeState(StrEnum):
    """Where a change of a target stands; until it is approved the original counts (S-216)."""

    PENDING = "pending"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


CHANGE_TRANSITIONS: Mapping[ChangeState, frozenset[ChangeState]] = {
    ChangeState.PENDING: frozenset(
        {ChangeState.APPROVED, ChangeState.RETURNED, ChangeState.REJECTED, ChangeState.WITHDRAWN}
    ),
    ChangeState.RETURNED: frozenset({ChangeState.PENDING, ChangeState.WITHDRAWN}),
}

#: Measures for which a target may be set, in the order of the form.
TARGETED = (
    "sales.actual",
    "units.developed",
    "units.stable",
    "contracts.settled",
    "visits.return",
    "visits.held",
    "agreements.signed",
)


class Column(StrEnum):
    """Columns of the spreadsheet of targets, in the order of the template."""

    YEAR = "year"
    MEASURE = "measure"
    PERSON = "person"
    TEAM = "team"
    UNIT = "unit"
    AREA = "area"
    PRODUCT = "product"
    AMOUNT = "amount"
    RECENT = "recent"
    PEERS = "peers"
    DEMAND = "demand"
    POLICY = "policy"
    M01 = "m01"
    M02 = "m02"
    M03 = "m03"
    M04 = "m04"
    M05 = "m05"
    M06 = "m06"
    M07 = "m07"
    M08 = "m08"
    M09 = "m09"
    M10 = "m10"
    M11 = "m11"
    M12 = "m12"


FACTOR_COLUMNS = (Column.RECENT, Column.PEERS, Column.DEMAND, Column.POLICY)
MONTH_COLUMNS = tuple(Column)[-12:]


class Fault(StrEnum):
    """Why a cell cannot be."""

    YEAR = "year"
    MISSING = "missing"
    UNKNOWN = "unknown"
    BOTH = "both"
    UNIT_OF_NOBODY = "unit_of_nobody"
    NOT_YOURS = "not_yours"
    NO_MONTHS = "no_months"
    SUM = "sum"
    AMOUNT = "amount"
    EXISTS = "exists"
    TWICE = "twice"
