"""What is sealed is text, written in one way only, so that a changed byte is a different text (docs/domain/kpi.md)."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

Rows = list[tuple[str, ...]]


def sealed_text(told: Mapping[str, Any]) -> str:
    """Return plain JSON in its one form: keys in order, no blanks, letters as they are."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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
