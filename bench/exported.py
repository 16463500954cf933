"""P17: `python -m bench.exported FORMAT` writes the file of every unit in a process of its own and says what that took."""

import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: So much more memory may the whole list take than a twentieth of it: nothing that grows with the rows.
MOST_MB = 20


def measure(file_format: str) -> tuple[int, float, float]:
    """Return rows, seconds, and megabytes more at the peak than a file of fewer rows took."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.exported", file_format],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    rows, seconds, grown = json.loads(done.stdout.splitlines()[-1])
    return rows, seconds, grown


def main() -> None:
    import django  # noqa: PLC0415 -- the function above runs in a process that has it

    django.setup()
    from django.http import QueryDict  # noqa: PLC0415 -- after setup

    from accounts.units.tables import UNITS  # noqa: PLC0415 -- after setup
    from kam.lists.exports import write_rows  # noqa: PLC0415 -- after setup
    from kam.lists.state import ListState  # noqa: PLC0415 -- after setup
    from kam.users.models import User  # noqa: PLC0415 -- after setup

    director, file_format = User.objects.get(staff_number="bench-director"), sys.argv[1]
    with tempfile.TemporaryFile() as file:
        write_rows(ListState(UNITS, director, QueryDict("tier=A&status=developing"), ""), file_format, file)
    before = _peak_mb()
    started = time.perf_counter()
    with tempfile.TemporaryFile() as file:
        rows = write_rows(ListState(UNITS, director, QueryDict("view=all"), ""), file_format, file)
    seconds = time.perf_counter() - started
    print(json.dumps([rows, seconds, _peak_mb() - before]))


def _peak_mb() -> float:
    """Return the most memory this program ever held; getrusage would count what its parent held."""
    found = re.search(r"^VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) / 1024


if __name__ == "__main__":
    main()
