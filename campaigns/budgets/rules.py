"""Money of one line pays nothing else: lines add up, and nobody reserves or spends what is not there. See docs/domain/budgets.md."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from campaigns.budgets.terms import MAX_LEVEL, MAX_LINES, MovementKind
from kam.core.money import ZERO


@dataclass(frozen=True, slots=True)
class Planned:
    """One line as typed: how deep it stands in the tree (1 is the top), its name and its money."""

    level: int
    name: str
    amount: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why lines cannot be handed in: at which one, and what its parts come to where they do not add up."""

    place: int
    code: str
    told: Decimal = ZERO
    parts: Decimal = ZERO


def numbers_of(lines: Sequence[Planned]) -> list[str]:
    """Return the number of each line: 1, 2, 2.1, 2.2, 2.2.1."""
    counts: list[int] = []
    found = []
    for line in lines:
        counts = counts[: line.level] + [0] * (line.level - len(counts))
        counts[-1] += 1
        found.append(".".join(str(count) for count in counts))
    return found


def parents_of(lines: Sequence[Planned]) -> list[int | None]:
    """Return the place of each line's parent, None at the top."""
    open_at: dict[int, int] = {}
    found = []
    for place, line in enumerate(lines):
        found.append(open_at.get(line.level - 1))
        open_at[line.level] = place
    return found


def shape_problem(lines: Sequence[Planned]) -> Problem | None:
    """Return why a draft cannot be kept: no tree, a level left out, an amount below nothing, too many lines."""
    if not lines:
        return Problem(0, "empty")
    if len(lines) > MAX_LINES:
        return Problem(MAX_LINES, "many")
    before = 0
    for place, line in enumerate(lines):
        if not 1 <= line.level <= min(before + 1, MAX_LEVEL):
            return Problem(place, "level")
        if line.amount < ZERO:
            return Problem(place, "negative")
        before = line.level
    return None


def sum_problem(lines: Sequence[Planned]) -> Problem | None:
    """Return the first line whose parts do not add up to it (T-25), or one without money."""
    parents = parents_of(lines)
    for place, line in enumerate(lines):
        parts = [child.amount for child, parent in zip(lines, parents, strict=True) if parent == place]
        if parts and sum(parts, ZERO) != line.amount:
            return Problem(place, "sum", line.amount, sum(parts, ZERO))
    if total_of(lines) <= ZERO:
        return Problem(0, "nothing")
    return None


def total_of(lines: Iterable[Planned]) -> Decimal:
    """Return what the budget comes to: its lines at the top."""
    return sum((line.amount for line in lines if line.level == 1), ZERO)


@dataclass(frozen=True, slots=True)
class Delta:
    """What one entry of the ledger changes, signed."""

    kind: MovementKind
    budgeted: Decimal = ZERO
    reserved: Decimal = ZERO
    spent: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Balance:
    """What a line has: derived from its entries, never typed."""

    budgeted: Decimal = ZERO
    reserved: Decimal = ZERO
    spent: Decimal = ZERO

    @property
    def free(self) -> Decimal:
        return self.budgeted - self.reserved - self.spent

    def after(self, delta: Delta) -> "Balance":
        """Return the balance with one more entry."""
        return Balance(
            self.budgeted + delta.budgeted, self.reserved + delta.reserved, self.spent + delta.spent
        )

    def plus(self, other: "Balance") -> "Balance":
        """Return two lines together."""
        return Balance(
            self.budgeted + other.budgeted, self.reserved + other.reserved, self.spent + other.spent
        )


def balance_of(deltas: Iterable[Delta]) -> Balance:
    """Return the sum of the entries."""
    balance = Balance()
    for delta in deltas:
        balance = balance.after(delta)
    return balance


def missing(balance: Balance, amount: Decimal) -> Decimal:
    """Return how much a supplement would have to bring before `amount` can be reserved; nought where it is there (T-26)."""
    return max(amount - balance.free, ZERO)


def reserving(amount: Decimal) -> Delta:
    return Delta(MovementKind.RESERVE, reserved=amount)


def releasing(open_amount: Decimal) -> Delta:
    return Delta(MovementKind.RELEASE, reserved=-open_amount)


def missing_to_spend(balance: Balance, open_amount: Decimal, amount: Decimal) -> Decimal:
    """Return what lacks for spending `amount` from a reservation: it may take what is free beside what is reserved."""
    return max(amount - open_amount - balance.free, ZERO)


def spending(open_amount: Decimal, amount: Decimal) -> list[Delta]:
    """Return the entries of a payment: it takes its reservation, and what is left of that is released at once."""
    taken = min(open_amount, amount)
    entries = [Delta(MovementKind.SPEND, reserved=-taken, spent=amount)]
    return [*entries, releasing(open_amount - taken)] if open_amount > taken else entries


def over_approved(approved: Decimal, amount: Decimal) -> Decimal:
    """Return by how much a payment goes above what its request was approved with: paid with a reason, and asked afterwards."""
    return max(amount - approved, ZERO)


def reversing(delta: Delta) -> Delta:
    """Return the entry that takes another one back."""
    return Delta(MovementKind.REVERSE, -delta.budgeted, -delta.reserved, -delta.spent)


def shares(balance: Balance) -> tuple[Decimal, Decimal]:
    """Return which part of the budget is spent and which is reserved, in per cent to one decimal."""
    if balance.budgeted <= ZERO:
        return ZERO, ZERO
    tenth = Decimal("0.1")
    spent, reserved = (
        (part * 100 / balance.budgeted).quantize(tenth) for part in (balance.spent, balance.reserved)
    )
    return spent, reserved


def over_line(balance: Balance, planned: Decimal) -> Decimal:
    """Return by how much a plan or a bill of materials goes over what the line has: a warning, no refusal (T-27)."""
    return max(planned - balance.free, ZERO)


@dataclass(frozen=True, slots=True)
class Load:
    """What a plan or a bill takes from one budget line, what that has free, and by how much it goes over (T-27: a warning)."""

    line: int
    planned: Decimal
    free: Decimal
    over: Decimal


def loads_of(planned: Iterable[tuple[int, Decimal]], balances: Mapping[int, Balance]) -> list[Load]:
    """Return what each budget line is asked to bear, in the order in which the lines come up."""
    sums: dict[int, Decimal] = {}
    for line, amount in planned:
        sums[line] = sums.get(line, ZERO) + amount
    found = []
    for line, amount in sums.items():
        balance = balances.get(line, Balance())
        found.append(Load(line, amount, balance.free, over_line(balance, amount)))
    return found
