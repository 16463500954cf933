"""The acts on rebates.

`holds` of money from the closing on, `claims` until one is decided, `counter` at finance, `recoveries` after a cancellation,
`versions` of the rule.
"""

from campaigns.rebates.services.claims import (
    Wish,
    accept,
    claim,
    give_back,
    on_deal_cancelled,
    refuse,
    void_rebate,
    withdraw,
)
from campaigns.rebates.services.counter import Papers, check_papers, pay, pay_many
from campaigns.rebates.services.holds import hold_for, look_again
from campaigns.rebates.services.recoveries import settle
from campaigns.rebates.services.versions import check_version, put_in_force

__all__ = [
    "Papers",
    "Wish",
    "accept",
    "check_papers",
    "check_version",
    "claim",
    "give_back",
    "hold_for",
    "look_again",
    "on_deal_cancelled",
    "pay",
    "pay_many",
    "put_in_force",
    "refuse",
    "settle",
    "void_rebate",
    "withdraw",
]
