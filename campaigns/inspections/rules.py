"""The checklist as data, the score of an inspection, and what a finding must say (S-252, docs/domain/outlets.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from campaigns.inspections.terms import Grade, Problem, Verdict

#: From this score on an outlet stands well, from that one fairly.
GOOD_FROM, FAIR_FROM = Decimal(90), Decimal(70)
MAX_ROWS, MAX_TEXT, MAX_POINTS = 60, 200, 100
_LANGUAGES = 3
_HEADING = "#"
Words = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A row of the checklist in three languages, below a heading, with the points it is worth."""

    section: Words
    texts: Words
    points: int


def parse_checklist(text: str) -> tuple[list[RowSpec], list[tuple[int, Problem]]]:
    """Read a checklist typed line by line; return its rows, and (line, problem) for what cannot be read.

    A line is `points | English | 简体 | 繁體`; `# English | 简体 | 繁體` begins a section.
    """
    rows: list[RowSpec] = []
    problems: list[tuple[int, Problem]] = []
    section: Words = ("", "", "")
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        points, words, problem = _parse_line(line)
        if problem is not None:
            problems.append((number, problem))
        elif points is None:
            section = words
        else:
            rows.append(RowSpec(section, words, points))
    if not problems and not rows:
        problems.append((0, Problem.EMPTY))
    if len(rows) > MAX_ROWS:
        problems.append((0, Problem.TOO_MANY))
    return rows, problems


def _parse_line(line: str) -> tuple[int | None, Words, Problem | None]:
    points: int | None = None
    if line.lstrip().startswith(_HEADING):
        cells = line.lstrip().removeprefix(_HEADING).split("|")
    else:
        head, *cells = line.split("|")
        head = head.strip()
        if not (head.isascii() and head.isdecimal() and 1 <= int(head) <= MAX_POINTS):
            return None, ("", "", ""), Problem.POINTS
        points = int(head)
    words = _three([cell.strip() for cell in cells])
    return (points, words, None) if words is not None else (None, ("", "", ""), Problem.TEXT)


def _three(cells: Sequence[str]) -> Words | None:
    """Return the words in three languages; one left out is said as the one before it."""
    if not 1 <= len(cells) <= _LANGUAGES or not cells[0] or max(map(len, cells)) > MAX_TEXT:
        return None
    second = cells[1] if len(cells) > 1 and cells[1] else cells[0]
    third = cells[2] if len(cells) == _LANGUAGES and cells[2] else second
    return cells[0], second, third


def write_checklist(rows: Iterable[RowSpec]) -> str:
    """Return the checklist as it is typed."""
    lines: list[str] = []
    section: Words = ("", "", "")
    for row in rows:
        if row.section != section:
            lines.append(f"{_HEADING} {' | '.join(row.section)}")
            section = row.section
        lines.append(f"{row.points} | {' | '.join(row.texts)}")
    return "\n".join(lines)


def score_of(seen: Iterable[tuple[int, Verdict]]) -> Decimal | None:
    """Return the points of the rows in order as a share of those that apply, in per cent, half up to 0.1; None where none applies."""
    counted = [(points, verdict) for points, verdict in seen if verdict is not Verdict.NOT_APPLICABLE]
    whole = sum(points for points, _verdict in counted)
    if not whole:
        return None
    reached = sum(points for points, verdict in counted if verdict is Verdict.OK)
    return (Decimal(reached * 100) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def mean_of(scores: Sequence[Decimal]) -> Decimal | None:
    """Return the mean of scores, half up to 0.1."""
    if not scores:
        return None
    return (sum(scores, Decimal(0)) / len(scores)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def grade_of(score: Decimal) -> Grade:
    """Say how a score reads; the limits themselves belong to the better grade."""
    if score >= GOOD_FROM:
        return Grade.GOOD
    return Grade.FAIR if score >= FAIR_FROM else Grade.POOR


def finding_problem(verdict: Verdict, text: str, due_on: date, on: date) -> Problem | None:
    """What is not in order says what it is and until when; the day of the inspection itself may be the last one."""
    if verdict is not Verdict.FAILED:
        return None
    if not text.strip():
        return Problem.UNSAID
    return Problem.EARLY if due_on < on else None
