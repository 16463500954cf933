"""The pages that are measured, their goals in units of A (see docs/operations.md), and the table."""

import argparse
import io
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- after setup
from django.http import QueryDict  # noqa: E402 -- after setup
from django.test.utils import CaptureQueriesContext  # noqa: E402 -- after setup

from accounts.units.models import KeyAccount  # noqa: E402 -- after setup
from bench.fill import PASSWORD  # noqa: E402 -- after setup
from bench.measure import Cost, Meter, Statements, Visitor  # noqa: E402 -- after setup
from kam.users.models import User  # noqa: E402 -- after setup

PAGE = 50


@dataclass(frozen=True)
class Measured:
    """One row: what, the goal in words, whether it was reached, the figures."""

    name: str
    goal: str
    reached: bool
    figure: str
    cost: Cost | None


def run(options: argparse.Namespace, web_pid: int, url: str) -> str:
    """Measure everything and return the table in Markdown; `options.seconds` is how long the rows took."""
    statements = Statements(os.environ["DATABASE_OWNER_URL"], options.database)
    meter = Meter(web_pid, statements)
    rep = _signed_in(url, "bench-rep0-0")
    manager = _signed_in(url, "bench-manager0")
    director = _signed_in(url, "bench-director")
    hello = _page(rep, "/bench/hello/", "hello")
    units = [meter.cost(hello).cpu_ms]
    rows: list[Measured] = []

    def add(
        name: str,
        goal: float,
        most: int,
        send: Callable[[], str],
        *,
        base: float | None = None,
        words: str = "",
    ) -> Cost:
        cost = meter.cost(send)
        units.append(meter.cost(hello).cpu_ms)
        unit = (units[-1] + units[-2]) / 2
        ratio = cost.cpu_ms / (base or unit)
        reached = ratio <= goal and cost.statements <= most
        said = words or f"≤ {goal} {'× page 1' if base else 'A'}, ≤ {most} statements"
        rows.append(Measured(name, said, reached, f"{ratio:.2f} {'×' if base else 'A'}", cost))
        return cost

    for person, visitor in (("rep", rep), ("manager", manager), ("director", director)):
        first = add(f"P1 list page 1, 50 rows, {person}", 4, 8, _page(visitor, "/accounts/", "<table"))
    user = User.objects.get(staff_number="bench-director")
    add(
        "P2 list page 1000, director",
        1.15,
        8,
        _page(director, _page_thousand(user), "<table"),
        base=first.cpu_ms,
    )
    add(
        "P3 list filtered, director",
        1.3,
        8,
        _page(director, "/accounts/?tier=A&status=developing", "<table"),
        base=first.cpu_ms,
    )
    for word, text in (
        ("common 长沙", "长沙"),
        ("rare 麒麟", "麒麟"),
        ("Latin Zephyr", "Zephyr"),
        ("initials cssh", "cssh"),
        ("absent 魑魅", "魑魅"),
    ):
        cost = add(
            f"P4 search {word}, director",
            1.5,
            8,
            _page(director, f"/accounts/?q={_quote(text)}", "<main"),
            base=first.cpu_ms,
        )
        if cost.sql_ms > 10:
            rows.append(Measured(f"P4 SQL of {word}", "≤ 10 ms of SQL", False, f"{cost.sql_ms:.1f} ms", cost))
    unit_id = (
        KeyAccount.objects.filter(owner__staff_number="bench-rep0-0")
        .order_by("pk")
        .values_list("pk", flat=True)[0]
    )
    add("P5 unit record, rep", 6, 12, _page(rep, f"/accounts/{unit_id}/", "<main"))
    add("P18 Today, rep", 5, 15, _page(rep, "/", "<main"))
    rows += _digest()
    rows += _pdf()
    drift = (max(units) - min(units)) / min(units)
    return _table(rows, units, drift, options)


def _signed_in(url: str, who: str) -> Visitor:
    visitor = Visitor(url)
    visitor.sign_in(who, PASSWORD)
    return visitor


def _page(visitor: Visitor, path: str, holds: str) -> Callable[[], str]:
    def send() -> str:
        status, text = visitor.request("GET", path)
        assert status == 200, f"{path} answered {status}"
        assert holds in text, f"{path} lacks {holds}"
        return text

    return send


def _quote(text: str) -> str:
    query = QueryDict(mutable=True)
    query["q"] = text
    return query.urlencode().partition("=")[2]


def _page_thousand(user: User) -> str:
    """Return the address of page 1000: its cursor is made as the 999th "next" would make it."""
    from accounts.units.tables import UNITS  # noqa: PLC0415 -- the list's own declaration
    from kam.lists.paging import Cursor, write_cursor  # noqa: PLC0415 -- see above
    from kam.lists.state import read_state  # noqa: PLC0415 -- see above

    state = read_state(UNITS, user, QueryDict(), [])
    offset = min(999 * PAGE, state.ordered().count() - PAGE) - 1
    row = state.ordered()[offset]
    cursor = Cursor(getattr(row, state.sort.field), row.pk, offset + 1)
    return f"/accounts/?after={_quote(write_cursor(cursor, f'{UNITS.key}:{state.sort.key}'))}"


def _digest() -> list[Measured]:
    """Make the plan digest of everybody without sending: statements a person, and CPU a person."""
    from django.db import connection  # noqa: PLC0415 -- beside its use

    people = User.objects.working().count()
    out = io.StringIO()
    with CaptureQueriesContext(connection) as queries:
        started = time.process_time()
        call_command("digest", "plan", "--date", "2026-11-20", "--dry-run", "--json", stdout=out)
        spent = (time.process_time() - started) * 1000
    made = json.loads(out.getvalue())["made"]
    per_person = spent / max(people, 1)
    figure = f"{made} made, {len(queries)} statements, {per_person:.2f} ms CPU a person"
    return [
        Measured(
            f"P13 plan digest for {people} people",
            "≤ 7.2 ms CPU a person (3 × 2.4)",
            per_person <= 7.2,
            figure,
            None,
        )
    ]


def _pdf() -> list[Measured]:
    """Compare one document with bare WeasyPrint on the same HTML, in one warm process."""
    from bench.pdf import ratio  # noqa: PLC0415 -- WeasyPrint is slow to import

    ours, bare = ratio()
    return [
        Measured(
            "P14 PDF of 40 rows, warm",
            "≤ 1.2 × bare WeasyPrint",
            ours / bare <= 1.2,
            f"{ours / bare:.2f} × ({ours:.0f} ms)",
            None,
        )
    ]


def _table(rows: list[Measured], units: list[float], drift: float, options: argparse.Namespace) -> str:
    lines = [
        f"{options.units:,} units, {options.units * 2:,} persons, {options.contacts:,} contacts, {options.people} people; made in {options.seconds:.0f} s.",
        f"A = {sum(units) / len(units):.2f} ms CPU (application and PostgreSQL), moved by {drift:.0%} during the run"
        + ("." if drift <= 0.25 else ": more than 25 %, **run rejected**."),
        "",
        "| what | goal | figure | reached | statements | SQL ms | p50 ms | p95 ms | kB |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        cost = row.cost
        tail = (
            f"{cost.statements:g} | {cost.sql_ms:.1f} | {cost.p50_ms:.0f} | {cost.p95_ms:.0f} | {cost.size_kb:.0f}"
            if cost
            else "– | – | – | – | –"
        )
        lines.append(
            f"| {row.name} | {row.goal} | {row.figure} | {'yes' if row.reached else '**no**'} | {tail} |"
        )
    return "\n".join(lines) + "\n"
