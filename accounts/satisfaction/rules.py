"""Questionnaires as data, what an answer may be, score and NPS, when an invitation may be answered (S-246, docs/domain/care.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from accounts.satisfaction.terms import CHOSEN, SCALES, InvitationState, QuestionKind

#: From this answer on a customer recommends us, up to that one they warn of us.
PROMOTER, DETRACTOR = 9, 6
MAX_TEXT = 2000
MAX_QUESTIONS, MAX_CHOICES = 40, 12
_COLUMNS = 5


@dataclass(frozen=True, slots=True)
class QuestionSpec:
    """A question in three languages. Each choice is a tuple of its words in the three languages."""

    kind: QuestionKind
    texts: tuple[str, str, str]
    choices: tuple[tuple[str, str, str], ...] = ()
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered to one question: a number, chosen places (from 0), or text."""

    number: int | None = None
    chosen: tuple[int, ...] = ()
    text: str = ""

    @property
    def is_blank(self) -> bool:
        return self.number is None and not self.chosen and not self.text.strip()


@dataclass(frozen=True, slots=True)
class Result:
    """What a set of answers comes to: mean of the scores (two decimals), the recommendation."""

    score: Decimal | None
    recommends: int | None


def parse_questions(text: str) -> tuple[list[QuestionSpec], list[tuple[int, str]]]:
    """Read a questionnaire typed line by line; return its questions, and (line, code) for what cannot be read.

    A line is `kind | English | 简体 | 繁體 | choices`, choices as `a/甲/甲; b/乙/乙`; a `?` after the kind makes it voluntary.
    """
    specs, problems = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        spec, code = _parse_line(line)
        if spec is None:
            problems.append((number, code))
        else:
            specs.append(spec)
    if not problems and not specs:
        problems.append((0, "empty"))
    if len(specs) > MAX_QUESTIONS:
        problems.append((0, "too_many"))
    return specs, problems


def _parse_line(line: str) -> tuple[QuestionSpec | None, str]:
    cells = [cell.strip() for cell in line.split("|")]
    cells += [""] * (_COLUMNS - len(cells))
    kind_word, is_required = cells[0].removesuffix("?").strip(), not cells[0].endswith("?")
    if kind_word not in set(QuestionKind) or len(cells) > _COLUMNS:
        return None, "kind"
    kind = QuestionKind(kind_word)
    if not cells[1]:
        return None, "text"
    choices = tuple(_three(part.split("/")) for part in cells[4].split(";") if part.strip())
    if (kind in CHOSEN) != (2 <= len(choices) <= MAX_CHOICES) or (kind not in CHOSEN and choices):
        return None, "choices"
    return QuestionSpec(kind, _three(cells[1:4]), choices, is_required), ""


def _three(words: Sequence[str]) -> tuple[str, str, str]:
    """Return the words of three languages; a missing one repeats the one before."""
    first, *rest = [word.strip() for word in words]
    second = rest[0] if rest and rest[0] else first
    third = rest[1] if len(rest) > 1 and rest[1] else second
    return first, second, third


def write_questions(specs: Iterable[QuestionSpec]) -> str:
    """Return the text from which `parse_questions` reads the same questions."""
    lines = []
    for spec in specs:
        choices = "; ".join("/".join(choice) for choice in spec.choices)
        cells = [spec.kind + ("" if spec.is_required else "?"), *spec.texts, choices]
        lines.append(" | ".join(cells).rstrip(" |"))
    return "\n".join(lines)


def answer_problem(spec: QuestionSpec, given: Given) -> str | None:
    """Return the code of what is wrong with an answer, None where it is fine."""
    if given.is_blank:
        return "required" if spec.is_required else None
    if spec.kind in SCALES:
        low, high = SCALES[spec.kind]
        return None if given.number is not None and low <= given.number <= high else "scale"
    if spec.kind is QuestionKind.TEXT:
        return None if len(given.text) <= MAX_TEXT else "too_long"
    return _choice_problem(spec, given)


def _choice_problem(spec: QuestionSpec, given: Given) -> str | None:
    known = all(0 <= place < len(spec.choices) for place in given.chosen)
    is_once = len(set(given.chosen)) == len(given.chosen)
    is_single = spec.kind is not QuestionKind.SINGLE or len(given.chosen) == 1
    return None if known and is_once and is_single and given.chosen else "choice"


def mean_of(numbers: Sequence[int]) -> Decimal | None:
    """Return the mean with two decimals, half up; None of nothing."""
    if not numbers:
        return None
    return (Decimal(sum(numbers)) / len(numbers)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def net_promoter_score(numbers: Sequence[int]) -> int | None:
    """Return the share of promoters (9, 10) less that of detractors (0 … 6) in points, half up; None of nothing."""
    if not numbers:
        return None
    balance = sum(number >= PROMOTER for number in numbers) - sum(number <= DETRACTOR for number in numbers)
    return int((Decimal(100 * balance) / len(numbers)).quantize(Decimal(1), ROUND_HALF_UP))


def result_of(answers: Iterable[tuple[QuestionKind, Given]]) -> Result:
    """Return what one person's answers come to; of several recommendations the lowest counts."""
    numbers: dict[QuestionKind, list[int]] = {QuestionKind.SCORE: [], QuestionKind.NPS: []}
    for kind, given in answers:
        if kind in numbers and given.number is not None:
            numbers[kind].append(given.number)
    return Result(mean_of(numbers[QuestionKind.SCORE]), min(numbers[QuestionKind.NPS], default=None))


def is_low(result: Result, limit: Decimal) -> bool:
    """Say whether somebody must call: the mean is at or below the limit, or the customer warns of us."""
    return (result.score is not None and result.score <= limit) or (
        result.recommends is not None and result.recommends <= DETRACTOR
    )


def state_of(now: datetime, *, expires_at: datetime, answered: bool, withdrawn: bool) -> InvitationState:
    """Return where an invitation stands; an answer stays an answer whatever happens later."""
    if answered:
        return InvitationState.ANSWERED
    if withdrawn:
        return InvitationState.WITHDRAWN
    return InvitationState.EXPIRED if now >= expires_at else InvitationState.OPEN
