"""What is sealed is text, written in one way only, so that a changed byte is a different text (docs/domain/kpi.md)."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kpi.sheets.terms import Evidence

#: The best mark of a test, and what earns which grade: the mean of all shares, from the best down. Less earns 1 (an assumption).
FULL_MARK = 100
GRADES = ((Fraction(9, 10), 5), (Fraction(3, 4), 4), (Fraction(1, 2), 3), (Fraction(1, 4), 2))
_MARK = re.compile(r"\s*([0-9]{1,3}(?:\.[0-9]{1,2})?)\s*(?:分|%|/\s*100)?\s*")

Rows = list[tuple[str, ...]]


def sealed_text(told: Mapping[str, Any]) -> str:
    """Return plain JSON in its one form: keys in order, no blanks, letters as they are."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sealed_rows(told: Mapping[str, Sequence[str]]) -> str:
    """Return the sealed text of lists whose rows are written already, each in the one form."""
    return "{" + ",".join(f"{json.dumps(key)}:[{','.join(told[key])}]" for key in sorted(told)) + "}"


def opened(text: str) -> dict[str, Any]:
    """Return what was sealed."""
    told: dict[str, Any] = json.loads(text)
    return told


def open_lines(result: Mapping[str, Any]) -> list[str]:
    """Return the indicators that keep a sheet from being closed: neither points nor waived."""
    return [row["indicator"] for row in result["lines"] if row["points"] is None and not row["waived"]]


def came_late(whole: str | None, parts: Sequence[str | None]) -> Decimal | None:
    """Return by how much a quarter differs from its months: what was booked into them after they were closed.

    None where a part is not closed yet, so that nothing can be said.
    """
    known = [Decimal(part) for part in parts if part is not None]
    if whole is None or len(known) < len(parts):
        return None
    return Decimal(whole) - sum(known, Decimal(0))


def compared(sealed: Sequence[Sequence[str]], live: Sequence[Sequence[str]]) -> tuple[Rows, Rows]:
    """Return the live rows that were not sealed, and the sealed ones that live no more; twice the same row counts twice."""
    before, now = (Counter(tuple(row) for row in rows) for rows in (sealed, live))
    return sorted((now - before).elements()), sorted((before - now).elements())


def adds_up(rows: Sequence[Sequence[str]], amount: str, count: int) -> bool:
    """Say whether rows are as many as the inputs say, and come to their amount."""
    return Decimal(amount) == sum((Decimal(row[2]) for row in rows), Decimal(0)) and count == len(rows)


def rate_in(result: Mapping[str, Any], key: str) -> Decimal | None:
    """Return the rate of an indicator in a result; None where the sheet has none."""
    rates = [row["rate"] for row in result["lines"] if row["indicator"] == key]
    return Decimal(rates[0]) if rates and rates[0] is not None else None


@dataclass(frozen=True, slots=True)
class Share:
    """A piece of evidence: so much of so much."""

    what: Evidence
    kept: Decimal
    of: Decimal


def grade_of(shares: Iterable[Share]) -> int | None:
    """Return the grade that evidence suggests, by the mean of its shares; None where there is none. More than all is all.

    Articles count beside other evidence only: nobody was asked to read them, so unread ones alone speak against nobody.
    """
    known = [share for share in shares if share.of > 0]
    if all(share.what is Evidence.ARTICLES for share in known):
        return None
    told = [Fraction(min(share.kept, share.of)) / Fraction(share.of) for share in known]
    mean = sum(told, Fraction(0)) / len(told)
    return next((grade for edge, grade in GRADES if mean >= edge), 1)


def mark_in(text: str) -> Decimal | None:
    """Return the mark of a test that a result is (92, 92.5 分, 92 %, 92/100); None for any other words."""
    found = _MARK.fullmatch(text)
    mark = Decimal(found[1]) if found else None
    return mark if mark is not None and mark <= FULL_MARK else None
