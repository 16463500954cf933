"""From measured rows to the table, in var/bench.md and, for the full company, between the marks of docs/bench.md."""

import argparse
import json
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.measure import Cost

ROOT = Path(__file__).resolve().parent.parent
FULL, SMALL = 100_000, 1_000
DRIFT, OTHERS, GROWTH = 0.25, 0.10, 1.3
#: Pages of two sizes are compared where they show as much: a search of a small company finds fewer rows to draw.
AS_LARGE = 0.9
_MARKED = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.DOTALL)

#: What keeps a figure from being lower, by the beginning of its name: the first that fits.
LIMITS = {
    "P1": "drawing 50 rows; for leaders the count of own or the team's rows",
    "P2": "the same page by key; nothing grows",
    "P3": "the count of what two filters leave",
    "P4 search common": "reading every hit once for the order",
    "P4": "the bigram index; Latin words are checked letter by letter",
    "P9": "the use of the token counted and the read written to the audit, each a locked row",
    "P10": "the hash itself",
    "P15": "six apps with their forms, tables and pages, and WeasyPrint's neighbours",
    "P17": "the widest rows are read and written one by one",
    "P19": "thirty-five statements of a campaign; entries are read by their line",
    "P20": "fifty rows of a list, one after the other",
    "R1": "two processors",
    "P5": "twelve parts of the record, each a statement and a template",
    "P6": "validation, history, audit with its chain, and the fragment",
    "P7 dashboard SQL,": "reading what is kept and whether it is true",
    "P7 dashboard after": "adding up again what was touched, for the people whom it touched, and the page",
    "P7": "drawing the page: twelve months of five lines, a month of days, fifty people, hundreds of names to choose from",
    "P8 every sum": "a pass over the rows of each measure, and the sums written",
    "P8 month close,": "each row behind a figure is sealed for the person, the team and the department; links of seals and of the audit",
    "P8": "one statement a measure; the seal reads the rows behind every figure too",
    "P12": "the count, where a page has more rows to count",
    "P13": "one template a section and person",
    "P14": "WeasyPrint itself",
    "P16": "search keys of every reading, twenty indexes of a unit, a link of the audit chain a row",
    "P18": "thirteen sections for a specialist, one statement each at most",
}


@dataclass(frozen=True)
class Measured:
    """One row: what, the goal in words, whether it was reached, the figures; `units` is its CPU in A."""

    name: str
    goal: str
    reached: bool
    figure: str
    cost: Cost | None
    units: float = 0.0


def limit_of(name: str) -> str:
    """Return what limits a figure, in words."""
    return next((text for start, text in LIMITS.items() if name.startswith(f"{start} ")), "")


def drift_of(units: list[float]) -> float:
    """Return by which part A moved: the medians of its readings before, between and after, the dearest against the cheapest.

    One reading may be off by half on a shared machine without anything having moved: that is why none of them counts alone.
    """
    third = max(len(units) // 3, 1)
    parts = [median(part) for part in (units[:third], units[third:-third] or units, units[-third:])]
    return (max(parts) - min(parts)) / min(parts)


def table(rows: list[Measured], units: list[float], others: float, options: argparse.Namespace) -> str:
    """Return heading and table in Markdown; `units` is A alone between the pages, `others` the part of the machine that others used."""
    drift = drift_of(units)
    small = _small() if options.units > SMALL else {}
    if small:
        rows = [*rows, _growth(rows, small)]
    load = " → ".join(f"{value:.1f}" for value in (options.load, os.getloadavg()[0]))
    lines = [
        f"{time.strftime('%d %B %Y')}, {os.cpu_count()} cores, load {load}.",
        f"{_size(options)}; made in {options.seconds:.0f} s.",
        f"A = {median(units):.2f} ms CPU (application and PostgreSQL; {len(units)} readings, {min(units):.2f} to {max(units):.2f} ms), moved by {drift:.0%}"
        f" between the parts of the run; others used {others:.0%} of the machine"
        + (
            "."
            if drift <= DRIFT and others <= OTHERS
            else f": more than {DRIFT:.0%} or {OTHERS:.0%}, **run rejected**."
        ),
        "",
        "| what | goal | figure | reached | statements | SQL ms | p50 ms | p95 ms | kB | × 1,000 units | what limits it |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
        *(_line(row, small) for row in rows),
    ]
    return "\n".join(lines) + "\n"


def _size(options: argparse.Namespace) -> str:
    of = options
    return f"{of.units:,} units, {of.units * 2:,} persons, {of.contacts:,} contacts, {of.visits:,} visits, {of.people} people"


def keep(text: str, rows: list[Measured], options: argparse.Namespace) -> None:
    """Write the table, and the figures of this size for the comparison of sizes."""
    folder = ROOT / "var"
    (folder / "bench.md").write_text(text, encoding="utf-8")
    figures = {row.name: (row.units, row.cost.size_kb) for row in rows if row.units and row.cost}
    (folder / f"bench-{options.units}.json").write_text(
        json.dumps(figures, ensure_ascii=False), encoding="utf-8"
    )
    if options.units >= FULL and not options.no_docs:
        page = ROOT / "docs" / "bench.md"
        page.write_text(
            _MARKED.sub(lambda m: f"{m[1]}\n{text}\n{m[2]}", page.read_text(encoding="utf-8")),
            encoding="utf-8",
        )


def _small() -> dict[str, tuple[float, float]]:
    path = ROOT / "var" / f"bench-{SMALL}.json"
    found: dict[str, tuple[float, float]] = (
        json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    )
    return found


def _grown(row: Measured, small: dict[str, tuple[float, float]]) -> float | None:
    """Return how much more CPU a page takes than in the small company, None where that one had less to show."""
    units, size_kb = small.get(row.name, (0.0, 0.0))
    if not units or row.cost is None or size_kb < AS_LARGE * row.cost.size_kb:
        return None
    return row.units / units


def _growth(rows: list[Measured], small: dict[str, tuple[float, float]]) -> Measured:
    grown = {row.name: found for row in rows if (found := _grown(row, small)) is not None}
    name, most = max(grown.items(), key=lambda item: item[1], default=("–", 0.0))
    goal = f"≤ {GROWTH} × where both show as much"
    return Measured("P12 CPU from 1,000 units on", goal, most <= GROWTH, f"{most:.2f} × ({name})", None)


def _line(row: Measured, small: dict[str, tuple[float, float]]) -> str:
    cost = row.cost
    tail = (
        f"{cost.statements:g} | {cost.sql_ms:.1f} | {cost.p50_ms:.0f} | {cost.p95_ms:.0f} | {cost.size_kb:.0f}"
        if cost
        else "– | – | – | – | –"
    )
    found = _grown(row, small)
    grown = "–" if found is None else f"{found:.2f}"
    reached = "yes" if row.reached else "**no**"
    return f"| {row.name} | {row.goal} | {row.figure} | {reached} | {tail} | {grown} | {limit_of(row.name)} |"
