"""A pivot as the page and the file show it: every figure with the address of the rows behind."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from kam.lists.writers import Cell, Sheet
from kpi.reports.dimensions import in_address
from kpi.reports.rules import Table
from kpi.reports.selectors import Asked


@dataclass(frozen=True, slots=True)
class Opened:
    """A figure and the rows behind it; None where there is nothing."""

    amount: Decimal | None
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """The table of a pivot."""

    heads: list[str]
    lines: list[tuple[str, list[Opened], Opened]]
    sums: list[Opened]
    total: Opened
    hidden: tuple[int, int]


def page_of(asked: Asked, table: Table) -> Page:
    """Return the table with the address behind each figure; without columns the sum stands alone."""
    heads = table.columns if asked.columns else ()
    lines = []
    for line in table.lines:
        cells = [
            Opened(amount, _url(asked, line=line.key, head=key))
            for (key, _label), amount in zip(heads, line.cells, strict=False)
        ]
        lines.append((line.label, cells, Opened(line.total, _url(asked, line=line.key))))
    sums = [
        Opened(amount, _url(asked, head=key))
        for (key, _label), amount in zip(heads, table.sums, strict=False)
    ]
    return Page([label for _key, label in heads], lines, sums, Opened(table.total, _url(asked)), table.hidden)


def _url(asked: Asked, **at: Any) -> str:
    told = dict(asked.filters)
    if "line" in at:
        told[asked.lines.key] = in_address(at["line"])
    if "head" in at and asked.columns:
        told[asked.columns.key] = in_address(at["head"])
    if asked.figure.where is not None:
        told["counted"] = asked.figure.key
    if asked.period is not None:
        told |= {"since": asked.period.first.isoformat(), "until": asked.period.last.isoformat()}
    return f"{asked.source.listed.url}?{urlencode(told)}" if told else asked.source.listed.url


def sheet_of(asked: Asked, table: Table) -> Sheet:
    """Return the pivot as a sheet: the lines that are shown, and the sums of all."""
    heads = [label for _key, label in table.columns] if asked.columns else []
    title = str(asked.figure.label)
    rows: list[list[Cell]] = [
        [line.label, *(line.cells if asked.columns else ()), line.total] for line in table.lines
    ]
    rows.append([_("Sum"), *(table.sums if asked.columns else ()), table.total])
    return Sheet(title, [str(asked.lines.label), *heads, _("Sum") if asked.columns else title], rows)
