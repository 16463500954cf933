"""Every table that a kept measure reads tells what touches it: a measure that asks one table more fails here until the table does."""

import re
from importlib import import_module

import pytest
from django.db import connection

from kpi.measures.selectors import facts_sql
from kpi.rollup.terms import KEPT

pytestmark = pytest.mark.django_db
TABLES = import_module("kpi.migrations.0010_rollup_triggers").TABLES
#: Read for words only, or by keys that never move; of units the day of their merge is asked too, which a trigger of its own tells.
FOR_WORDS = {"accounts_keyaccount", "campaigns_budget", "campaigns_budgetline"}


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
