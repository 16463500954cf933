"""Names and contents of files."""

import io
import zipfile

import pytest

from kam.files.rules import clean_name, refusal_of, type_of
from kam.files.terms import MAX_BYTES, Refusal


def archive(*names, size=10):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as out:
        for name in names:
            out.writestr(name, b"0" * size)
    return data.getvalue()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("报价.pdf", "报价.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.docx", "a.docx"),
        ("a\0b\n.png", "ab.png"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("x" * 200 + ".jpeg", "x" * 110 + ".jpeg"),
        ("", ""),
    ],
)
def test_clean_name_keeps_the_name_and_nothing_else(given, kept):
    assert clean_name(given) == kept


@pytest.mark.parametrize(
    ("name", "data", "content_type"),
    [
        ("a.pdf", b"%PDF-1.7 ...", "application/pdf"),
        ("a.JPG", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.txt", "名单".encode("gb18030"), "text/plain; charset=utf-8"),
        (
            "a.xlsx",
            archive("xl/workbook.xml"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_type_of_accepts_what_name_and_content_agree_on(name, data, content_type):
    assert type_of(name, data).content_type == content_type


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<script>"),
        ("a.svg", b"<svg onload=alert(1)>"),
        ("a.pdf", b"<html>"),
        ("a.pdf.exe", b"MZ"),
        ("a.jpg", b"%PDF-1.7"),
        ("a.webp", b"RIFF0000AVI "),
        ("a.xlsx", b"PK\x03\x04broken"),
        ("a.xlsx", archive("word/document.xml")),
        ("a.docx", archive("word/document.xml", "word/vbaProject.bin")),
        ("a.docx", archive("word/document.xml", size=101 * 1024 * 1024)),
        ("a.txt", b"a\0b"),
        ("noextension", b"%PDF-"),
    ],
)
def test_type_of_refuses_everything_else(name, data):
    assert type_of(name, data) is None


@pytest.mark.parametrize(
    ("name", "data", "size", "pictures", "refusal"),
    [
        ("a.pdf", b"%PDF-1", MAX_BYTES, False, None),
        ("a.pdf", b"%PDF-1", MAX_BYTES + 1, False, Refusal.TOO_BIG),
        ("a.pdf", b"", 0, False, Refusal.TYPE),
        ("a.exe", b"MZ", 2, False, Refusal.TYPE),
        ("a.pdf", b"%PDF-1", 6, True, Refusal.NO_PICTURE),
        ("a.exe", b"MZ", 2, True, Refusal.NO_PICTURE),
        ("a.jpg", b"\xff\xd8\xff", 3, True, None),
    ],
)
def test_refusal_of_names_the_first_reason(name, data, size, pictures, refusal):
    assert refusal_of(name, data, size=size, pictures=pictures) == refusal


@pytest.mark.parametrize(
    ("data", "is_text"),
    [("名单".encode(), True), ("名单".encode("gb18030"), True), (b"a\0b", False), (b"\x81\xff\xff", False)],
)
def test_text_is_what_one_of_our_two_encodings_reads(data, is_text):
    assert (type_of("a.txt", data) is not None) is is_text
