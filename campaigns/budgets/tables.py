"""The lists of money: budgets, their lines, and every entry of the ledger."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from campaigns.budgets.filters import BudgetFilter, EntryFilter, LineFilter
from campaigns.budgets.models import Budget, BudgetLine, Movement
from campaigns.budgets.permissions import can_add_budget
from campaigns.budgets.selectors import balances_of, totals_of
from campaigns.budgets.terms import MOVEMENT_TONES, STATE_TONES, BudgetState, MovementKind
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, register_list
from kam.users.models import User

SPENT = pgettext_lazy("ledger", "Spent")
RESERVED = pgettext_lazy("ledger", "Reserved")
FREE = pgettext_lazy("ledger", "Free")


def _budgets(user: User) -> QuerySet[Budget]:
    return Budget.objects.visible_to(user).select_related("campaign")


def _find_budgets(rows: QuerySet[Budget], text: str) -> QuerySet[Budget]:
    return rows.filter(
        Q(name__icontains=text) | Q(number__icontains=text) | Q(campaign__name__icontains=text)
    )


def _money_of_budgets(
    ids: list[int], _user: Any, _columns: tuple[str, ...]
) -> Mapping[str, Mapping[int, Any]]:
    found = totals_of(ids)
    return {
        name: {pk: getattr(balance, name) for pk, balance in found.items()}
        for name in ("budgeted", "spent", "reserved", "free")
    }


BUDGETS = register_list(
    ListSpec(
        key="campaigns.budgets",
        url="/budgets/",
        title=_("Budgets"),
        rows=_budgets,
        columns=(
            Column(
                "name",
                _("Budget"),
                lambda b: Name(b.name, sub=b.campaign.name if b.campaign else "", lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", kind="tag"),
            Column(
                "state",
                _("State"),
                lambda b: (STATE_TONES[BudgetState(b.state)], str(b.get_state_display())),
                kind="badge",
                phone="left",
            ),
            Column("from", _("From"), "starts_on", kind="date", sort="from"),
            Column("until", _("Until"), "ends_on", kind="date"),
            Column(
                "budgeted", _("Budget in yuan"), lambda b: b.beside["budgeted"], kind="money", phone="end"
            ),
            Column("spent", SPENT, lambda b: b.beside["spent"], kind="money"),
            Column("reserved", RESERVED, lambda b: b.beside["reserved"], kind="money"),
            Column("free", FREE, lambda b: b.beside["free"], kind="money", phone="right"),
        ),
        sorts=(
            Sort("new", _("Newest"), "created_at", descending=True),
            Sort("from", _("Latest period first"), "starts_on", descending=True, nullable=True),
        ),
        count_words=lambda count, words: ngettext("%(n)s budget", "%(n)s budgets", count) % {"n": words},
        filterset=BudgetFilter,
        search=_find_budgets,
        search_hint=_("Name, number or campaign"),
        row_url=lambda row: f"/budgets/{row.pk}/",
        beside=_money_of_budgets,
        empty=Empty(
            _("No budget yet"),
            _("Draft one for a campaign or for the department."),
            action_label=_("New budget"),
            action_url="/budgets/new/",
            icon="coins",
            can=can_add_budget,
        ),
    )
)


def _lines(user: User) -> QuerySet[BudgetLine]:
    rows = BudgetLine.objects.visible_to(user).leaves().filter(budget__state=BudgetState.APPROVED)
    return rows.select_related("budget")


def _money_of_lines(ids: list[int], _user: Any, _columns: tuple[str, ...]) -> Mapping[str, Mapping[int, Any]]:
    found = balances_of(ids)
    return {
        name: {pk: getattr(balance, name) for pk, balance in found.items()}
        for name in ("budgeted", "spent", "reserved", "free")
    }


LINES = register_list(
    ListSpec(
        key="campaigns.budget_lines",
        url="/budgets/lines/",
        title=_("Budget lines"),
        rows=_lines,
        columns=(
            Column(
                "line",
                _("Line"),
                lambda line: Name(line.name, sub=line.budget.name, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", kind="tag"),
            Column("budget", _("Budget"), "budget.number", phone="left"),
            Column("budgeted", _("Budget in yuan"), lambda row: row.beside["budgeted"], kind="money"),
            Column("spent", SPENT, lambda row: row.beside["spent"], kind="money"),
            Column("reserved", RESERVED, lambda row: row.beside["reserved"], kind="money"),
            Column("free", FREE, lambda row: row.beside["free"], kind="money", phone="right"),
        ),
        sorts=(Sort("budget", _("Newest budget first"), "budget_id", descending=True),),
        count_words=lambda count, words: (
            ngettext("%(n)s budget line", "%(n)s budget lines", count) % {"n": words}
        ),
        filterset=LineFilter,
        search=lambda rows, text: rows.filter(Q(name__icontains=text) | Q(budget__number__icontains=text)),
        search_hint=_("Line or number of the budget"),
        row_url=lambda row: f"/budgets/{row.budget_id}/?line={row.pk}",
        beside=_money_of_lines,
        empty=Empty(_("No line holds money yet"), _("Lines appear once a budget is approved."), icon="coins"),
    )
)


def _entries(user: User) -> QuerySet[Movement]:
    return Movement.objects.visible_to(user).told_to(user).select_related("line__budget", "by")


def _find_entries(rows: QuerySet[Movement], text: str) -> QuerySet[Movement]:
    return rows.filter(
        Q(source_label__icontains=text)
        | Q(text__icontains=text, is_told=True)
        | Q(line__name__icontains=text)
    )


ENTRIES = register_list(
    ListSpec(
        key="campaigns.ledger",
        url="/budgets/entries/",
        title=_("Ledger of the budgets"),
        rows=_entries,
        columns=(
            Column("on", _("Day"), "on", kind="date", phone="end"),
            Column(
                "kind",
                pgettext_lazy("ledger", "Entry"),
                lambda m: (MOVEMENT_TONES[MovementKind(m.kind)], str(m.get_kind_display())),
                kind="badge",
                phone="left",
            ),
            Column(
                "document",
                _("Document"),
                lambda m: Name(m.source_label, sub=m.words, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("line", _("Line"), "line.name", phone="foot"),
            Column("budget", _("Budget"), "line.budget.number", kind="tag"),
            Column("budgeted", pgettext_lazy("ledger", "Budgeted"), "budgeted", kind="money"),
            Column("reserved", RESERVED, "reserved", kind="money", phone="top"),
            Column("spent", SPENT, "spent", kind="money", phone="right"),
            Column("by", pgettext_lazy("person", "By"), "by.name"),
        ),
        sorts=(Sort("new", _("Newest"), "id", descending=True),),
        count_words=lambda count, words: ngettext("%(n)s entry", "%(n)s entries", count) % {"n": words},
        filterset=EntryFilter,
        search=_find_entries,
        search_hint=_("Document, purpose or line"),
        row_url=lambda row: f"/budgets/{row.line.budget_id}/?line={row.line_id}",
        empty=Empty(
            _("Nothing was booked yet"), _("Entries appear once a budget is approved."), icon="coins"
        ),
    )
)
