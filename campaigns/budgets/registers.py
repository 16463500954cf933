"""What budgets give to the frames: acts, two subjects of approval, the panel of a campaign, pages, links, the demo part."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.budgets import services
from campaigns.budgets.api import BUDGETS, ENTRIES
from campaigns.budgets.demo import play_budgets
from campaigns.budgets.documents import overrun_of, sides_of
from campaigns.budgets.models import Budget, BudgetChange, Movement
from campaigns.budgets.permissions import can_add_budget, can_see_budgets
from campaigns.budgets.selectors import shown_budget
from campaigns.budgets.services.changes import SUBJECT as CHANGE_SUBJECT
from campaigns.budgets.services.drafts import SUBJECT as BUDGET_SUBJECT
from campaigns.budgets.services.ledger import said
from campaigns.budgets.terms import BudgetState, ChangeState
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.registry import CampaignPanel, register_campaign_panel
from kam.api.registry import register_resource
from kam.approvals.registry import Subject, register
from kam.approvals.rules import Facts
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.core.days import say_day
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.search.registry import register_action, register_page
from kam.users.models import User

register_act("campaigns.budget.drafted", _("Budget drafted"))
register_act("campaigns.budget.redrafted", _("Draft of a budget changed"))
register_act("campaigns.budget.pending", _("Budget handed in"))
register_act("campaigns.budget.approved", _("Budget approved"))
register_act("campaigns.budget.draft", _("Budget returned for changes"))
register_act("campaigns.budget.rejected", _("Budget rejected"))
register_act("campaigns.budget.withdrawn", _("Budget withdrawn"))
register_act("campaigns.budget.reserved", _("Money reserved"))
register_act("campaigns.budget.released", _("Reserved money released"))
register_act("campaigns.budget.spent", _("Money spent"))
register_act("campaigns.budget.reversed", _("Payment taken back"))
register_act("campaigns.budget_report.pending", _("Budget report handed in"))
register_act("campaigns.budget_report.changed", _("Amount of a budget report changed"))
register_act("campaigns.budget_report.approved", _("Budget report approved"))
register_act("campaigns.budget_report.returned", _("Budget report returned for changes"))
register_act("campaigns.budget_report.rejected", _("Budget report rejected"))
register_act("campaigns.budget_report.withdrawn", _("Budget report withdrawn"))
register_history("campaigns.budget", Budget, load=visible_row(Budget.objects))
for _model in (Budget, Movement):
    register_words(
        _model,
        label=lambda name: _("Amount") if name == "amount" else None,
        text=lambda _name, _value: None,
    )
register_link("budget", lambda pk: f"/budgets/{int(pk)}/")
register_link("budget_report", lambda pk: f"/budgets/reports/{int(pk)}/")
register_page(
    "campaigns.budget_lines",
    _("Budget lines"),
    "/budgets/lines/",
    icon="coins",
    visible=can_see_budgets,
    order=32,
)
register_page(
    "campaigns.ledger",
    _("Ledger of the budgets"),
    "/budgets/entries/",
    icon="coins",
    visible=can_see_budgets,
    order=33,
)
register_action(
    "campaigns.budget_new", _("New budget"), "/budgets/new/", icon="coins", visible=can_add_budget
)
register_part(84, "budgets", play_budgets)

LINE_HEADS = (_("No."), _("Line"), _("Amount in yuan"), _("Remark"))


def _period(budget: Budget) -> str:
    if budget.starts_on is None or budget.ends_on is None:
        return ""
    return f"{say_day(budget.starts_on)} – {say_day(budget.ends_on)}"


def _snapshot(budget: Budget) -> Mapping[str, Any]:
    """Return what the deciders see of a budget."""
    shown = shown_budget(budget)
    return {
        "title": str(budget),
        "subtitle": budget.campaign.name if budget.campaign else str(_("The department’s own")),
        "why": budget.note,
        "amount": sum(row.line.amount for row in shown.lines if row.line.level == 1),
        "facts": [
            [str(_("Period")), _period(budget) or str(_("no days named"))],
            [str(_("Lines")), str(len(shown.lines))],
        ],
        "line_heads": [str(head) for head in LINE_HEADS],
        "lines": [
            [row.line.number, row.line.name, f"{row.line.amount:,.2f}", row.line.note] for row in shown.lines
        ],
        "url": budget.get_absolute_url(),
    }


def _change_snapshot(change: BudgetChange) -> Mapping[str, Any]:
    """Return what the deciders see of a report: each line before and after."""
    heads = (_("Line"), _("Budget before"), _("Budget after"), _("Free before"), _("Free after"))
    return {
        "title": f"{change.number} {change.line.name}",
        "subtitle": f"{change.get_kind_display()} · {change.line.budget}",
        "why": change.reason,
        "amount": change.amount,
        "line_heads": [str(head) for head in heads],
        "lines": [
            [
                str(line),
                *(f"{sum_:,.2f}" for sum_ in (before.budgeted, after.budgeted, before.free, after.free)),
            ]
            for line, before, after in sides_of(change)
        ],
        "url": change.get_absolute_url(),
    }


def _overrun_snapshot(change: BudgetChange) -> Mapping[str, Any]:
    """Return what the deciders see of a bill above what was approved."""
    found = overrun_of(change)
    assert found is not None  # noqa: S101 -- a constraint: an overrun names its payment
    told = {
        _("Document"): found.document,
        _("Budget line"): f"{change.line.budget.name} · {change.line.name}",
        _("Approved sum"): said(found.approved),
        _("Paid sum"): said(found.paid),
        _("Free on the line"): said(found.free),
    }
    return {
        "title": f"{change.number} {found.document}",
        "subtitle": f"{change.get_kind_display()} · {change.line.budget}",
        "why": change.reason,
        "amount": change.amount,
        "facts": [[str(label), value] for label, value in told.items()],
        "url": change.get_absolute_url(),
    }


def _drafter(budget: Budget) -> User:
    assert budget.drafted_by is not None  # noqa: S101 -- only the two of the source have no author, and they are approved
    return budget.drafted_by


def _total(budget: Budget) -> Facts:
    return Facts(amount=shown_budget(budget).total.balance.budgeted)


register(
    Subject(
        key=BUDGET_SUBJECT,
        model=Budget,
        label=_("Budget"),
        group=_("Money"),
        icon="coins",
        snapshot=_snapshot,
        facts=_total,
        requester=_drafter,
        url=lambda budget: budget.get_absolute_url(),
        return_reasons=(_("A line is too high"), _("A line is missing"), _("The reasons are missing")),
        on_approved=services.approve_budget,
        on_returned=services.return_budget,
        on_rejected=lambda budget, by: services.close_budget(budget, by, state=BudgetState.REJECTED),
        on_withdrawn=lambda budget, by: services.close_budget(budget, by, state=BudgetState.WITHDRAWN),
    )
)
register(
    Subject(
        key=services.OVERRUN,
        model=BudgetChange,
        label=_("Bill above what was approved"),
        group=_("Money"),
        icon="scale",
        snapshot=_overrun_snapshot,
        facts=lambda change: Facts(amount=change.amount),
        requester=lambda change: change.asked_by,
        url=lambda change: change.get_absolute_url(),
        return_reasons=(_("The reason is not clear"),),
        on_approved=lambda change, by: services.close_change(change, by, state=ChangeState.APPROVED),
        on_returned=services.return_change,
        on_rejected=lambda change, by: services.close_change(change, by, state=ChangeState.REJECTED),
        on_withdrawn=lambda change, by: services.close_change(change, by, state=ChangeState.WITHDRAWN),
    )
)
register(
    Subject(
        key=CHANGE_SUBJECT,
        model=BudgetChange,
        label=_("Budget report"),
        group=_("Money"),
        icon="coins",
        snapshot=_change_snapshot,
        facts=lambda change: Facts(amount=change.amount),
        requester=lambda change: change.asked_by,
        url=lambda change: change.get_absolute_url(),
        return_reasons=(_("The reason is not clear"), _("The amount is too high")),
        on_approved=services.apply_change,
        on_returned=services.return_change,
        on_rejected=lambda change, by: services.close_change(change, by, state=ChangeState.REJECTED),
        on_withdrawn=lambda change, by: services.close_change(change, by, state=ChangeState.WITHDRAWN),
    )
)


def _panel(campaign: Campaign, user: User) -> dict[str, Any] | None:
    """The budgets of a campaign, with their bars."""
    if not can_see_budgets(user):
        return None
    rows = Budget.objects.visible_to(user).filter(campaign=campaign)
    return {"budgets": [shown_budget(row) for row in rows[:3]]}


register_campaign_panel(
    CampaignPanel("budgets", pgettext_lazy("campaign", "Budget"), 10, "campaigns/budgets/_panel.html", _panel)
)
register_resource(BUDGETS)
register_resource(ENTRIES)
