"""The acts on budgets: `drafts` until one is approved, `changes` are the reports, `ledger` and `payments` move money – also for the rooms above.

A room that spends: `reserve` when its request is approved (keep `Booked.entry_id`), `spend` that reservation when it is paid,
`release` it when nothing comes of it, `reverse` a payment that was wrong. Each refuses with a sentence that names the balance.
"""

from campaigns.budgets.services.changes import (
    Report,
    apply_change,
    ask_change,
    close_change,
    return_change,
    send_again,
)
from campaigns.budgets.services.drafts import (
    Head,
    approve_budget,
    close_budget,
    copy_budget,
    draft_budget,
    load_budgets,
    redraft,
    return_budget,
    submit_budget,
)
from campaigns.budgets.services.ledger import Booked, release, reserve, reverse
from campaigns.budgets.services.payments import OVERRUN, book_payment, explain_overrun, spend

__all__ = [
    "OVERRUN",
    "Booked",
    "Head",
    "Report",
    "apply_change",
    "approve_budget",
    "ask_change",
    "book_payment",
    "close_budget",
    "close_change",
    "copy_budget",
    "draft_budget",
    "explain_overrun",
    "load_budgets",
    "redraft",
    "release",
    "reserve",
    "return_budget",
    "return_change",
    "reverse",
    "send_again",
    "spend",
    "submit_budget",
]
