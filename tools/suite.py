"""The whole suite: everything quick in one run, the browser beside it, what kills processes alone, then coverage of rules.

Watched for coverage are the tests that show rules and permissions (tests/conftest.py, `shows_rules`): watching costs a tenth of
their time, and a rule that only some page runs would have no test of its own. Migrations run once: each process works on a copy of that
database.

Ends with pytest's summary line of all parts together.
"""

import json
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
TEMPLATE = f"{os.environ.get('KAM_TEST_DB', 'test_kam')}_template"
QUICK = "not e2e and not faults"
BOTH = ["-n", "2", "--reuse-db", "--create-db"]
#: One run, so that every process reads the tests once; whoever is done takes over half of what the other has left.
MAIN = ("quick", [*BOTH, "--dist", "worksteal", "-m", QUICK, "--cov", "--cov-report="])
#: The browser waits more than it works, so its walks go beside; what kills processes has the machine for itself.
BESIDE = ("e2e", ["-n", "0", "-m", "e2e", "tests/e2e"])
ALONE = ("faults", ["-n", "0", "-m", "faults", "tests/kam/today"])
#: Three times what the slowest part takes on two slow cores: who needs longer waits for something that does not come.
MINUTES = 45
WATCHED, COVERED = "*/rules.py,*/rules/*.py,*/permissions.py", 100


def main() -> int:
    environment = os.environ | {"KAM_TESTING": "1", "PYTHONPYCACHEPREFIX": str(VAR / "pycache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    VAR.mkdir(exist_ok=True)
    failed = []
    walked, linted = VAR / "e2e.log", VAR / "lint.log"
    with walked.open("wb") as log, linted.open("wb") as lint_log:
        lint = _run(["tools/lint.py"], environment, lint_log)
        if _run(["-m", "tests.template", TEMPLATE], environment).wait():
            raise SystemExit("the database that all others are copied from could not be made")
        environment["KAM_TEST_TEMPLATE"] = TEMPLATE
        beside = _start(BESIDE, environment | _of_its_own(environment), log)
        quick = _start(MAIN, environment)
        together = ((MAIN[0], quick), ("tools/lint.py", lint), (BESIDE[0], beside))
        end = _in_time()
        failed += [name for name, process in together if _ended(name, process, end) not in {0, 5}]
    print(linted.read_text(errors="replace"), walked.read_text(errors="replace"), flush=True)
    if _ended(ALONE[0], _start(ALONE, environment), _in_time()) not in {0, 5}:
        failed.append(ALONE[0])
    if (rooms := _rooms_not_shown()) and not _shown_by_their_pages(rooms, environment):
        failed.append("coverage of rules and permissions")
    passed, bad = _totals()
    if failed:
        print("failed:", ", ".join(failed))
    print(f"{passed} passed, {bad + (1 if failed and not bad else 0)} failed")
    return 1 if failed else 0


def _in_time() -> float:
    return time.monotonic() + MINUTES * 60


def _ended(name: str, process: subprocess.Popen[bytes], end: float) -> int:
    """Return how a part ended; past the end it is made to say where it stands, and is ended."""
    try:
        return process.wait(max(end - time.monotonic(), 1))
    except subprocess.TimeoutExpired:
        print(f"{name}: not done after {MINUTES} minutes", flush=True)
        process.send_signal(signal.SIGABRT)  # pytest prints where each thread is
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        return process.wait()


def _of_its_own(environment: dict[str, str]) -> dict[str, str]:
    """Return the names of a test database and a Redis that the parts beside do not use."""
    broker = urlsplit(environment.get("REDIS_URL", "redis://127.0.0.1:6379/0"))
    other = "/5" if broker.path != "/5" else "/6"
    return {"KAM_TEST_DB": f"{TEMPLATE}_e2e", "REDIS_URL": broker._replace(path=other).geturl()}


def _start(
    part: tuple[str, list[str]], environment: dict[str, str], log: BinaryIO | None = None
) -> subprocess.Popen[bytes]:
    name, arguments = part
    (VAR / f"junit-{name}.xml").unlink(missing_ok=True)
    told = ["-m", "pytest", "-q", f"--junitxml={VAR}/junit-{name}.xml", *arguments, *sys.argv[1:]]
    return _run(told, environment, log)


def _run(
    arguments: list[str], environment: dict[str, str], log: BinaryIO | None = None
) -> subprocess.Popen[bytes]:
    command = [sys.executable, *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)


def _totals() -> tuple[int, int]:
    """Return how many tests of all parts passed, and how many did not."""
    passed = bad = 0
    for name, _arguments in (MAIN, BESIDE, ALONE):
        report = VAR / f"junit-{name}.xml"
        suites = ET.parse(report).getroot().iter("testsuite") if report.exists() else ()
        for suite in suites:
            wrong = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            bad += wrong
            passed += int(suite.get("tests", 0)) - wrong - int(suite.get("skipped", 0))
    return passed, bad


def _rules_are_covered() -> bool:
    """Print what of rules and permissions no watched test runs; anything at all fails the suite."""
    command = [
        sys.executable,
        "-m",
        "coverage",
        "report",
        f"--include={WATCHED}",
        f"--fail-under={COVERED}",
        "--show-missing",
        "--skip-covered",
    ]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def _rooms_not_shown() -> list[str]:
    """Return the folders of tests of the rooms whose rules or permissions the watched tests do not run altogether."""
    if _rules_are_covered():
        return []
    told = VAR / "rules.json"
    command = [sys.executable, "-m", "coverage", "json", "-q", f"--include={WATCHED}", "-o", str(told)]
    subprocess.run(command, cwd=ROOT, check=False)
    files = json.loads(told.read_text())["files"] if told.exists() else {}
    missing = (Path(name) for name, found in files.items() if found["summary"]["percent_covered"] < COVERED)
    rooms = {file.parent.parent if file.parent.name == "rules" else file.parent for file in missing}
    return sorted(str(Path("tests") / room) for room in rooms) or ["tests"]


def _shown_by_their_pages(rooms: list[str], environment: dict[str, str]) -> bool:
    """Watch those rooms' pages too. It costs their tests again: a module marked with pytest.mark.rules is watched at once."""
    print("watched again, page by page:", ", ".join(rooms), flush=True)
    asked = ["-n", "2", "--dist", "loadfile", "-m", "not rules and not e2e and not faults"]
    watched = ["--cov", "--cov-append", "--cov-report=", *(room for room in rooms if (ROOT / room).is_dir())]
    again = ("again", [*asked, *watched])
    process = _start(again, environment | {"KAM_WATCH_PAGES": "1"})
    return _ended(again[0], process, _in_time()) in {0, 5} and _rules_are_covered()


if __name__ == "__main__":
    sys.exit(main())
