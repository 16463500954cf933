"""Each import contract is kept, and fails when somebody breaks it: planted imports in a copy of the tree are all named."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("kam", "accounts", "visits", "campaigns", "kpi")
#: contract → (file, import that breaks it)
PLANTED = {
    "Floors: kpi, campaigns, visits, accounts, kam": ("kam/core/money.py", "import accounts.units.terms"),
    "Rooms of the ground floor": ("kam/users/terms.py", "import kam.approvals.terms"),
    "Rooms of accounts, left on the ground": ("accounts/units/terms.py", "import accounts.red_flags.terms"),
    "Rooms of visits, left on the ground": ("visits/bookings/terms.py", "import visits.quotas.terms"),
    "Rules know no framework": ("kam/core/periods.py", "import django.http"),
}


def contracts(folder: Path) -> dict[str, str]:
    """Return contract → KEPT or BROKEN."""
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b", done.stdout, re.MULTILINE))


def test_each_contract_fails_on_a_planted_violation(tmp_path):
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "migrations")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for file, line in PLANTED.values():
        path = tmp_path / file
        path.write_text(f"{path.read_text()}\n\n{line}\n")
    found = contracts(tmp_path)
    assert {name: found.get(name) for name in PLANTED} == dict.fromkeys(PLANTED, "BROKEN")
