"""docs/coverage.md speaks of pages and tests that exist."""

import re
from pathlib import Path

from django.urls import NoReverseMatch, Resolver404, resolve

ROOT = Path(__file__).resolve().parents[2]
TABLE = (ROOT / "docs" / "coverage.md").read_text()
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in TABLE.splitlines()
    if re.match(r"\| F\d\d ", line)
]


def test_all_rows_are_there_once():
    assert [row[0] for row in ROWS] == [f"F{n:02d}" for n in range(1, 39)]


def test_every_page_it_names_exists():
    missing = []
    for row in ROWS:
        for page in re.findall(r"`(/[^`]*)`", row[2]):
            try:
                resolve(re.sub(r"<[^>]+>", "1", page))
            except (Resolver404, NoReverseMatch):
                missing.append((row[0], page))
    assert missing == []


def test_every_test_it_names_exists():
    missing = []
    for row in ROWS:
        for path, name in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", row[3]):
            file = ROOT / path
            if not file.exists() or (name and f"def {name}(" not in file.read_text()):
                missing.append((row[0], path, name))
    assert missing == []


def test_a_row_that_works_names_a_page_and_a_test():
    assert [
        row[0]
        for row in ROWS
        if row[4].startswith("works") and ("`/" not in row[2] or "`tests/" not in row[3])
    ] == []
