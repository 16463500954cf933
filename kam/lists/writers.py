"""The only code that writes CSV and XLSX: text stays text, numbers stay numbers, nothing becomes a formula (R-33)."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO

import xlsxwriter
from django.utils import timezone

Cell = str | int | float | Decimal | date | datetime | None

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: What a spreadsheet takes for the start of a formula, also in full width.
_DANGEROUS = frozenset("=+-@\t\r\n\0＝＋－＠")
_MAX_TEXT = 32_767


def safe_text(text: str) -> str:
    """Return `text` so that a spreadsheet reading CSV shows it and never computes it."""
    bare = text.lstrip(" \u3000\ufeff")
    is_dangerous = text[:1] in _DANGEROUS or bare[:1] in _DANGEROUS
    text = text.replace("\0", "")
    return f"'{text}" if is_dangerous and (text or bare) else text


def write_csv(file: IO[bytes], heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write CSV in UTF-8 with a byte order mark, as Excel wants it; return the number of rows."""
    file.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True, errors="replace")
    writer = csv.writer(text)
    writer.writerow([safe_text(head) for head in heads])
    count = 0
    for row in rows:
        writer.writerow([_for_csv(value) for value in row])
        count += 1
    text.flush()
    text.detach()
    return count


def _for_csv(value: Cell) -> str | int | float | Decimal:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return safe_text(value) if isinstance(value, str) else value


def write_xlsx(file: IO[bytes], heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write one sheet row by row in constant memory; return the number of rows below the head."""
    return write_book(file, [Sheet("", heads, rows)])


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a workbook; without a title it is called as the spreadsheet calls it."""

    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def write_book(file: IO[bytes], sheets: Iterable[Sheet]) -> int:
    """Write a workbook sheet by sheet, row by row in constant memory; return the rows below the heads, of all sheets."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        return sum(_write_sheet(book, sheet) for sheet in sheets)


def _write_sheet(book: xlsxwriter.Workbook, told: Sheet) -> int:
    sheet = book.add_worksheet(sheet_name(told.title) or None)
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(told.heads):
        sheet.write_string(0, column, head, bold)
    count = 0
    for count, row in enumerate(told.rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, bool | int | float | Decimal):
                sheet.write_number(count, column, value)
            elif isinstance(value, datetime):
                sheet.write_datetime(count, column, timezone.localtime(value).replace(tzinfo=None), moment)
            elif isinstance(value, date):
                sheet.write_datetime(count, column, value, day)
            elif value is not None:
                sheet.write_string(count, column, value[:_MAX_TEXT])
    return count


def sheet_name(title: str) -> str:
    """Return a name that a workbook takes: short, without the characters it keeps for itself."""
    return "".join(c for c in title if c not in "[]:*?/\\'")[:31].strip()
