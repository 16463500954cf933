"""What is sealed is text, written in one way only, so that a changed byte is a different text (docs/domain/kpi.md)."""

import json
from collections.abc import Mapping
from typing import Any


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
