"""When a round of a pilot may be decided, what its figures advise, how measures are typed (S-097, docs/domain/pilots.md)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from campaigns.pilots.terms import LAST_ROUND, Outcome, Problem, Size, Source, Verdict

MAX_MEASURES, MAX_NAME, MAX_UNIT = 12, 80, 20
_CELLS = 4
_LARGEST = Decimal(10_000_000)


@dataclass(frozen=True, slots=True)
class MeasureSpec:
    """What is measured in every round: its name, what it counts in, what is hoped for, where the figure comes from."""

    name: str
    unit: str
    target: Decimal
    source: Source


@dataclass(frozen=True, slots=True)
class Round:
    """A round by its number and days, and whether it is decided."""

    number: int
    starts_on: date
    ends_on: date
    is_decided: bool = False


def outcome_of(target: Decimal, value: Decimal | None) -> Outcome:
    """A measure is reached at its target."""
    if value is None:
        return Outcome.UNKNOWN
    return Outcome.REACHED if value >= target else Outcome.MISSED


def advice_of(outcomes: Sequence[Outcome]) -> Verdict | None:
    """All reached: expand; none: stop; some: change. As long as one is not told there is no advice."""
    if not outcomes or Outcome.UNKNOWN in outcomes:
        return None
    reached = sum(1 for outcome in outcomes if outcome is Outcome.REACHED)
    if reached == len(outcomes):
        return Verdict.EXPAND
    return Verdict.CHANGE if reached else Verdict.STOP


def decide_problem(
    row: Round,
    verdict: Verdict,
    outcomes: Sequence[Outcome],
    following: tuple[date | None, date | None],
    today: date,
) -> Problem | None:
    """Say why a round cannot be decided so. Stopping needs neither its last day nor a next round."""
    if row.is_decided:
        return Problem.DECIDED
    if verdict is Verdict.STOP:
        return None
    if today < row.ends_on:
        return Problem.NOT_OVER
    if Outcome.UNKNOWN in outcomes:
        return Problem.UNTOLD
    if row.number >= LAST_ROUND:
        return Problem.NO_MORE if verdict is Verdict.CHANGE else None
    return next_problem(row, *following)


def next_problem(row: Round, first: date | None, last: date | None) -> Problem | None:
    """The next round has both days, in order, after this one."""
    if first is None or last is None:
        return Problem.NO_NEXT
    if last < first:
        return Problem.ORDER
    return Problem.OVERLAP if first <= row.ends_on else None


def weeks_of(start: date, first: int, last: int | None) -> tuple[date, date | None]:
    """Return the days of the weeks `first` to `last` counted from `start`, whose own week is 0; an open end stays open."""
    begin = start + timedelta(weeks=first)
    return begin, None if last is None else start + timedelta(weeks=last + 1) - timedelta(days=1)


def mix_left(planned: Mapping[Size, int], chosen: Iterable[Size]) -> dict[Size, int]:
    """Return how many units of each size are still to be chosen; too many count as none left."""
    found = list(chosen)
    return {size: max(0, planned.get(size, 0) - found.count(size)) for size in Size}


def parse_measures(
    text: str, words: Mapping[str, Source] | None = None
) -> tuple[list[MeasureSpec], list[tuple[int, Problem]]]:
    """Read measures typed line by line (`name | unit | target | source`); return them, and (line, problem) for what cannot be read.

    A source is named by a word of the reader's language or by its own name.
    """
    known = {source.value: source for source in Source} | dict(words or {})
    found: list[MeasureSpec] = []
    problems: list[tuple[int, Problem]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        spec = _parse_line(line, known)
        if spec is None or len(found) >= MAX_MEASURES:
            problems.append((number, Problem.LINE))
        elif any(spec.name == other.name for other in found):
            problems.append((number, Problem.TWICE))
        else:
            found.append(spec)
    if not found and not problems:
        problems.append((0, Problem.EMPTY))
    return found, problems


def _parse_line(line: str, known: Mapping[str, Source]) -> MeasureSpec | None:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != _CELLS or not cells[0] or len(cells[0]) > MAX_NAME or len(cells[1]) > MAX_UNIT:
        return None
    target = _number(cells[2])
    if target is None or cells[3] not in known:
        return None
    return MeasureSpec(cells[0], cells[1], target, known[cells[3]])


def _number(text: str) -> Decimal | None:
    """Return a target above nothing, with at most two decimals."""
    try:
        number = Decimal(text)
        fits = number.is_finite() and 0 < number < _LARGEST and number == number.quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    return number if fits else None


def write_measures(specs: Iterable[MeasureSpec], words: Mapping[Source, str] | None = None) -> str:
    """Return the measures as they are typed, their sources by `words` where given."""
    said = {source: source.value for source in Source} | dict(words or {})
    return "\n".join(
        f"{spec.name} | {spec.unit} | {spec.target.normalize():f} | {said[spec.source]}" for spec in specs
    )
