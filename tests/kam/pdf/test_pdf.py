"""Documents: every character arrives, nothing is fetched, same data gives the same bytes."""

import io

import pypdf
import pypdfium2
import pytest

from kam.audit.models import AuditEntry
from kam.core.icons import icon
from kam.pdf.models import IssuedDocument
from kam.pdf.services import Sheet, issue, render_pdf
from tests.factories.kam import make_user


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in document)


def pages_of(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


HOSTILE = '<img src="file:///etc/passwd"><link rel=attachment href="file:///etc/passwd"><script>x</script>'


def render(context: dict[str, object], language: str = "zh-hans") -> bytes:
    return render_pdf("test_sheet", context, language=language, title="测试表", number="T-1")


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_chinese_rare_characters_and_markup_arrive_as_text(language):
    text = text_of(render({"rows": ["泉州商会", "𠮷野家", "檔案設定", HOSTILE]}, language))
    assert "泉州商会" in text
    assert "𠮷" in text
    assert "檔案設定" in text
    assert "<script>x</script>" in text.replace("\r\n", "").replace("\n", "")
    assert "root:" not in text


def test_same_data_gives_the_same_bytes_and_other_data_others():
    assert render({"rows": ["a"]}) == render({"rows": ["a"]})
    assert render({"rows": ["a"]}) != render({"rows": ["b"]})


def test_a_long_table_repeats_its_head_and_counts_its_pages():
    pages = pages_of(render({"rows": [f"row {n}" for n in range(300)]}))
    assert len(pages) > 5
    assert all("单位名称" in page for page in pages)
    assert f"1 / {len(pages)}" in pages[0]


def test_fonts_are_embedded():
    reader = pypdf.PdfReader(io.BytesIO(render({"rows": ["泉州 𠮷"]})))
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert fonts
    assert all("/FontFile2" in d or "/FontFile3" in d for d in descriptors)


@pytest.mark.django_db
def test_issuing_the_same_contents_twice_is_one_entry_in_the_register():
    user = make_user("clerk")
    sheet = Sheet("test_sheet", {"rows": ["泉州商会"]}, "测试表", "T-2", "test")
    assert issue(sheet, by=user) == issue(sheet, by=user)
    assert IssuedDocument.objects.count() == 1
    assert AuditEntry.objects.filter(act="pdf.document.issued").count() == 1


def test_a_sign_inside_text_is_as_high_as_the_line():
    lines = "".join(f"<p>{icon('alert-triangle')} {number}</p>" for number in range(10))
    blocks = [{"title": "t", "html": lines}]
    assert len(pages_of(render_pdf("digest", {"blocks": blocks}, language="en", title="T"))) == 1


def test_a_document_may_not_take_the_names_of_the_paper():
    with pytest.raises(ValueError, match="test_sheet: the paper itself uses the name 'sheet'"):
        Sheet("test_sheet", {"sheet": "a score sheet"}, "测试表", "T-3", "test")
