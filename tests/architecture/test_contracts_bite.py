"""Each import contract is kept, and fails when somebody breaks it: planted imports in a copy of the tree are all named."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("kam", "accounts", "visits", "campaigns", "kpi")
#: contract → (file, import that breaks it)
PLANTED = {
    "Floors: kpi, campaigns, visits, accounts, kam": ("kam/core/money.py", "import accounts.units.terms"),
    "Rooms of the ground floor": ("kam/users/terms.py", "import kam.approvals.terms"),
    "Rooms of accounts, left on the ground": ("accounts/units/terms.py", "import accounts.red_flags.terms"),
    "Rooms of visits, left on the ground": ("visits/bookings/terms.py", "import visits.quotas.terms"),
    "Rooms of campaigns, left on the ground": (
        "campaigns/campaigns/terms.py",
        "import campaigns.discounts.terms",
    ),
    "Layers within a room": ("visits/quotas/selectors.py", "import visits.quotas.views"),
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


def test_every_room_is_named_in_the_layers():
    """A new room that nobody lists would have no layers at all."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        told = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    listed = next(c["containers"] for c in told if c["name"] == "Layers within a room")
    rooms = {
        f"{package}.{folder.parent.name}"
        for package in PACKAGES
        for folder in (ROOT / package).glob("*/__init__.py")
        if folder.parent.name not in {"migrations", "management", "core", "templatetags"}
    }
    assert sorted(listed) == sorted(rooms)
