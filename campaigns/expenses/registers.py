"""What expense claims give to the frames: acts, the subject of approval, pages, who may open a receipt's picture, the demo part."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.budgets.selectors import budget_card
from campaigns.expenses import services
from campaigns.expenses.demo import play_expenses
from campaigns.expenses.models import ExpenseClaim, Receipt
from campaigns.expenses.permissions import can_claim
from campaigns.expenses.selectors import phone_over, ride_words
from campaigns.expenses.services import FILES, SUBJECT
from campaigns.expenses.terms import ClaimState
from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.core.days import say_day
from kam.demo.registry import register_part
from kam.files.registry import register_owner
from kam.notes.registry import register_link
from kam.search.registry import register_action, register_page
from kam.settings_rows.registry import define
from kam.users.models import User

register_act("campaigns.claim.begun", _("Expense claim begun"))
register_act("campaigns.claim.receipt_added", _("Receipt added to a claim"))
register_act("campaigns.claim.receipt_dropped", _("Receipt taken out of a claim"))
register_act("campaigns.claim.pending", _("Expense claim handed in"))
register_act("campaigns.claim.draft", _("Expense claim returned for changes"))
register_act("campaigns.claim.approved", _("Expense claim approved"))
register_act("campaigns.claim.rejected", _("Expense claim rejected"))
register_act("campaigns.claim.withdrawn", _("Expense claim withdrawn"))
register_act("campaigns.claim.paid", _("Expense claim paid"))
register_history("campaigns.expenseclaim", ExpenseClaim, load=visible_row(ExpenseClaim.objects))
register_words(ExpenseClaim, label={"amount": _("Amount")}.get, text=lambda _name, _value: None)
register_link("expense_claim", lambda pk: f"/expenses/{int(pk)}/")
define(
    "expenses_phone_month",
    Decimal(100),
    label=_("Phone allowance of a person in a month"),
    unit=_("yuan"),
    group=_("Expenses"),
)


def _may_open(user: User, owner_id: str) -> bool:
    claims = ExpenseClaim.objects.visible_to(user)
    return Receipt.objects.filter(pk=owner_id, claim__in=claims).exists()


def _may_add(_user: User, _owner_id: str) -> bool:
    """Pictures come with their receipt only."""
    return False


register_owner(FILES, _("Receipt"), may_read=_may_open, may_add=_may_add)


def _snapshot(claim: ExpenseClaim) -> Mapping[str, Any]:
    """Return what the deciders see: every receipt, the money before and after, what goes over the phone allowance."""
    receipts = list(claim.receipts.all())
    over = _("Phone in %(month)s: %(total)s, %(over)s above the allowance.")
    heads = (_("Day"), _("Kind"), _("Number"), _("What for"), _("Amount in yuan"))
    return {
        "title": f"{claim.number} · {claim.purpose}",
        "subtitle": claim.claimant.name,
        "amount": claim.amount,
        "why": claim.purpose,
        "flags": [
            over % {"month": f"{m.year}-{m.month:02d}", "total": f"{m.total:,.2f}", "over": f"{m.over:,.2f}"}
            for m in phone_over(claim)
        ]
        + ride_words(claim),
        "budget": budget_card(claim.line, claim.amount),
        "line_heads": [str(head) for head in heads],
        "lines": [
            [say_day(row.on), str(row.get_kind_display()), row.number, row.text, f"{row.amount:,.2f}"]
            for row in receipts
        ],
        "url": claim.get_absolute_url(),
    }


register(
    Subject(
        key=SUBJECT,
        model=ExpenseClaim,
        label=_("Expense claim"),
        group=_("Money"),
        icon="receipt",
        snapshot=_snapshot,
        facts=lambda claim: Facts(amount=claim.amount),
        requester=lambda claim: claim.claimant,
        beneficiary=lambda claim: claim.claimant,
        url=lambda claim: claim.get_absolute_url(),
        return_reasons=(_("A receipt is missing"), _("A receipt cannot be read"), _("Another budget line")),
        bulk=True,
        on_approved=services.approve_claim,
        on_returned=services.return_claim,
        on_rejected=lambda claim, by: services.close_claim(claim, by, state=ClaimState.REJECTED),
        on_withdrawn=lambda claim, by: services.close_claim(claim, by, state=ClaimState.WITHDRAWN),
    )
)
register_page(
    "campaigns.expenses", _("Expense claims"), "/expenses/", icon="receipt", visible=can_claim, order=39
)
register_action("campaigns.expense_new", _("New claim"), "/expenses/new/", icon="receipt", visible=can_claim)
register_part(88, "expenses", play_expenses)
