"""The pages that are measured, their goals in units of A (see docs/operations.md), and the table."""

import argparse
import io
import os
import re
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count

import django

django.setup()

from django.http import QueryDict  # noqa: E402 -- after setup
from django.test.utils import CaptureQueriesContext  # noqa: E402 -- after setup
from django.utils import timezone  # noqa: E402 -- after setup

from accounts.imports.selectors import Importer, people_for  # noqa: E402 -- after setup
from accounts.imports.services import write_units  # noqa: E402 -- after setup
from accounts.imports.terms import Fate  # noqa: E402 -- after setup
from accounts.units.models import KeyAccount  # noqa: E402 -- after setup
from bench import crowd, exported  # noqa: E402 -- after setup
from bench.fill import PASSWORD  # noqa: E402 -- after setup
from bench.grown import growth_rows  # noqa: E402 -- after setup
from bench.kpi import kpi_rows  # noqa: E402 -- after setup
from bench.measure import Cost, Meter, Statements, Visitor, page  # noqa: E402 -- after setup
from bench.pages import api_list, more_pages  # noqa: E402 -- after setup
from bench.report import Measured, keep, table  # noqa: E402 -- after setup
from kam.audit.context import system  # noqa: E402 -- after setup
from kam.search.services import search_keys  # noqa: E402 -- after setup
from kam.today.models import Digest  # noqa: E402 -- after setup
from kam.today.services import make  # noqa: E402 -- after setup
from kam.today.terms import Slot  # noqa: E402 -- after setup
from kam.users.models import User  # noqa: E402 -- after setup

PAGE, LIST, MOST_SQL_MS = 50, "/accounts/", 10
#: What is searched: how often it is found, and the word.
SEARCHED = (
    ("common", "长沙"),
    ("rare", "麒麟"),
    ("Latin", "Zephyr"),
    ("initials", "cssh"),
    ("absent", "魑魅"),
)
#: Statements of a run of digests that are not their contents: who is on leave, who is there, who has one; and writing a chunk.
_AROUND, _WRITES = 3, 6


@dataclass
class _Figures:
    """The rows of the table, and every A that was measured beside them."""

    meter: Meter
    rows: list[Measured] = field(default_factory=list)
    units: list[float] = field(default_factory=list)

    def page(
        self, name: str, goal: float, most: int, visitor: Visitor, path: str, *, first: str = ""
    ) -> None:
        """Measure one page against the hello page of the same person, or against the page `first` of the same list."""
        sends = [page(visitor, "/bench/hello/", "hello"), page(visitor, path, "<main")]
        if first:
            sends.append(page(visitor, first, "<main"))
        self.units.append(self.meter.unit(sends[0]))
        hello, cost, *base = self.meter.together(*sends)
        ratio = cost.cpu_ms / (base[0].cpu_ms if base else hello.cpu_ms)
        said = f"≤ {goal} {'× page 1' if base else 'A'}, ≤ {most} statements"
        figure = f"{ratio:.2f} {'×' if base else 'A'}"
        reached = ratio <= goal and cost.statements <= most
        self.rows.append(Measured(name, said, reached, figure, cost, cost.cpu_ms / hello.cpu_ms))
        if first and cost.sql_ms > MOST_SQL_MS:
            self.rows.append(
                Measured(f"{name}: SQL", f"≤ {MOST_SQL_MS} ms", False, f"{cost.sql_ms:.1f} ms", None)
            )

    def saving(self, rep: Visitor, unit_id: int) -> None:
        """Measure saving an edit: the POST with the fragment it answers; the form it needs is measured alone and taken off."""
        address = f"/accounts/{unit_id}/values/main_business/"
        unit = page(rep, "/bench/hello/", "hello")
        self.units.append(self.meter.unit(unit))
        hello, form, both = self.meter.together(unit, page(rep, address, "<form"), _edit(rep, unit_id))
        cost = Cost(
            both.cpu_ms - form.cpu_ms, both.sql_ms - form.sql_ms, round(both.statements - form.statements, 1),
            both.p50_ms - form.p50_ms, both.p95_ms - form.p95_ms, both.size_kb,
        )  # fmt: skip
        ratio = cost.cpu_ms / hello.cpu_ms
        name = "P6 save an edit in place, with audit and fragment"
        self.rows.append(Measured(name, "≤ 4 A", ratio <= 4, f"{ratio:.2f} A", cost, ratio))


def run(options: argparse.Namespace, web_pid: int, url: str) -> str:
    """Measure everything and return the table in Markdown; `options.seconds` is how long the rows took."""
    statements = Statements(os.environ["DATABASE_OWNER_URL"], options.database)
    rep = _signed_in(url, "bench-rep0-0")
    manager = _signed_in(url, "bench-manager0")
    director = _signed_in(url, "bench-director")
    mine = KeyAccount.objects.filter(owner__staff_number="bench-rep0-0").order_by("pk")
    unit_id = mine.values_list("pk", flat=True)[0]
    far = _page_thousand(User.objects.get(staff_number="bench-director"))
    figures = _Figures(Meter(web_pid, statements))
    for person, visitor in (("rep", rep), ("manager", manager), ("director", director)):
        figures.page(f"P1 list page 1, 50 rows, {person}", 4, 8, visitor, LIST)
    figures.page("P2 list page 1000, director", 1.15, 8, director, far, first=LIST)
    filtered = f"{LIST}?tier=A&status=developing"
    figures.page("P3 list filtered, director", 1.3, 8, director, filtered, first=LIST)
    for kind, text in SEARCHED:
        path = f"{LIST}?q={_quote(text)}"
        figures.page(f"P4 search {kind} {text}, director", 1.5, 8, director, path, first=LIST)
    figures.page("P5 unit record, rep", 6, 12, rep, f"/accounts/{unit_id}/")
    figures.saving(rep, unit_id)
    figures.page("P18 Today, rep", 5, 15, rep, "/")
    figures.rows += more_pages(figures.meter, rep, director, figures.units)
    figures.rows.append(api_list(figures.meter, rep, figures.units))
    figures.units.append(figures.meter.unit(page(rep, "/bench/hello/", "hello")))
    others = figures.meter.others()
    hello = statistics.median(figures.units)
    kpi = kpi_rows(figures.meter, director, hello)
    if options.tenth:
        kpi += growth_rows(os.environ["DATABASE_URL"], options.tenth, 2 * options.people)
    heavy = (LIST, f"/accounts/{unit_id}/", "/", "/visits/calendar/", "/deals/", "/kpi/?of=department")
    around = [
        crowd.crowd(rep, LIST),
        crowd.login(url, web_pid),
        crowd.memory(web_pid),
        crowd.weights(director, heavy),
    ]
    inside = [*_digest(), *_import(options.units), *_export(), *_pdf()]
    rows = [*figures.rows, *kpi, *around, *inside]
    text = table(rows, figures.units, others, options)
    keep(text, rows, options)
    return text


def _signed_in(url: str, who: str) -> Visitor:
    visitor = Visitor(url)
    visitor.sign_in(who, PASSWORD)
    return visitor


def _edit(visitor: Visitor, unit_id: int) -> Callable[[], str]:
    """Say something new about a unit each time: validation, history, audit, and the fragment that shows it."""
    path = f"/accounts/{unit_id}/values/main_business/"
    numbers = count(1)

    def send() -> str:
        _status, form = visitor.request("GET", path)
        seen = re.search(r'name="seen" value="(\d*)"', form)
        told = {
            "value": f"Steel {next(numbers)}",
            "learned_on": str(timezone.localdate()),
            "seen": seen[1] if seen else "",
        }
        status, text = visitor.request("POST", path, told, {"HX-Request": "true"})
        assert status == 200, f"{path} answered {status}: {text[:300]}"
        assert told["value"] in text, f"{path} lacks {told['value']}"
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
    """Make the plan digest of everybody without sending; a second run replaces nothing, so the rows of the last one go first."""
    from django.db import connection  # noqa: PLC0415 -- beside its use

    people = User.objects.working().count()
    Digest.objects.all().delete()
    with system("bench"), CaptureQueriesContext(connection) as queries:
        started = time.process_time()
        made = make(Slot.PLAN, date(2026, 11, 20), datetime(2026, 11, 20, 0, 5, tzinfo=UTC), by_hand=True).ids
        spent = (time.process_time() - started) * 1000
    asked = sum(
        not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for q in queries.captured_queries
    )
    per_person = spent / max(people, 1)
    chunks = -(-people // 500)
    contents = -(-(asked - _AROUND - _WRITES * chunks) // chunks)
    figure = f"{len(made)} made, {asked} statements ({chunks} × 500 people), contents {contents} a chunk, {per_person:.2f} ms CPU a person"
    return [
        Measured(
            f"P13 plan digest for {people} people",
            "≤ 7.2 ms CPU a person (3 × 2.4), contents of 500 people ≤ 10 statements",
            per_person <= 7.2 and len(made) > 0 and contents <= 10,
            figure,
            None,
        )
    ]


def _import(units: int) -> list[Measured]:
    """Write 10,000 new units, then the same file again; seconds of CPU of this process and its server, memory of this process."""
    size = min(10_000, units)
    stamp = f"{time.time_ns():x}"
    lines = ["单位名称,渠道,地区,地址,职工人数"]
    lines += [f"{stamp}荷塘{n}号商会,商会,长沙,人民路{n}号,{n % 900 + 1}" for n in range(size)]
    importer = Importer(people=people_for(None))
    search_keys("长沙")  # its dictionary is loaded once a process
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with system("bench"):
        first = write_units(io.BytesIO("\n".join(lines).encode()), importer)
        seconds = time.perf_counter() - started
        second = write_units(io.BytesIO("\n".join(lines).encode()), importer)
    assert first.counts[Fate.CREATED] == size, first.counts
    assert second.counts[Fate.CREATED] == 0, second.counts
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    figure = f"{size / seconds:,.0f} rows a second, {grown:.0f} MB more at the peak; second run creates 0"
    return [Measured(f"P16 import of {size:,} rows", "≥ 2,000 rows/s", size / seconds >= 2_000, figure, None)]


def _export() -> list[Measured]:
    """Write every unit into each kind of file; the page that asks for it answers with a job, so only memory and time count."""
    found = []
    for file_format in ("csv", "xlsx"):
        rows, seconds, grown = exported.measure(file_format)
        goal = f"at most {exported.MOST_MB} MB more than few rows take, a job with progress"
        figure = f"{rows / seconds:,.0f} rows a second, {grown:.0f} MB more"
        name = f"P17 {file_format} of {rows:,} rows"
        found.append(Measured(name, goal, grown <= exported.MOST_MB, figure, None))
    return found


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
