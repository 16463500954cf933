"""What may be given to a person: the policy says whether, the limits say how much, whoever gives it. See docs/domain/integrity.md."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from accounts.persons.terms import Official
from campaigns.integrity.terms import LIMITED, MONEY_LIKE, OFFICIALS, STRICTNESS, BenefitKind, Outcome
from kam.core.money import ZERO, to_cents


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits in force: so much an item, and so much in `days` days to one person, to one unit, by one of us."""

    item: Decimal
    person: Decimal
    unit: Decimal
    colleague: Decimal
    small: Decimal
    days: int
    split_days: int


@dataclass(frozen=True, slots=True)
class Past:
    """An entry that counts: reserved or given, not freed."""

    person: int
    unit: int
    by: int | None
    kind: BenefitKind
    amount: Decimal
    on: date


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is about to be given; `item` is what one piece of it is worth."""

    person: int
    unit: int
    by: int | None
    kind: BenefitKind
    amount: Decimal
    item: Decimal
    on: date

    def as_past(self) -> Past:
        return Past(self.person, self.unit, self.by, self.kind, self.amount, self.on)


@dataclass(frozen=True, slots=True)
class Finding:
    """A limit that does not hold: what it is, what counts already, what is asked for."""

    code: str
    limit: Decimal
    counted: Decimal
    amount: Decimal

    @property
    def left(self) -> Decimal:
        return max(self.limit - self.counted, ZERO)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the policy and the limits say of one wanted benefit."""

    kind: BenefitKind
    outcome: Outcome
    findings: tuple[Finding, ...] = ()

    @property
    def is_refused(self) -> bool:
        return self.outcome is Outcome.REFUSED

    @property
    def needs_compliance(self) -> bool:
        """The policy asks for it, or a limit is exceeded: then only with a reason (spec 04)."""
        return not self.is_refused and (self.outcome is Outcome.COMPLIANCE or bool(self.findings))

    @property
    def needs_documents(self) -> bool:
        """Money and what is like money: the written basis, and the employer informed."""
        return self.kind in MONEY_LIKE and not self.is_refused


def parties_of(official: Official, channel: str) -> tuple[str, ...]:
    """Return the parts of the policy that speak of a person; unknown counts as an official."""
    return (channel,) if official is Official.NO else (OFFICIALS, channel)


def strictest(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the strictest; a policy that says nothing asks for compliance."""
    return max(outcomes, key=STRICTNESS.index, default=Outcome.COMPLIANCE)


def fullest(past: Iterable[Past], day: date, days: int) -> Decimal:
    """Return what counts beside something on `day`, in the fullest of all windows of `days` days that contain it."""
    near = [row for row in past if abs((row.on - day).days) < days]
    ends = {day} | {row.on for row in near if row.on > day}
    return max(
        sum((row.amount for row in near if end - timedelta(days - 1) <= row.on <= end), ZERO) for end in ends
    )


def judge(wanted: Wanted, outcome: Outcome, past: Iterable[Past], limits: Limits) -> Verdict:
    """Say what policy and limits make of `wanted`; `past` holds what counts for its person, its unit and its giver."""
    if outcome in {Outcome.FREE, Outcome.REFUSED} or wanted.kind not in LIMITED:
        return Verdict(wanted.kind, outcome)
    counted = [row for row in past if row.kind in LIMITED]
    found = [_over("item", limits.item, ZERO, wanted.item)]
    sums = (
        ("person", limits.person, [row for row in counted if row.person == wanted.person]),
        ("unit", limits.unit, [row for row in counted if row.unit == wanted.unit]),
        ("colleague", limits.colleague, [r for r in counted if r.by is not None and r.by == wanted.by]),
    )
    for code, limit, rows in sums:
        found.append(_over(code, limit, fullest(rows, wanted.on, limits.days), wanted.amount))
    same = [row for row in counted if row.person == wanted.person and row.kind == wanted.kind]
    if outcome is Outcome.SMALL:
        found.append(_over("small", limits.small, fullest(same, wanted.on, limits.days), wanted.amount))
    found.append(_split(wanted, same, limits))
    return Verdict(wanted.kind, outcome, tuple(finding for finding in found if finding is not None))


def shares(amount: Decimal, heads: int) -> list[Decimal]:
    """Split a cost by heads so that the shares add up to the cent; the first ones bear the odd cents."""
    whole = int(to_cents(amount) * 100)
    each, odd = divmod(whole, heads)
    return [Decimal(each + (1 if n < odd else 0)) / 100 for n in range(heads)]


def _over(code: str, limit: Decimal, counted: Decimal, amount: Decimal) -> Finding | None:
    return Finding(code, limit, counted, amount) if counted + amount > limit else None


def _split(wanted: Wanted, same: Iterable[Past], limits: Limits) -> Finding | None:
    """Find one gift cut in pieces: each within the limit of an item, together above it within some days (splitting)."""
    if wanted.item > limits.item:
        return None
    near = [row for row in same if abs((row.on - wanted.on).days) < limits.split_days]
    counted = fullest(near, wanted.on, limits.split_days)
    return _over("split", limits.item, counted, wanted.amount) if counted else None
