"""What expense claims give to the frames: acts, the subject of approval, pages, who may open a receipt's picture, the demo part."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from campaigns.budgets.payables import register_payable
from campaigns.budgets.selectors import budget_card
from campaigns.expenses import phone, services
from campaigns.expenses.demo import play_expenses
from campaigns.expenses.models import ExpenseClaim, PhoneLimit, Receipt
from campaigns.expenses.permissions import can_claim
from campaigns.expenses.selectors import last_months, phone_of, ride_words
from campaigns.expenses.services import FILES, SUBJECT
from campaigns.expenses.terms import ClaimState, LimitState
from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.demo.registry import register_part
from kam.files.registry import register_owner
from kam.notes.registry import register_link
from kam.search.registry import register_action, register_page
from kam.settings_rows.registry import define
from kam.users.models import User
from kam.webhooks.registry import register_event

register_event("campaigns.claim.paid")

register_act("campaigns.claim.begun", _("Expense claim begun"))
register_act("campaigns.claim.receipt_added", _("Receipt added to a claim"))
register_act("campaigns.claim.receipt_dropped", _("Receipt taken out of a claim"))
register_act("campaigns.claim.pending", _("Expense claim handed in"))
register_act("campaigns.claim.draft", _("Expense claim returned for changes"))
register_act("campaigns.claim.approved", _("Expense claim approved"))
register_act("campaigns.claim.rejected", _("Expense claim rejected"))
register_act("campaigns.claim.withdrawn", _("Expense claim withdrawn"))
register_act("campaigns.claim.cancelled", _("Expense claim cancelled"))
register_act("campaigns.claim.paid", _("Expense claim paid"))
register_history("campaigns.expenseclaim", ExpenseClaim, load=visible_row(ExpenseClaim.objects))
register_words(ExpenseClaim, label={"amount": _("Amount")}.get, text=lambda _name, _value: None)
register_act("campaigns.phone_limit.pending", _("Phone limit asked for"))
register_act("campaigns.phone_limit.returned", _("Request for a phone limit returned for changes"))
register_act("campaigns.phone_limit.approved", _("Phone limit approved"))
register_act("campaigns.phone_limit.replaced", _("Phone limit replaced by a later one"))
register_act("campaigns.phone_limit.rejected", _("Phone limit rejected"))
register_act("campaigns.phone_limit.withdrawn", _("Request for a phone limit withdrawn"))
register_history("campaigns.phonelimit", PhoneLimit, load=visible_row(PhoneLimit.objects))
register_words(PhoneLimit, label={"amount": _("Yuan a month")}.get, text=lambda _name, _value: None)
register_link("phone_limit", lambda pk: f"/expenses/phone/{int(pk)}/")
register_link("expense_claim", lambda pk: f"/expenses/{int(pk)}/")
define(
    "expenses_phone_month",
    Decimal(100),
    label=_("Usual phone limit of a person in a month"),
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
    """Return what the deciders see: every receipt, the money before and after, what of the phone limits is used."""
    receipts = list(claim.receipts.all())
    shared = _("Phone in %(month)s: %(paid)s of the limit of %(limit)s, %(own)s paid by the person.")
    heads = (_("Day"), _("Kind"), _("Number"), _("What for"), _("Amount in yuan"))
    return {
        "title": f"{claim.number} · {claim.purpose}",
        "subtitle": claim.claimant.name,
        "amount": claim.amount,
        "why": claim.purpose,
        "flags": [
            shared
            % (
                {"month": f"{m.month:%Y-%m}"}
                | {name: f"{getattr(m, name):,.2f}" for name in ("paid", "limit", "own")}
            )
            for m in phone_of(claim)
            if m.own
        ]
        + ride_words(claim),
        "budget": budget_card(claim.line, claim.amount),
        "line_heads": [str(head) for head in heads],
        "lines": [
            [say_day(row.on), str(row.get_kind_display()), row.number, row.text, f"{row.paid_amount:,.2f}"]
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


def _limit_snapshot(limit: PhoneLimit) -> Mapping[str, Any]:
    """Return what the deciders see: how much, from when, what holds now and what the last months came to."""
    today = business_date()
    now, *before = last_months(limit.user_id, today, 4)
    return {
        "title": f"{limit.number} · {limit.user.name}",
        "subtitle": limit.asked_by.name,
        "amount": limit.amount,
        "why": limit.reason,
        "facts": [
            [str(_("From month")), f"{limit.starts_on:%Y-%m}"],
            [str(_("In this month only")), str(_("yes") if limit.only else _("no"))],
            [str(_("Limit now")), f"{now.limit:,.2f}"],
        ],
        "line_heads": [
            str(head) for head in (_("Month"), _("Limit"), _("Paid by the house"), _("Paid by the person"))
        ],
        "lines": [
            [f"{m.month:%Y-%m}", f"{m.limit:,.2f}", f"{m.paid:,.2f}", f"{m.own:,.2f}"] for m in (now, *before)
        ],
        "url": limit.get_absolute_url(),
    }


register(
    Subject(
        key=phone.SUBJECT,
        model=PhoneLimit,
        label=_("Phone limit"),
        group=_("Money"),
        icon="phone",
        snapshot=_limit_snapshot,
        facts=lambda limit: Facts(amount=limit.amount),
        requester=lambda limit: limit.asked_by,
        beneficiary=lambda limit: limit.user,
        url=lambda limit: limit.get_absolute_url(),
        return_reasons=(_("The reason is not clear"), _("Less will do")),
        bulk=True,
        on_approved=phone.approve_limit,
        on_returned=phone.end_request(LimitState.RETURNED),
        on_rejected=phone.end_request(LimitState.REJECTED),
        on_withdrawn=phone.end_request(LimitState.WITHDRAWN),
    )
)
register_page(
    "campaigns.phone_limits",
    _("Phone limits"),
    "/expenses/phone/",
    icon="phone",
    visible=can_claim,
    under="/expenses/",
)
register_page(
    "campaigns.expenses", _("Expense claims"), "/expenses/", icon="receipt", visible=can_claim, order=39
)
register_action("campaigns.expense_new", _("New claim"), "/expenses/new/", icon="receipt", visible=can_claim)
register_part(88, "expenses", play_expenses)
register_payable(
    "claims",
    lambda _day: ExpenseClaim.objects.filter(state=ClaimState.APPROVED),
    ngettext_lazy(
        "%(n)s expense claim to pay, %(total)s yuan", "%(n)s expense claims to pay, %(total)s yuan", "n"
    ),
    "/expenses/",
)
