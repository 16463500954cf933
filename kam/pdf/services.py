"""Every PDF of KAM is made here: our templates, our fonts, nothing fetched, same data → same bytes."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import content_disposition_header

from kam.audit.services import record
from kam.core.clock import business_date
from kam.pdf.fonts import use_fonts
from kam.pdf.models import IssuedDocument
from kam.pdf.terms import FAMILIES
from kam.users.models import User

if TYPE_CHECKING:
    from weasyprint import Document as LaidOut

#: A document longer than this is refused: split the period or the list.
MAX_PAGES = 300
#: A landscape page is low: a form of a week with its boxes for signatures shall stay on one.
_FLAT = " @page { margin: 14mm 14mm 20mm } html { font-size: 9pt } h1 { margin: 2mm 0 3mm } .signatures td { height: 11mm }"


#: What pdf/base.html is given beside the context of a document.
NAMES_OF_THE_PAPER = frozenset({"sheet", "letterhead", "printed_on", "check_url", "qr"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """What to print: a template below templates/pdf/, its context, and how the sheet names itself.

    `number` is the document number on the sheet (made from the record's own number, so that a second print carries the same),
    `kind` groups documents in the register, `signatures` are the labels of the boxes at the end.
    """

    template: str
    context: Mapping[str, Any]
    title: str
    number: str
    kind: str
    language: str = "zh-hans"
    landscape: bool = False
    size: str = "A4"
    signatures: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if taken := NAMES_OF_THE_PAPER & self.context.keys():
            raise ValueError(f"{self.template}: the paper itself uses the name {min(taken)!r}")


def render_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    language: str,
    title: str,
    number: str = "",
    landscape: bool = False,
    signatures: tuple[str, ...] = (),
) -> bytes:
    """Return the PDF of `template` without registering it; same arguments, same bytes."""
    sheet = Sheet(template, context, title, number, "", language, landscape, signatures=signatures)
    document = _layout(_html(sheet, printed_on=None, check_url=""), sheet)
    return bytes(document.write_pdf(pdf_identifier=_identifier(sheet, "")))


def issue(sheet: Sheet, *, by: User) -> bytes:
    """Register the sheet under the hash of its contents and return the PDF; a second issue of the same contents is the same file.

    Audited as `pdf.document.issued` when the contents are new. The QR code leads to the page that checks the hash.
    """
    digest = hashlib.sha256(_html(sheet, printed_on=None, check_url="").encode()).hexdigest()
    issued, made = IssuedDocument.objects.get_or_create(
        number=sheet.number,
        digest=digest,
        defaults={
            "kind": sheet.kind,
            "title": sheet.title,
            "language": sheet.language,
            "printed_on": business_date(),
            "by": by,
        },
    )
    if made:
        record(
            "pdf.document.issued",
            issued,
            by=by,
            changes={"number": (None, sheet.number), "digest": (None, digest)},
        )
    url = f"{settings.BASE_URL}/documents/check/{digest[:24]}/"
    html = _html(sheet, printed_on=issued.printed_on, check_url=url)
    return bytes(_layout(html, sheet).write_pdf(pdf_identifier=_identifier(sheet, digest)))


def pdf_response(sheet: Sheet, *, by: User, filename: str) -> HttpResponse:
    """Issue the sheet and answer with it; browsers show it in place, the name is the one to save under."""
    response = HttpResponse(issue(sheet, by=by), content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, filename) or "inline"
    return response


def _html(sheet: Sheet, *, printed_on: date | None, check_url: str) -> str:
    with translation.override(sheet.language):
        return render_to_string(
            f"pdf/{sheet.template}.html",
            {
                **sheet.context,
                "sheet": sheet,
                "letterhead": settings.LETTERHEAD,
                "printed_on": printed_on,
                "check_url": check_url,
                "qr": segno.make(check_url, error="m").svg_data_uri(border=0, scale=2) if check_url else "",
            },
        )


def _layout(html: str, sheet: Sheet) -> "LaidOut":
    use_fonts()
    from weasyprint import HTML

    document = HTML(string=html, url_fetcher=_fetcher(), base_url="kam:/").render(
        stylesheets=[_read_style(text) for text in _styles(sheet)]
    )
    if len(document.pages) > MAX_PAGES:
        raise ValueError(f"{sheet.title} has {len(document.pages)} pages, more than {MAX_PAGES}")
    return document


def _styles(sheet: Sheet) -> tuple[str, str]:
    """Return the style of all documents, and size and font of this one."""
    family = FAMILIES[sheet.language][0]
    page = f"{sheet.size} {'landscape' if sheet.landscape else 'portrait'}"
    own = f"@page {{ size: {page} }} html {{ font-family: '{family}' }}" + (_FLAT if sheet.landscape else "")
    return _stylesheet(), own


@cache
def _read_style(text: str) -> Any:
    """Return the style read once a process: reading it takes a fifth of the time of a page."""
    from weasyprint import CSS

    return CSS(string=text, url_fetcher=_fetcher())


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher

    class DataOnlyFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
        """Allows only data: images that our own templates wrote; no file, no address, no redirect."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not re.match(r"data:image/(svg\+xml|png|jpeg)[;,]", url):
                raise ValueError("a document may not fetch anything")
            return super().fetch(url, headers)

    return DataOnlyFetcher(allowed_protocols={"data"}, allow_redirects=False)


@cache
def _stylesheet() -> str:
    return (Path(settings.BASE_DIR) / "static" / "css" / "pdf.css").read_text(encoding="utf-8")


def _identifier(sheet: Sheet, digest: str) -> bytes:
    return hashlib.sha256(f"{sheet.number}|{sheet.title}|{digest}".encode()).digest()[:16]
