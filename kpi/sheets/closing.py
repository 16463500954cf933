"""Closing a month, a quarter or a year: sheets that are agreed are sealed with inputs, scheme and result; a second run finds nothing to do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kam.audit.services import record_many
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.locks import hold_name, locked
from kam.core.periods import Period, month_of
from kam.outbox.models import Notice
from kam.outbox.services import notify_many
from kam.users.models import User
from kam.users.terms import Position
from kpi.sheets.models import Sheet
from kpi.sheets.rules import sealed_rows, sealed_text
from kpi.sheets.selectors import Shown, score_live
from kpi.sheets.services import open_sheets
from kpi.sheets.terms import SheetState

#: Entries of a month that is over hold it shared, a closing alone: each entry is in the figures or refused.
_LOCK = "kpi.closing"
_INSERT = """
insert into kpi_seal (sheet_id, sealed_at, sealed_by_id, inputs, scheme, result, counted, points)
values {rows} returning seq, encode(hash, 'hex')
"""
_ROW = "(%s, %s, %s, %s, %s, %s, %s, %s)"
#: So many seals are written at once: they carry the texts of every row they counted.
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Closing:
    """What a closing did: sheets sealed by it, sealed before, and not ready; of these, some are agreed and wait for their months."""

    sealed: list[Sheet]
    already: list[Sheet]
    waiting: list[Sheet]
    behind: list[Sheet] = field(default_factory=list)


@transaction.atomic
def close_period(period: Period, *, by: User | None, today: date | None = None) -> Closing:
    """Seal every agreed sheet of a month, quarter or year that is over. Figures are read once, after the sheets are locked.

    A quarter waits for the months of the same person, a year for both: what is sealed last is made of what stands.
    """
    if period.last >= (today or business_date()):
        raise BusinessError(_("This period is not over yet."), code="running")
    open_sheets(period)
    hold_name(_LOCK)
    rows = list(locked(Sheet.objects.of_period(period).live()).select_related("user"))
    agreed = [row for row in rows if row.state == SheetState.AGREED]
    unclosed = _with_open_parts(agreed, period)
    ready = [row for row in agreed if row.user_id not in unclosed]
    scored = score_live(ready, period, with_facts=True) if ready else {}
    sealed = [row for row in ready if scored[row.pk].result["is_whole"]]
    for start in range(0, len(sealed), _AT_ONCE):
        _seal([scored[row.pk] for row in sealed[start : start + _AT_ONCE]], by=by)
    _propose_warnings([scored[row.pk] for row in sealed])
    done = {row.pk for row in sealed}
    already = [row for row in rows if row.state == SheetState.CLOSED and row.pk not in done]
    waiting = [row for row in rows if row.state != SheetState.CLOSED]
    return Closing(sealed, already, waiting, [row for row in agreed if row.user_id in unclosed])


def _with_open_parts(rows: list[Sheet], period: Period) -> set[int]:
    """Return the people of whom a sheet of a shorter period inside is not closed."""
    people = [row.user_id for row in rows]
    parts = Sheet.objects.live().within(period).filter(user__in=people)
    return set(parts.exclude(state=SheetState.CLOSED).values_list("user", flat=True))


def is_closed_for(user_id: int, day: date) -> bool:
    """Say whether a person's month is sealed; asked by an entry, which a closing then waits for, or that waits for the closing."""
    if day >= month_of(business_date()).first:
        return False
    hold_name(_LOCK, shared=True)
    rows = Sheet.objects.filter(user=user_id, first_day__lte=day, last_day__gte=day)
    return rows.filter(state=SheetState.CLOSED).exists()


def _seal(told: Sequence[Shown], *, by: User | None) -> None:
    """Write seals and close their sheets; the database numbers each row, links it to the one before and hashes it, in this order."""
    now, by_id = timezone.now(), by.pk if by else None
    values: list[Any] = []
    for one in told:
        texts = [sealed_text(part) for part in (one.inputs, one.scheme, one.result)]
        values += [one.sheet.pk, now, by_id, *texts, sealed_rows(one.counted), one.points]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT.format(rows=", ".join([_ROW] * len(told))), values)
        numbers = cursor.fetchall()
    sheets = [one.sheet for one in told]
    Sheet.objects.filter(pk__in=[row.pk for row in sheets]).update(
        state=SheetState.CLOSED, version=F("version") + 1
    )
    for row in sheets:
        row.state = SheetState.CLOSED
        row.version += 1
    changes = [
        {"points": (None, one.points), "seal": (None, f"{seq}:{hash_text}")}
        for one, (seq, hash_text) in zip(told, numbers, strict=True)
    ]
    record_many("kpi.sheet.closed", zip(sheets, changes, strict=True), by=by)


def _propose_warnings(told: Sequence[Shown]) -> None:
    """Tell the director whose total lies below the limit; a warning itself is never given by a machine (12-decisions, 24)."""
    below = [one for one in told if one.result["is_below"]]
    directors = list(User.objects.working().filter(position=Position.DIRECTOR)) if below else []
    notices: list[Notice] = []
    for director in directors:
        with translation.override(director.language):
            text = _("%(name)s: %(points)s points, below %(limit)s. A warning is proposed; you decide.")
        notices += [_proposal(one, director, text) for one in below if one.sheet.user_id != director.pk]
    notify_many(notices)


def _proposal(told: Shown, director: User, text: str) -> Notice:
    values = {"name": str(told.sheet), "points": told.result["total"], "limit": told.inputs["limit"]}
    return Notice(
        key=f"kpi:below:{told.sheet.pk}:{director.pk}",
        to=director,
        text=(text % values)[:500],
        url=told.sheet.get_absolute_url(),
        kind="kpi.warning",
    )
