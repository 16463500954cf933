"""Rows of text out of what people send."""

import io
import zipfile

import pytest
from openpyxl import Workbook  # noqa: TID253 -- a test writes the file it reads

from accounts.imports.rules.sheets import UnreadableFileError, read_rows


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
    ],
)
def test_what_cannot_be_read_says_why(content, code):
    with pytest.raises(UnreadableFileError) as refused:
        list(read_rows(io.BytesIO(content)))
    assert refused.value.code == code
