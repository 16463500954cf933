"""Pictures of the main pages at 390 and 1440 px, light and dark, into var/shots/; says what was wrong with each.

`make shots` starts KAM with the demo department for it. `python tools/shots.py --url http://localhost:8000` looks at one that runs.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.e2e.browsing import CHROMIUM  # noqa: E402 -- found by the line above
from tests.e2e.stops import known_stops  # noqa: E402 -- found by the line above
from tests.e2e.walk import walk  # noqa: E402 -- found by the line above

FOLDER = ROOT / "var" / "shots"
PASSWORD = "kam-demo"  # noqa: S105 -- the public password of the demo department
READY_SECONDS = 300


def start_kam(port: int) -> subprocess.Popen[bytes]:
    """Start everything with the demo department and wait until it answers."""
    environment = os.environ | {"PORT": str(port), "KAM_DEMO": "department", "KAM_LAPTOP": "1"}
    process = subprocess.Popen([sys.executable, "manage.py", "up"], cwd=ROOT, env=environment)
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/readyz", timeout=5):
                return process
        except OSError:
            time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    raise SystemExit("KAM did not start.")


def main() -> int:
    """Take the pictures; exit 1 when a page was found wanting."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="address of a running KAM")
    parser.add_argument("--who", help="only the pages of this person")
    parser.add_argument("--page", help="only pages whose name contains this")
    parser.add_argument("--no-axe", action="store_true")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kam.settings")
    port = 24000 + os.getpid() % 5000
    process = None if arguments.url else start_kam(port)
    try:
        findings = take(arguments.url or f"http://localhost:{port}", arguments)
    finally:
        if process is not None:
            process.send_signal(signal.SIGINT)
            process.wait(60)
    for finding in findings:
        print(finding)
    print(
        f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER.relative_to(ROOT)}, {len(findings)} findings"
    )
    return 1 if findings else 0


def take(url: str, arguments: argparse.Namespace) -> list[str]:
    """Walk the pages that were asked for."""
    os.environ.setdefault("KAM_LAPTOP", "1")
    django.setup()
    stops = {
        who: [stop for stop in pages if not arguments.page or arguments.page in stop.title]
        for who, pages in known_stops().items()
        if not arguments.who or who == arguments.who
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)  # type: ignore[arg-type]  # a plain dictionary of its arguments
        return walk(browser, url, stops, password=PASSWORD, folder=FOLDER, with_axe=not arguments.no_axe)


if __name__ == "__main__":
    sys.exit(main())
