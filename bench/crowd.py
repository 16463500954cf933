"""What many ask at once, what signing in costs, how much memory two workers hold, what a page weighs."""

import gzip
import re
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

from django.contrib.auth.hashers import check_password
from django.core.cache import cache

from bench.fill import PASSWORD
from bench.measure import TICKS, Visitor, page, tree
from bench.report import Measured
from kam.users.models import User

ROOT = Path(__file__).resolve().parent.parent
CLIENTS, SECONDS, LOGINS, HASHES = 16, 6.0, 10, 10
HELLO_PORT = 20998
_LINKED = re.compile(r'(?:src|href)="(/static/[^"?#]+\.(?:css|js|woff2|svg|png|ico))')


def crowd(visitor: Visitor, path: str) -> Measured:
    """Ask one page by one client, then by sixteen at once: as many a second or more, and nobody refused."""
    alone, _slow = _rate([visitor], path)
    many, slow = _rate([visitor.another() for _n in range(CLIENTS)], path)
    return Measured(
        f"R1 list, {CLIENTS} clients at once",
        "as many a second as one client, all answered",
        many >= alone,
        f"{many:.0f} requests a second, one client {alone:.0f}; p95 {slow:.0f} ms",
        None,
    )


def _rate(visitors: list[Visitor], path: str) -> tuple[float, float]:
    """Return requests a second and p95 of all; AssertionError where one was not answered well."""
    walls: list[float] = []
    failed: list[str] = []
    until = time.perf_counter() + SECONDS

    def ask(visitor: Visitor) -> None:
        send = page(visitor, path, "<main")
        while time.perf_counter() < until and not failed:
            started = time.perf_counter()
            try:
                send()
            except (AssertionError, OSError) as error:
                failed.append(str(error))
            walls.append((time.perf_counter() - started) * 1000)

    started = time.perf_counter()
    threads = [threading.Thread(target=ask, args=[visitor]) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed[0]
    return len(walls) / (time.perf_counter() - started), sorted(walls)[int(len(walls) * 0.95)]


def _ticks(pids: list[int]) -> float:
    """Return CPU seconds of processes with the threads that are gone: a password's hash makes and ends its own."""
    spent = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        spent += int(fields[11]) + int(fields[12])
    return spent / TICKS


def login(url: str, web_pid: int) -> Measured:
    """Sign in beside checking the same password alone; the form is taken off, the hash is never made cheaper."""
    user = User.objects.get(staff_number="bench-rep0-0")
    bare = []
    for _n in range(HASHES):
        started = time.process_time()
        assert check_password(PASSWORD, user.password)
        bare.append((time.process_time() - started) * 1000)
    pids = tree(web_pid)
    visitors = [Visitor(url) for _n in range(LOGINS)]
    for visitor in visitors:
        visitor.request("GET", "/login/")
    before = _ticks(pids)
    for visitor in visitors:
        cache.clear()  # tries of one address are counted there
        status, _text = visitor.request("POST", "/login/", {"login": user.staff_number, "password": PASSWORD})
        assert status == 302, f"the login answered {status}"
    ours = (_ticks(pids) - before) * 1000 / LOGINS
    alone = statistics.median(bare)
    return Measured(
        "P10 login",
        "≤ 1.1 × the bare hash",
        ours / alone <= 1.1,
        f"{ours / alone:.2f} × ({alone:.0f} ms)",
        None,
    )


def memory(web_pid: int) -> Measured:
    """Compare what two warm workers and their parent hold with the same of a project that says hello."""
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "bench.hello:application", "--bind", f"127.0.0.1:{HELLO_PORT}", "--workers", "2",
         "--threads", "1", "--worker-class", "gthread", "--no-control-socket", "--log-level", "warning"],
        cwd=ROOT,
    )  # fmt: skip
    try:
        time.sleep(3)
        visitor = Visitor(f"http://127.0.0.1:{HELLO_PORT}")
        for _n in range(50):
            status, text = visitor.request("GET", "/")
            visitor.connection.close()  # the next one may meet the other worker
            assert (status, text) == (200, "hello 1"), (status, text[:200])
        bare = _held_mb(server.pid)
    finally:
        server.terminate()
        server.wait(20)
    ours = _held_mb(web_pid)
    figure = f"{ours / bare:.2f} × ({ours:.0f} MB, hello {bare:.0f} MB)"
    return Measured(
        "P15 memory of two web workers", "≤ 2.5 × the hello project's", ours / bare <= 2.5, figure, None
    )


def _held_mb(root: int) -> float:
    """Return the memory of a process tree, shared pages divided among those who share them."""
    total = 0
    for pid in tree(root):
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
        total += int(found[1]) if found else 0
    return total / 1024


def weights(visitor: Visitor, paths: tuple[str, ...]) -> Measured:
    """Weigh the heaviest of these pages as a proxy sends it: compressed, with its files at the first visit and alone later."""
    worst = max((_weight(visitor, path) for path in paths), key=lambda found: found[1])
    first, later, path = worst
    return Measured(
        f"P20 weight of the heaviest page ({path})",
        "≤ 250 kB first, ≤ 30 kB later, compressed",
        first <= 250 and later <= 30,
        f"{first:.0f} kB first, {later:.0f} kB later",
        None,
    )


def _weight(visitor: Visitor, path: str) -> tuple[float, float, str]:
    text = page(visitor, path, "<main")()
    html = len(gzip.compress(text.encode()))
    files = {name: _file_weight(visitor, name) for name in set(_LINKED.findall(text))}
    return (html + sum(files.values())) / 1024, html / 1024, path


def _file_weight(visitor: Visitor, path: str) -> int:
    visitor.connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = visitor.connection.getresponse()
    body = answer.read()
    assert answer.status == 200, f"{path} answered {answer.status}"
    packed = answer.headers.get("Content-Encoding") or path.endswith((".woff2", ".png"))
    return len(body) if packed else len(gzip.compress(body))
