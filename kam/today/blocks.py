"""From registered sections to what one person reads: collected for all people at once, drawn for each in their language."""

import logging
import re
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from kam.core.clock import zone_named
from kam.today.asks import Wanted, read_together
from kam.today.registry import Section, sections
from kam.today.terms import Exit
from kam.users.models import User

log = logging.getLogger(__name__)

#: Stands for what a section could not give; never shown to anybody.
FAILED = object()
_LOCAL_LINK = re.compile(r'(\s(?:href|src|action)=")/(?!/)')


@dataclass(frozen=True, slots=True)
class Block:
    """One section as one person reads it; `has_data` is False where only the empty text is shown."""

    key: str
    title: str
    html: str
    text: str
    place: str
    summary: str = ""
    has_data: bool = True
    bare: bool = False
    mailed: bool = True

    def as_json(self) -> dict[str, Any]:
        """Return what a digest's row keeps."""
        return asdict(self)


def prepare(users: Sequence[User], day: date, exit_: Exit, *more: Wanted) -> None:
    """Read what the sections of one exit ask for, and `more`, for all these people in one statement; needs a `reading()`."""
    wanted: list[Wanted] = [*more]
    for section in sections(exit_):
        people = [user for user in users if section.is_for(user, exit_)]
        if people:
            wanted += section.wanted(people, day)
    read_together(wanted)


def collect(users: Sequence[User], day: date, exit_: Exit) -> dict[str, Mapping[int, Any]]:
    """Ask every section of one exit once for all its people: section key → user id → data."""
    found: dict[str, Mapping[int, Any]] = {}
    for section in sections(exit_):
        people = [user for user in users if section.is_for(user, exit_)]
        if people:
            found[section.key] = _ask(section, people, day)
    return found


def draw(
    user: User,
    day: date,
    exit_: Exit,
    collected: Mapping[str, Mapping[int, Any]],
    *,
    empty: bool = False,
    csrf_token: str = "",
) -> list[Block]:
    """Draw the sections of one person in their language and zone; with `empty`, also those that have a text for nothing.

    Forms in the sections of the Today page need `csrf_token`; digests have no forms.
    """
    frame = {"user": user, "day": day, "exit": exit_.value, "csrf_token": csrf_token}
    with translation.override(user.language), timezone.override(zone_named(user.time_zone)):
        drawn = (
            _draw_one(section, exit_, collected[section.key].get(user.pk), frame, empty=empty)
            for section in sections(exit_)
            if section.key in collected and section.is_for(user, exit_)
        )
        return [block for block in drawn if block is not None]


def absolute_links(html: str) -> str:
    """Return `html` with its local links made absolute: mails are read elsewhere."""
    return _LOCAL_LINK.sub(rf"\g<1>{settings.BASE_URL}/", html)


def _ask(section: Section, people: Sequence[User], day: date) -> Mapping[int, Any]:
    """Ask one section; one that fails must not take the others with it, and says so to its people.

    Only inside a transaction does a failure need a savepoint to leave the rest usable.
    """
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            return section.collect(people, day)
    except (DatabaseError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError):
        log.exception("section %s failed for %s", section.key, day)
        return {user.pk: FAILED for user in people}


def _draw_one(
    section: Section, exit_: Exit, data: Any, frame: Mapping[str, Any], *, empty: bool
) -> Block | None:
    title = str(section.label)
    if data is FAILED:
        text = _("This part could not be put together. It has been reported.")
        return Block(section.key, title, f"<p>{text}</p>", text, section.place)
    if not data:
        text = str(section.empty)
        nothing = Block(section.key, title, "", text, section.place, has_data=False)
        if empty or exit_ is Exit.TODAY or not section.says_nothing_due:
            return nothing if empty and text else None
        return replace(nothing, html=format_html("<p>{}</p>", text))
    template = section.template if exit_ is Exit.TODAY else section.digest_template or section.template
    return Block(
        section.key,
        title,
        get_template(template).render({"data": data, **frame}),
        section.text(data).strip(),
        section.place,
        str(section.summary(data)) if section.summary else "",
        bare=section.bare,
        mailed=section.mailed,
    )
