"""`make bench`: generate a company, measure its pages, print one table with goals and what was reached.

`python -m bench [--units 100000] [--keep]`: with --keep the rows of the last run are used again. A run of 1,000 units before gives the
column that compares sizes, a company of a tenth beside the large one says how KPI grows; the full size goes into docs/bench.md too.
`make bench` does all of it.
"""

import argparse
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = 20999
#: So few units are not compared with a tenth of them.
SMALL = 1_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--contacts", type=int, default=1_000_000)
    parser.add_argument("--visits", type=int, help="as many as contacts where it is not said")
    parser.add_argument("--database", default="kam_bench")
    parser.add_argument("--keep", action="store_true", help="use the rows of the last run")
    parser.add_argument("--no-docs", action="store_true", help="leave docs/bench.md alone")
    options = parser.parse_args()
    options.load = os.getloadavg()[0]
    options.visits = options.contacts if options.visits is None else options.visits
    os.environ |= {
        "KAM_LAPTOP": "1",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "SECRET_KEY": "only-for-measuring-0123456789-0123456789-0123456789",
    }
    os.environ["ALLOWED_HOSTS"] = "localhost,127.0.0.1"
    from bench.database import prepare  # noqa: PLC0415 -- settings are chosen above

    (ROOT / "var" / "static").mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    volume = (options.units, options.contacts, options.people, options.visits)
    app_url, options.tenth = prepare(options.database, keep=options.keep, volume=volume), ""
    if options.units > SMALL:
        tenth = tuple(max(10, number // 10) for number in volume)
        options.tenth = prepare(f"{options.database}_tenth", keep=options.keep, volume=tenth)
    options.seconds = time.perf_counter() - started
    os.environ["DATABASE_URL"] = app_url
    from bench.run import run  # noqa: PLC0415 -- settings are chosen above

    web = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "kam.wsgi:application", "--bind", f"127.0.0.1:{PORT}", "--workers", "2", "--threads", "1", "--preload",
         "--worker-class", "gthread", "--no-control-socket", "--log-level", "warning"],
        cwd=ROOT,
    )  # fmt: skip
    try:
        _wait_for(web)
        table = run(options, web.pid, f"http://127.0.0.1:{PORT}")
    finally:
        web.terminate()
        web.wait(30)
    print(table)
    return 0


def _wait_for(web: subprocess.Popen[bytes]) -> None:
    """Return once the server takes connections: loading the application takes long on a busy machine."""
    for _second in range(120):
        assert web.poll() is None, "the server ended before it answered"
        time.sleep(1)
        try:
            socket.create_connection(("127.0.0.1", PORT), timeout=1).close()
        except OSError:
            continue
        time.sleep(2)  # each worker is there too
        return


if __name__ == "__main__":
    sys.exit(main())
