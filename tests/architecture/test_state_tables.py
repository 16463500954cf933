"""What holds for the table of states of anything that is approved, whatever it is."""

from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASKED, TAKEN_BACK = ("pending", "asked", "submitted"), ("withdrawn", "cancelled", "void")


def tables():
    for room in ("kam", "accounts", "visits", "campaigns", "kpi"):
        for file in sorted((ROOT / room).rglob("terms.py")):
            name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            for title, table in vars(import_module(name)).items():
                if (
                    isinstance(table, dict)
                    and table
                    and all(isinstance(to, frozenset) for to in table.values())
                ):
                    yield pytest.param(
                        {state.value: {one.value for one in to} for state, to in table.items()},
                        id=f"{name}.{title}",
                    )


@pytest.mark.parametrize("table", list(tables()))
def test_what_was_returned_can_be_taken_back_like_what_waits(table):
    for waits in set(ASKED) & set(table):
        ends = table[waits] & set(TAKEN_BACK)
        returned = {state for state in table[waits] if waits in table.get(state, ())}
        assert [state for state in sorted(returned) if ends and not ends & table[state]] == []


def test_the_tables_of_what_is_asked_for_are_found():
    """Positive control: a table that nobody finds would be kept to nothing."""
    asked = {table.id for table in tables() if set(ASKED) & set(table.values[0])}
    assert "kam.approvals.rule_changes.terms.CHANGE_TRANSITIONS" in asked
    assert len(asked) >= 30
