"""The whole suite: quick parts in parallel, then what needs the machine for itself (faults, browser), then coverage of rules.

The rooms' own tests are watched for coverage; the walks over every address are not, for watching would double their time and
a rule that only they run would have no test of its own. Migrations run once: each process works on a copy of that database.

Ends with pytest's summary line of all parts together.
"""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
#: Walks over everything that the project answers: many addresses × everybody.
WALKS = (
    "tests/test_permission_matrix.py",
    "tests/test_pages_speak.py",
    "tests/test_race_controls.py",
    "tests/kam/test_hostile_input.py",
    "tests/architecture",
)
TEMPLATE = f"kam_template_{os.getpid()}"
PARTS = (
    (
        "rooms",
        ["-n", "2", "--dist", "loadfile", "-m", "not e2e and not faults", "--cov", "--cov-report="]
        + [f"--ignore={path}" for path in WALKS],
    ),
    ("walks", ["-n", "2", "--dist", "worksteal", "-m", "not e2e and not faults", *WALKS]),
    ("faults", ["-n", "0", "-m", "faults and not e2e"]),
    ("e2e", ["-n", "0", "-m", "e2e"]),
)


def main() -> int:
    environment = os.environ | {"KAM_TESTING": "1", "PYTHONPYCACHEPREFIX": str(VAR / "pycache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    VAR.mkdir(exist_ok=True)
    failed = [
        check
        for check in ("tools/lint.py",)
        if subprocess.run([sys.executable, check], cwd=ROOT, check=False).returncode
    ]
    subprocess.run([sys.executable, "-m", "tests.template", TEMPLATE], cwd=ROOT, env=environment, check=True)
    environment["KAM_TEST_TEMPLATE"] = TEMPLATE
    totals = {"passed": 0, "failed": 0}
    for name, arguments in PARTS:
        report = VAR / f"junit-{name}.xml"
        code = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *arguments, *sys.argv[1:]],
            cwd=ROOT,
            env=environment,
            check=False,
        ).returncode
        if code not in {0, 5}:
            failed.append(name)
        _add(totals, report)
    if not _rules_are_covered():
        failed.append("coverage of rules and permissions")
    if failed:
        print("failed:", ", ".join(failed))
    print(
        f"{totals['passed']} passed, {totals['failed'] + (1 if failed and not totals['failed'] else 0)} failed"
    )
    return 1 if failed else 0


def _add(totals: dict[str, int], report: Path) -> None:
    if not report.exists():
        return
    for suite in ET.parse(report).getroot().iter("testsuite"):
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        totals["failed"] += bad
        totals["passed"] += int(suite.get("tests", 0)) - bad - int(suite.get("skipped", 0))


def _rules_are_covered() -> bool:
    """Print what of rules and permissions no test runs; anything at all fails the suite."""
    include = "*/rules.py,*/rules/*.py,*/permissions.py"
    command = [
        sys.executable,
        "-m",
        "coverage",
        "report",
        f"--include={include}",
        "--fail-under=100",
        "--show-missing",
        "--skip-covered",
    ]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
