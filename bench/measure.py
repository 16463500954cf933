"""What one request costs: CPU of the application's and PostgreSQL's processes, statements, SQL time, wall time.

Machines are shared and noisy, so figures are compared with A, the cost of the hello page. Whatever is compared is asked in turn, in short
blocks, and the median block counts: a busy neighbour or a collection of garbage meets all of them alike, or falls into a block that is left out.
"""

import http.client
import os
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg2

from kam.core.addresses import database_config

TICKS = os.sysconf("SC_CLK_TCK")
WARM_UP, BLOCKS, IN_A_BLOCK = 8, 9, 4
#: A request of three milliseconds needs more of them to be known as well as a page.
BLOCKS_OF_A = 25
#: After its answer a process still closes its connection and its request: so long is waited before its clock is read.
_AFTERWARDS = 0.004
#: What is no question to the data: transaction control, the driver's settings and its "are you there?".
_CONTROL = r"^\s*(begin|commit|rollback|savepoint|release|set |show |select \$1$|select 1$)"


def tree(root: int) -> list[int]:
    """Return a process and everything below it."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(folder.name))
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += parents.get(pid, [])
    return found


def is_upkeep(pid: int) -> bool:
    """Say whether a process is PostgreSQL cleaning up after the rows that were loaded, not answering anybody."""
    try:
        return b"autovacuum" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def busy_seconds() -> tuple[float, float]:
    """Return how long all processors of the machine were busy so far, and how long they were there."""
    fields = [int(text) for text in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    idle = fields[3] + fields[4]
    return (sum(fields) - idle) / TICKS, sum(fields) / TICKS


def cpu_seconds(pids: list[int]) -> float:
    """Return user and system time of the processes, from the scheduler's own nanosecond count."""
    total = 0.0
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            try:
                total += int(task.read_text().split()[0]) / 1e9
            except (OSError, IndexError):
                continue
    return total


class Statements:
    """Counts what the application's role executed, by pg_stat_statements."""

    def __init__(self, owner_url: str, database: str) -> None:
        config = database_config(owner_url)
        self.connection = psycopg2.connect(
            host=config["HOST"],
            port=config["PORT"] or None,
            user=config["USER"],
            password=config["PASSWORD"] or None,
            dbname=config["NAME"],
        )
        self.connection.autocommit = True
        self.database = database

    def read(self) -> tuple[int, float]:
        """Return statements and milliseconds so far, without transaction control."""
        with self.connection.cursor() as cursor:
            cursor.execute(
                "select coalesce(sum(calls), 0), coalesce(sum(total_exec_time), 0) from pg_stat_statements s join pg_roles r on r.oid = s.userid"
                " join pg_database d on d.oid = s.dbid where r.rolname = 'kam_app' and d.datname = %s and s.query !~* %s",
                [self.database, _CONTROL],
            )
            calls, spent = cursor.fetchone()
        return int(calls), float(spent)

    def postmaster(self) -> int:
        """Return the process id of the server that answers here."""
        with self.connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            backend = cursor.fetchone()[0]
        return int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])


@dataclass(frozen=True)
class Cost:
    """The median request of one page."""

    cpu_ms: float
    sql_ms: float
    statements: float
    p50_ms: float
    p95_ms: float
    size_kb: float


class Visitor:
    """A signed-in person with a kept connection."""

    def __init__(self, address: str) -> None:
        self.address = address
        parts = urlsplit(address)
        self.connection = http.client.HTTPConnection(parts.hostname or "localhost", parts.port)
        self.cookies: dict[str, str] = {}
        self.token = ""

    def another(self) -> "Visitor":
        """Return the same person with a connection more."""
        other = Visitor(self.address)
        other.cookies |= self.cookies
        return other

    def request(
        self,
        method: str,
        path: str,
        body: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, str]:
        """Send one request and return status and text; follows no redirect."""
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **(headers or {})}
        text = None
        if body is not None:
            text = urlencode({"csrfmiddlewaretoken": self.token, **body})
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, text, sent)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):  # the server let go of an idle connection
            self.connection.close()
            self.connection.request(method, path, text, sent)
            answer = self.connection.getresponse()
        content = answer.read().decode(errors="replace")
        for value in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(value).items()}
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', content)
        self.token = found[1] if found else self.token
        return answer.status, content

    def sign_in(self, who: str, password: str) -> None:
        """Pass the login form; AssertionError when it refuses."""
        self.request("GET", "/login/")
        status, _text = self.request("POST", "/login/", {"login": who, "password": password})
        assert status == 302, f"{who} could not sign in: {status}"


def page(visitor: Visitor, path: str, holds: str) -> Callable[[], str]:
    """Return what asks a page and refuses one that is not right."""

    def send() -> str:
        status, text = visitor.request("GET", path)
        assert status == 200, f"{path} answered {status}"
        assert holds in text, f"{path} lacks {holds}"
        return text

    return send


@dataclass
class _Blocks:
    """What the blocks of one request came to."""

    cpu_ms: list[float] = field(default_factory=list)
    walls: list[float] = field(default_factory=list)
    statements: int = 0
    sql_ms: float = 0.0
    size: int = 0

    def cost(self) -> Cost:
        """Return the median request."""
        rounds = len(self.walls)
        return Cost(
            cpu_ms=statistics.median(self.cpu_ms),
            sql_ms=self.sql_ms / rounds,
            statements=round(self.statements / rounds, 1),
            p50_ms=statistics.median(self.walls),
            p95_ms=sorted(self.walls)[int(rounds * 0.95)],
            size_kb=self.size / 1024,
        )


class Meter:
    """Measures requests of one server, and how much of the machine others used meanwhile."""

    def __init__(self, web_pid: int, statements: Statements) -> None:
        self.web_pid, self.statements = web_pid, statements
        self.postmaster = statements.postmaster()
        self._busy, self._there = busy_seconds()
        self._ours = self._own_seconds()

    def _pids(self) -> list[int]:
        return [
            *tree(self.web_pid),
            *(pid for pid in tree(self.postmaster) if pid == self.postmaster or not is_upkeep(pid)),
        ]

    def _own_seconds(self) -> float:
        return cpu_seconds([*self._pids(), os.getpid()])

    def others(self) -> float:
        """Return which part of the machine others used since this meter began."""
        busy, there = busy_seconds()
        spent = busy - self._busy - (self._own_seconds() - self._ours)
        return max(spent, 0.0) / (there - self._there)

    def unit(self, hello: Callable[[], str]) -> float:
        """Return A, asked alone: before each page and after the last, so that what moves it is the machine and no page beside it."""
        (cost,) = self.together(hello, blocks=BLOCKS_OF_A)
        return cost.cpu_ms

    def together(self, *sends: Callable[[], str], blocks: int = BLOCKS) -> list[Cost]:
        """Return what each request costs, all of them asked in turn; each `send()` returns the text of a page that was right."""
        found = [_Blocks() for _send in sends]
        for send, run in zip(sends, found, strict=True):
            for _ in range(min(WARM_UP, blocks)):
                run.size = len(send())
        pids = self._pids()
        for _ in range(blocks):
            for send, run in zip(sends, found, strict=True):
                self._one_block(send, run, pids)
        return [run.cost() for run in found]

    def _one_block(self, send: Callable[[], str], blocks: _Blocks, pids: list[int]) -> None:
        before, before_cpu = self.statements.read(), cpu_seconds(pids)
        for _ in range(IN_A_BLOCK):
            started = time.perf_counter()
            send()
            blocks.walls.append((time.perf_counter() - started) * 1000)
        time.sleep(_AFTERWARDS)
        blocks.cpu_ms.append((cpu_seconds(pids) - before_cpu) * 1000 / IN_A_BLOCK)
        after = self.statements.read()
        blocks.statements += after[0] - before[0]
        blocks.sql_ms += after[1] - before[1]
