"""Sections, duties and figures for tests, without any app above."""

import pytest

from kam.today import registry
from kam.today.registry import Duty, Figure, Section
from kam.today.terms import Exit

EVERYWHERE = (Exit.TODAY, Exit.PLAN, Exit.FOLLOWUP)


@pytest.fixture
def empty_registry(monkeypatch):
    """Forget every registered section, duty and figure for one test."""
    for name in ("_sections", "_duties", "_figures"):
        monkeypatch.setattr(registry, name, {})


def visits(collect, **fields):
    """Return a section that shows a number of visits."""
    values = {
        "key": "visits",
        "label": "Visits",
        "order": 10,
        "slots": EVERYWHERE,
        "collect": collect,
        "template": "today/sections/standing_in_digest.html",
        "text": lambda data: f"- {', '.join(str(row) for row in data)}",
        "summary": lambda data: f"{len(data)} visits",
    }
    return Section(**(values | fields))


def duty(kept, **fields):
    """Return a duty to write the follow-up form."""
    values = {
        "key": "followup",
        "label": "Follow-up form",
        "order": 10,
        "kept": kept,
        "url": lambda day: f"/followups/{day}/",
        "missing": "Follow-up form missing",
        "slots": EVERYWHERE,
    }
    return Duty(**(values | fields))


def figure(count, **fields):
    """Return a figure of calls."""
    return Figure(**({"key": "calls", "label": "Calls", "order": 10, "count": count} | fields))
