"""Every table that a kept measure reads tells what touches it: a measure that asks one table more fails here until the table does."""

import re
from hashlib import sha256
from importlib import import_module

import pytest
from django.db import connection

from kpi.measures.selectors import facts_sql
from kpi.rollup.terms import KEPT

pytestmark = pytest.mark.django_db
TABLES = import_module("kpi.migrations.0010_rollup_triggers").TABLES
#: Read for words only, or by keys that never move; of units the day of their merge is asked too, which a trigger of its own tells.
FOR_WORDS = {"accounts_keyaccount", "campaigns_budget", "campaigns_budgetline"}

#: Statements as they were when their sums were last forgotten.
STATEMENTS = {
    "sales.actual": "858ce31fe180",
    "sales.deals": "de478cc71bd1",
    "contracts.received": "064389aaaffc",
    "units.developed": "333413c6a937",
    "units.lost": "b6105e4b8a6c",
    "visits.held": "d9afa6e29a04",
    "calls.made": "f455173425ea",
    "complaints.valid": "4558e91ed208",
    "expenses.spent": "f6ac257cd27a",
}


@pytest.mark.parametrize("key", KEPT)
def test_a_statement_that_changes_has_its_sums_forgotten(key):
    """Kept sums know nothing of a new statement: `delete from kpi_kept where measure = …` in a migration, then the new word here."""
    assert sha256(" ".join(facts_sql(key).split()).encode()).hexdigest()[:12] == STATEMENTS[key]


@pytest.mark.parametrize("key", KEPT)
def test_every_table_of_a_kept_measure_tells_what_touches_it(key):
    read = set(re.findall(r"\b(?:from|join)\s+([a-z]+_[a-z]+)\b", facts_sql(key)))
    assert read - set(TABLES) <= FOR_WORDS
    assert read & set(TABLES)


def test_the_triggers_are_there():
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgrelid::regclass::text, tgname from pg_trigger where tgname like 'kpi\\_touched%' and tgenabled = 'O'"
        )
        found = set(cursor.fetchall())
    acts = {f"kpi_touched_{act}" for act in ("insert", "delete", "update")}
    assert found == {(table, act) for table in TABLES for act in acts} | {
        ("accounts_keyaccount", "kpi_touched")
    }
