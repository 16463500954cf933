"""A digest as a mail: text, HTML, and the PDF where somebody wants one. The caller has set the language."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kam.core.days import say_kept_days
from kam.outbox.delivery import LATE_MARK
from kam.today.blocks import Block, absolute_links
from kam.today.models import Digest
from kam.today.terms import Slot

PDF_SOURCE = "today.digest"


def title_of(slot: str, day: date) -> str:
    """Return "Plan for Tuesday 23 June"."""
    shown = date_format(day, _("l j F"))
    return (
        _("Plan for %(day)s") % {"day": shown}
        if slot == Slot.PLAN
        else _("Summary of %(day)s") % {"day": shown}
    )


def subject_of(slot: str, day: date, blocks: Sequence[Block]) -> str:
    """Return the title with the few words of each section that has some."""
    told = say_kept_days(" · ".join(block.summary for block in blocks if block.summary))
    return " · ".join(part for part in (title_of(slot, day), told) if part)[:300]


def late_text(slot: str) -> str:
    """Return what a mail says that comes later than it should."""
    hour = "08:00" if slot == Slot.PLAN else "17:00"
    return _("This comes late: it was planned for %(hour)s.") % {"hour": hour}


def text_of(digest: Digest) -> str:
    """Return the plain text of a digest."""
    parts = [title_of(digest.slot, digest.date)]
    told = mailed(digest.blocks)
    parts += [f"{block['title']}\n{'-' * 20}\n{block['text']}" for block in told]
    parts += [] if told else [nothing_text(digest.slot)]
    parts.append(_("In KAM: %(url)s") % {"url": url_of(digest)})
    return "\n\n".join(parts) + "\n"


def html_of(digest: Digest) -> str:
    """Return the HTML of a digest."""
    html = render_to_string(
        "outbox/digest.html",
        {
            "title": title_of(digest.slot, digest.date),
            "blocks": mailed(digest.blocks),
            "nothing": nothing_text(digest.slot),
            "url": url_of(digest),
            "language": digest.language,
            "late_mark": LATE_MARK,
        },
    )
    return absolute_links(html)


def mailed(blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the sections that may leave KAM by mail (12-decisions, 28)."""
    return [block for block in blocks if block.get("mailed", True)]


def nothing_text(slot: str) -> str:
    """Return what a digest without sections says."""
    return _("Nothing is planned for today.") if slot == Slot.PLAN else _("Nothing is open today.")


def url_of(digest: Digest) -> str:
    """Return the absolute address of the digest's page."""
    path = reverse("today-digest", kwargs={"day": digest.date, "slot": digest.slot})
    return f"{settings.BASE_URL}{path}"


def pdf_of(digest: Digest) -> dict[str, str]:
    """Return the attachment that is made when the mail goes out."""
    return {
        "name": f"KAM-{digest.date}-{digest.slot}.pdf",
        "type": "application/pdf",
        "source": PDF_SOURCE,
        "id": str(digest.pk),
    }
