"""No junk drawers: a file's name says what is in it (docs/adr/0011-more-file-names.md)."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "info", "data"}


def test_no_file_or_folder_is_a_junk_drawer():
    guilty = [
        str(path.relative_to(ROOT))
        for package in ("kam", "accounts", "visits", "campaigns", "kpi")
        for path in (ROOT / package).rglob("*")
        if (path.suffix == ".py" or path.is_dir()) and path.stem in DRAWERS
    ]
    assert guilty == []
