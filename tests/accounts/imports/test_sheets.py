"""Rows of text out of what people send."""

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
from openpyxl import Workbook  # noqa: TID253 -- a test writes the file it reads
from openpyxl.chart import BarChart  # noqa: TID253 -- as above

from accounts.imports.rules import sheets
from accounts.imports.rules.sheets import MAX_BYTES, MAX_ROWS, UnreadableFileError, cell_text, read_rows


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file


def test_rows_of_a_workbook_keep_their_numbers_and_their_text():
    file = workbook(["单位名称", "在职人数"], ["甲", 12], [], [None, None], ["乙", 3.5], ["=1+1", True])
    assert [(row.number, row.cells) for row in read_rows(file)] == [
        (1, ("单位名称", "在职人数")),
        (2, ("甲", "12")),
        (5, ("乙", "3.5")),
        (6, ("=1+1", "TRUE")),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_every_encoding_and_with_every_delimiter(encoding, delimiter):
    text = f'单位名称{delimiter}备注\r\n甲{delimiter}"一\n二"\r\n\r\n乙{delimiter}\r\n'
    rows = list(read_rows(io.BytesIO(text.encode(encoding))))
    assert [(row.number, row.cells) for row in rows] == [
        (1, ("单位名称", "备注")),
        (2, ("甲", "一\n二")),
        (4, ("乙", "")),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (False, "FALSE"),
        (3768.0, "3768"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (date(2026, 6, 1), "2026-06-01"),
        (datetime(2026, 6, 1), "2026-06-01"),  # noqa: DTZ001 -- a cell has no zone
        (datetime(2026, 6, 1, 8, 30), "2026-06-01 08:30:00"),  # noqa: DTZ001 -- as above
        ("  x  ", "x"),
    ],
)
def test_a_cell_is_what_a_person_sees(value, text):
    assert cell_text(value) == text


def charts_only():
    book = Workbook()
    book.create_chartsheet("Chart").add_chart(BarChart())
    book.remove(book.worksheets[0])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def without_a_book():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", b"a zip, but no workbook")
    return file.getvalue()


def torn_sheet():
    """A workbook whose sheet breaks off in the middle of a row."""
    whole, torn = workbook(["单位名称"], ["甲"], ["乙"]), io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(torn, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part, content[: len(content) // 2] if "sheet1" in part.filename else content)
    return torn.getvalue()


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0 old", "old_excel"),
        (b"PK\x03\x04 not really", "not_a_workbook"),
        (b"name\0x", "not_text"),
        (b"\x81\xff\xff\xff", "unknown_encoding"),
        (bomb(), "bomb"),
        (b"x" * (MAX_BYTES + 1), "too_big"),
        (b"x\n" * (MAX_ROWS + 2), "too_many_rows"),
        (b'"' + b"x" * 140_000 + b'"\n', "not_text"),
        (charts_only(), "empty"),
        (without_a_book(), "not_a_workbook"),
        (torn_sheet(), "not_a_workbook"),
    ],
)
def test_what_cannot_be_read_says_why(content, code):
    with pytest.raises(UnreadableFileError) as refused:
        list(read_rows(io.BytesIO(content)))
    assert refused.value.code == code


def as_a_spreadsheet_writes(values):
    """Return a workbook with its texts in a part of their own."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_column(0, 0, values)
    return file


def test_a_workbook_of_millions_of_empty_texts_is_refused_before_they_are_read(monkeypatch):
    """A file of 370 kB held a page for 38 seconds: the texts are read whole before the first row."""
    monkeypatch.setattr(sheets, "MAX_MARKS", 1_000)
    assert len(list(read_rows(as_a_spreadsheet_writes(range(400))))) == 400
    with pytest.raises(UnreadableFileError) as refusal:
        list(read_rows(as_a_spreadsheet_writes([f"text {number}" for number in range(400)])))
    assert refusal.value.code == "bomb"
