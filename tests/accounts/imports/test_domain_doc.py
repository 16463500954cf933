"""The worked examples of docs/domain/import.md are true."""

import re

from django.conf import settings

from accounts.imports.rules.checks import People, check_row
from accounts.imports.rules.fates import Known, Seen, decide, name_key_of
from accounts.imports.terms import Column
from kam.search.rules import normalise_name

TEXT = (settings.BASE_DIR / "docs/domain/import.md").read_text(encoding="utf-8")
CODE = "91417776R63F0WTCDL"


def table(title):
    part = re.split(rf"^## {title}$", TEXT, flags=re.MULTILINE)[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_names_that_are_the_same():
    rows = table("When two names are the same")
    assert len(rows) == 5
    for one, other, same in rows:
        assert (normalise_name(one) == normalise_name(other)) is (same == "yes"), (one, other)


def test_a_file_row_by_row():
    seen, rows = Seen(), table("A file, row by row")
    assert len(rows) == 7
    for number, name, code, tier, becomes, of in rows:
        cells = {
            Column.NAME: name,
            Column.CREDIT_CODE: code.replace("A", CODE),
            Column.TIER: tier,
            Column.CHANNEL: "商会",
        }
        row = check_row(int(number), cells, People())
        row.name_key = name_key_of(row, cells)
        decision = decide(row, seen=seen, known=Known())
        assert (decision.fate, decision.of) == (becomes, of), number
