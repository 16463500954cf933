"""Rows of text out of XLSX and CSV, one at a time, whatever somebody sends.

The header is row 1, as in the spreadsheet. Cells are text: a formula stays the text it is written as. A workbook that would unpack
to far more than it weighs is refused before it is unpacked; a CSV is UTF-8 or GBK (GB 18030).
"""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 2_000
MAX_ROWS = 200_000
MAX_COLUMNS = 100
MAX_CELL = 5_000
#: Marks in all parts but the sheets, which are read row by row: the others are read whole before the first row is.
MAX_MARKS = 5_000_000
_CHUNK = 1 << 16
_ENCODINGS = ("utf-8-sig", "gb18030")
_DELIMITERS = (",", "\t", ";", "，")


class UnreadableFileError(Exception):
    """The file cannot be read at all; `code` says why and is turned into a sentence by the caller."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number in the spreadsheet and its cells as text."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        return not any(self.cells)


def read_rows(file: IO[bytes]) -> Iterator[SheetRow]:
    """Yield every row that is not blank, the header first; raise UnreadableFileError before or while reading."""
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(0)
    if size == 0:
        raise UnreadableFileError("empty")
    if size > MAX_BYTES:
        raise UnreadableFileError("too_big")
    start = file.read(8)
    file.seek(0)
    if start.startswith(b"PK"):
        rows = _xlsx_rows(file)
    elif start.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFileError("old_excel")
    else:
        rows = _csv_rows(file)
    return _limited(rows)


def _limited(rows: Iterable[tuple[int, Iterable[Any]]]) -> Iterator[SheetRow]:
    for number, cells in rows:
        if number > MAX_ROWS + 1:
            raise UnreadableFileError("too_many_rows")
        row = SheetRow(number, tuple(cell_text(cell) for cell in cells)[:MAX_COLUMNS])
        if not row.is_blank:
            yield row


def cell_text(value: Any) -> str:
    """Return what a person sees in the cell: 3768.0 is 3768, a date is ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)).normalize(), "f")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)[: MAX_CELL + 1].strip()


def _xlsx_rows(file: IO[bytes]) -> Iterator[tuple[int, Iterable[Any]]]:
    _refuse_bomb(file)
    from openpyxl import load_workbook

    try:
        _refuse_marks(file)
        book = load_workbook(file, read_only=True, keep_links=False)
    except UnreadableFileError:
        raise
    except Exception as error:
        raise UnreadableFileError("not_a_workbook") from error
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        yield from enumerate(_guarded(sheet.iter_rows(values_only=True)), 1)
    except IndexError as error:
        raise UnreadableFileError("empty") from error
    finally:
        book.close()


def _guarded(rows: Iterator[Any]) -> Iterator[Any]:
    try:
        yield from rows
    except Exception as error:
        raise UnreadableFileError("not_a_workbook") from error


def _refuse_bomb(file: IO[bytes]) -> None:
    try:
        parts = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableFileError("not_a_workbook") from error
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or unpacked > max(packed * MAX_RATIO, _CHUNK * 16):
        raise UnreadableFileError("bomb")
    file.seek(0)


def _refuse_marks(file: IO[bytes]) -> None:
    """Refuse a workbook whose texts alone would take minutes to read: few bytes unpack to millions of empty ones."""
    from openpyxl.packaging.manifest import Manifest
    from openpyxl.xml.constants import ARC_CONTENT_TYPES, WORKSHEET_TYPE
    from openpyxl.xml.functions import fromstring

    with zipfile.ZipFile(file) as archive:
        marks = _marks_in(archive, ARC_CONTENT_TYPES, 0)
        told = Manifest.from_tree(fromstring(archive.read(ARC_CONTENT_TYPES))).Override
        others = {part.PartName for part in told if part.ContentType != WORKSHEET_TYPE}
        sheets = {part.PartName for part in told} - others
        for name in archive.namelist():
            if not (name.startswith("xl/worksheets/") and f"/{name}" in sheets):
                marks = _marks_in(archive, name, marks)
    file.seek(0)


def _marks_in(archive: zipfile.ZipFile, name: str, before: int) -> int:
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            before += chunk.count(b"<")
            if before > MAX_MARKS:
                raise UnreadableFileError("bomb")
    return before


def encoding_of(file: IO[bytes]) -> str:
    """Return the encoding the whole file can be read in; a file with NUL characters is no text."""
    for encoding in _ENCODINGS:
        file.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            while chunk := file.read(_CHUNK):
                if b"\0" in chunk:
                    raise UnreadableFileError("not_text")
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise UnreadableFileError("unknown_encoding")


def _csv_rows(file: IO[bytes]) -> Iterator[tuple[int, Iterable[Any]]]:
    encoding = encoding_of(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        first = text.readline()
        text.seek(0)
        delimiter = max(_DELIMITERS, key=first.count)
        yield from enumerate(csv.reader(text, delimiter=delimiter), 1)
    except csv.Error as error:
        raise UnreadableFileError("not_text") from error
    finally:
        text.detach()
