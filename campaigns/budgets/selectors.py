"""Reads of budgets: the tree with its balances, entries with what was free after each, and whether ledger and balances agree."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from heapq import nlargest
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, Q, QuerySet, Sum

from campaigns.budgets.models import (
    Budget,
    BudgetChange,
    BudgetLine,
    HeldAmount,
    LineBalance,
    Movement,
)
from campaigns.budgets.rules import Balance, Planned, shares
from campaigns.budgets.terms import MOVEMENT_TONES, BudgetState, MovementKind
from kam.core.money import ZERO
from kam.notes.registry import link_of
from kam.notes.terms import SourceKey
from kam.users.models import User

#: A longer ledger is said to have "more": counting it would read it.
MOST_COUNTED = 2_000


def balance_on(line: BudgetLine) -> Balance:
    """Return what a leaf has now."""
    kept = LineBalance.objects.filter(line=line).first()
    return kept.balance if kept else Balance()


def open_of(reservation: Movement) -> Decimal:
    """Return what a reservation still holds."""
    uses = Q(pk=reservation.pk) | Q(reservation=reservation)
    found: Decimal | None = Movement.objects.filter(uses).aggregate(held=Sum("reserved"))["held"]
    return found or ZERO


@dataclass(frozen=True, slots=True)
class Held:
    """What reservations still hold: the first of them with how much each, how many there are, what they come to."""

    rows: list[tuple[Movement, Decimal]]
    count: int
    total: Decimal


def open_reservations(lines: Sequence[int], reader: User, *, most: int | None = None) -> Held:
    """Return what is held on these leaves, the oldest first: as the database keeps it, so a long ledger is not read. Two statements."""
    kept = HeldAmount.objects.filter(line__in=lines, amount__gt=0).order_by("reservation")
    held = {row.reservation_id: row.amount for row in kept}
    rows = (
        Movement.objects.told_to(reader)
        .filter(pk__in=list(held)[:most])
        .select_related("line")
        .order_by("pk")
    )
    return Held([(row, held[row.pk]) for row in rows], len(held), sum(held.values(), ZERO))


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with its balance: a leaf's own, a parent's is the sum of its leaves."""

    line: BudgetLine
    balance: Balance
    is_leaf: bool

    @property
    def spent_share(self) -> Decimal:
        return shares(self.balance)[0]

    @property
    def reserved_share(self) -> Decimal:
        return shares(self.balance)[1]

    @property
    def is_short(self) -> bool:
        """Less than a fifth is free."""
        return self.balance.budgeted > 0 and self.balance.free * 5 < self.balance.budgeted


@dataclass(frozen=True, slots=True)
class ShownBudget:
    """The tree of a budget and what it comes to."""

    budget: Budget
    lines: list[ShownLine]
    total: ShownLine

    @property
    def has_money(self) -> bool:
        return self.budget.state == BudgetState.APPROVED


def shown_budget(budget: Budget) -> ShownBudget:
    """Return the tree with balances. Two statements; a draft shows what is asked for."""
    lines = list(budget.lines.all())
    if budget.state == BudgetState.APPROVED:
        kept = {row.line_id: row.balance for row in LineBalance.objects.filter(line__budget=budget)}
    else:
        parents = {line.parent_id for line in lines}
        kept = {line.pk: Balance(line.amount) for line in lines if line.pk not in parents}
    sums = _summed(lines, kept)
    total = Balance()
    for line in lines:
        if line.parent_id is None:
            total = total.plus(sums[line.pk])
    shown = [ShownLine(line, sums[line.pk], line.pk in kept) for line in lines]
    return ShownBudget(budget, shown, ShownLine(BudgetLine(budget=budget), total, False))


def _summed(lines: Iterable[BudgetLine], kept: Mapping[int, Balance]) -> dict[int, Balance]:
    """Return line → balance, each parent the sum of what stands below it."""
    sums = {line.pk: kept.get(line.pk, Balance()) for line in lines}
    for line in sorted(lines, key=lambda line: -line.level):
        if line.parent_id is not None:
            sums[line.parent_id] = sums[line.parent_id].plus(sums[line.pk])
    return sums


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a line and what was free after it."""

    movement: Movement
    free_after: Decimal

    @property
    def signed(self) -> Decimal:
        """What the entry is about: money given or taken, reserved, released, spent or taken back."""
        delta = self.movement.delta
        return delta.spent or delta.reserved or delta.budgeted

    @property
    def tone(self) -> str:
        return MOVEMENT_TONES[MovementKind(self.movement.kind)]

    @property
    def url(self) -> str:
        """Where the document stands, if its room says so and the reader is told what it is."""
        row = self.movement
        if not getattr(row, "is_told", True):
            return ""
        return link_of(SourceKey(row.source_kind, row.source_id, row.source_label))

    @property
    def is_payment(self) -> bool:
        return self.movement.kind == MovementKind.SPEND


def newest_entries(lines: Sequence[int], limit: int, *, reader: User) -> list[Entry]:
    """Return the newest entries of these leaves, the newest first, each with what its line had free after it and what `reader` may know of it.

    Balances are read with the entries and walked back, so that a ledger of any length costs the same: two statements.
    """
    newest = Movement.objects.filter(line=OuterRef("pk")).order_by("-pk").values("pk")[:limit]
    of_each = BudgetLine.objects.filter(pk__in=lines).order_by().annotate(ids=ArraySubquery(newest))
    ids = nlargest(limit, (pk for found in of_each.values_list("ids", flat=True) for pk in found))
    if not ids:
        return []
    # What is booked meanwhile is in the balance, so it is read too.
    rows = Movement.objects.told_to(reader).filter(line__in=lines, pk__gte=ids[-1])
    free: dict[int, Decimal] = {}
    entries = []
    for row in rows.select_related("line__kept_balance", "by", "change").order_by("-pk"):
        after = free.setdefault(row.line_id, row.line.kept_balance.balance.free)
        entries.append(Entry(row, after))
        free[row.line_id] = after - Balance().after(row.delta).free
    return entries[:limit]


def leaves_of(budget: Budget, line: BudgetLine | None = None) -> list[int]:
    """Return the lines that hold the money of a budget, or the one that is asked for."""
    return [line.pk] if line is not None else list(budget.lines.leaves().values_list("pk", flat=True))


def count_entries(lines: Sequence[int]) -> int:
    """Return how many entries these lines have; who needs no more than "many" reads no more than that."""
    return Movement.objects.filter(line__in=lines)[: MOST_COUNTED + 1].count()


def balances_of(ids: Iterable[int]) -> dict[int, Balance]:
    """Return line → balance for many leaves; one statement."""
    return {row.line_id: row.balance for row in LineBalance.objects.filter(line__in=ids)}


def totals_of(ids: Iterable[int]) -> dict[int, Balance]:
    """Return budget → balance for many budgets: approved ones as booked, others as asked for. Two statements."""
    found: dict[int, Balance] = {}
    for row in LineBalance.objects.filter(line__budget__in=ids).select_related("line"):
        found[row.line.budget_id] = found.get(row.line.budget_id, Balance()).plus(row.balance)
    asked = BudgetLine.objects.filter(budget__in=ids, parent=None).values_list("budget")
    for pk, amount in asked.annotate(Sum("amount")):
        found.setdefault(pk, Balance(amount))
    return found


def planned_of(budget: Budget) -> list[Planned]:
    """Return the lines as typed."""
    return [Planned(line.level, line.name, line.amount, line.note) for line in budget.lines.all()]


def changes_of(budget: Budget) -> QuerySet[BudgetChange]:
    rows = BudgetChange.objects.filter(line__budget=budget)
    return rows.select_related("line", "from_line", "asked_by").order_by("-pk")


@dataclass(frozen=True, slots=True)
class Passed:
    """How much of the period is over: days gone, days in all."""

    gone: int
    days: int

    @property
    def share(self) -> Decimal:
        return (Decimal(self.gone) * 100 / self.days).quantize(Decimal("0.1"))


def time_passed(budget: Budget, today: date) -> Passed | None:
    """Return how much of the period is over, None where the budget names no days."""
    if budget.starts_on is None or budget.ends_on is None:
        return None
    days = (budget.ends_on - budget.starts_on).days + 1
    return Passed(min(max((today - budget.starts_on).days + 1, 0), days), days)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What walking the ledger found: how many entries were read, and the first place that does not agree."""

    checked: int
    first_bad: str | None = None

    @property
    def ok(self) -> bool:
        return self.first_bad is None

    def as_json(self) -> dict[str, object]:
        return {"ok": self.ok, "checked": self.checked, "first_bad": self.first_bad}


def verify_ledger() -> Verdict:
    """Add up every entry again: each step, each balance and what each reservation holds, none gives more than it has, approved lines got
    their money. Where what is kept differs, the entries are right.
    """
    checked = 0
    running: dict[int, Balance] = {}
    held: dict[int, Decimal] = {}
    for row in Movement.objects.order_by("pk").iterator(chunk_size=2_000):
        checked += 1
        balance = running[row.line_id] = running.get(row.line_id, Balance()).after(row.delta)
        key = row.reservation_id or row.pk
        if row.reservation_id or row.kind == MovementKind.RESERVE:
            held[key] = held.get(key, ZERO) + row.reserved
        if min(balance.free, balance.reserved, balance.spent, held.get(key, ZERO)) < 0:
            return Verdict(checked, f"movement {row.pk}")
    return Verdict(checked, _unlike_kept(running, held) or _unfunded())


def _unlike_kept(running: Mapping[int, Balance], held: Mapping[int, Decimal]) -> str | None:
    """Return the first line or reservation that is kept otherwise than its entries add up."""
    kept = {row.line_id: row.balance for row in LineBalance.objects.all()}
    for line_id in sorted(kept.keys() | running.keys()):
        if kept.get(line_id) != running.get(line_id):
            return f"line {line_id}"
    rows = HeldAmount.objects.select_related("reservation").iterator(chunk_size=2_000)
    shown = {row.reservation_id: (row.amount, row.line_id == row.reservation.line_id) for row in rows}
    for pk in sorted(shown.keys() | held.keys()):
        if shown.get(pk) != (held.get(pk), True):
            return f"reservation {pk}"
    return None


def _unfunded() -> str | None:
    """Return the first leaf of an approved budget whose first entry is not what was approved."""
    leaves = BudgetLine.objects.leaves().filter(budget__state=BudgetState.APPROVED)
    given = Sum("movements__budgeted", filter=Q(movements__kind=MovementKind.BUDGET))
    for pk, amount, got in leaves.annotate(got=given).order_by("pk").values_list("pk", "amount", "got"):
        if amount != (got or ZERO):
            return f"line {pk}"
    return None


def last_number(model: type[Budget] | type[BudgetChange], prefix: str) -> int:
    """Return the highest running number after `prefix`."""
    rows = model._default_manager.filter(number__startswith=prefix)  # noqa: SLF001 -- Django's documented API
    last: str | None = rows.aggregate(last=Max("number"))["last"]
    return int(last.removeprefix(prefix)) if last else 0


def budget_card(line: BudgetLine, amount: Decimal) -> dict[str, Any]:
    """Return what a decider sees of the money: free before, this, free after."""
    balance = balance_on(line)
    return {
        "name": f"{line.budget.name} · {line.name}",
        "before": balance.free,
        "this": amount,
        "after": balance.free - amount,
        "spent": balance.spent,
        "reserved": balance.reserved,
    }
