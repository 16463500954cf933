"""The day on paper: a digest as PDF, attached or opened, and today's plan to take along."""

from datetime import date, datetime

from django.utils import translation

from kam.core.clock import zone_named
from kam.core.once import reading
from kam.pdf.services import render_pdf
from kam.today.blocks import collect, draw, prepare
from kam.today.mail import mailed, nothing_text, title_of
from kam.today.models import Digest
from kam.today.terms import Exit, Slot
from kam.users.models import User


def digest_pdf(digest_id: str) -> bytes:
    """Return the PDF of a digest as it was made: the attachment's maker."""
    digest = Digest.objects.select_related("user").get(pk=digest_id)
    return pdf_of(digest.user, digest.slot, digest.date, mailed(digest.blocks), digest.language)


def plan_pdf(user: User, now: datetime) -> bytes:
    """Return today's plan as it is now."""
    day = now.astimezone(zone_named(user.time_zone)).date()
    with reading():
        prepare([user], day, Exit.PLAN)
        blocks = [block.as_json() for block in draw(user, day, Exit.PLAN, collect([user], day, Exit.PLAN))]
    return pdf_of(user, Slot.PLAN, day, blocks, user.language)


def pdf_of(user: User, slot: str, day: date, blocks: list[dict[str, str]], language: str) -> bytes:
    """Lay one day out for printing."""
    with translation.override(language):
        title, nothing = title_of(slot, day), nothing_text(slot)
    context = {"blocks": blocks, "nothing": nothing, "person": user.name}
    return render_pdf("digest", context, language=language, title=title)
