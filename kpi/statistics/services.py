"""The acts on statistics: hand a month in as its figures stand, read it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kam.audit.services import record
from kam.core.clock import business_date, department_zone
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import hold_name, locked
from kam.core.periods import Period
from kam.outbox.services import notify
from kam.users.models import User
from kam.users.terms import Position
from kpi.statistics.models import Statement
from kpi.statistics.rules import is_over
from kpi.statistics.selectors import due_of, kept, statistics_of


@transaction.atomic
def hand_in(month: Period, *, revision: int, note: str, by: User, now: datetime | None = None) -> Statement:
    """Hand the statistics of a month in as they stand; `revision` is what the page asked for, so that two clicks hand in once."""
    hold_name(f"kpi.statistics:{month.first.isoformat()}")
    now = now or timezone.now()
    handed_in_on = now.astimezone(department_zone()).date()
    if not is_over(month, handed_in_on):
        raise BusinessError(_("This month is not over yet."), code="running", field="month")
    if revision != Statement.objects.filter(first_day=month.first).count() + 1:
        raise ConflictError(_("These statistics were handed in meanwhile."), code="twice")
    if revision > 1 and not note.strip():
        words = _("Say what changed since it was handed in last.")
        raise BusinessError(words, code="why", field="note")
    due = due_of(month)
    made = Statement.objects.create(
        first_day=month.first,
        revision=revision,
        author=by,
        note=note.strip(),
        figures=kept(statistics_of(by, month)),
        due_on=due,
        handed_in_at=now,
        is_late=revision == 1 and handed_in_on > due,
    )
    record("kpi.statistics.handed_in", made, by=by, changes={"month": (None, str(made))})
    _tell_the_leader(made)
    return made


def _tell_the_leader(statement: Statement) -> None:
    heads = User.objects.working().exclude(pk=statement.author_id)
    leaders = list(heads.filter(position=Position.DIRECTOR)) or list(
        heads.filter(position=Position.GENERAL_MANAGER)
    )
    for leader in leaders:
        with override(leader.language):
            told = {"name": statement.author.name, "month": str(statement)}
            notify(
                key=f"kpi:statistics:{statement.pk}:{leader.pk}",
                to=leader,
                text=_("%(name)s handed in the statistics of %(month)s.") % told,
                url=statement.get_absolute_url(),
                kind="kpi.statistics",
            )


@transaction.atomic
def mark_read(statement: Statement, *, remark: str, by: User) -> Statement:
    """Say that it was read, with a remark for the clerk if there is one."""
    row = locked(Statement.objects.filter(pk=statement.pk)).get()
    if row.read_at is not None:
        raise ConflictError(_("Somebody has read this meanwhile."), code="read")
    row.read_by, row.read_at, row.remark = by, timezone.now(), remark.strip()
    row.save(update_fields=["read_by", "read_at", "remark"])
    record("kpi.statistics.read", row, by=by, changes={"read_at": (None, business_date().isoformat())})
    if row.remark:
        with override(row.author.language):
            told = {"name": by.name, "month": str(row)}
            notify(
                key=f"kpi:statistics:{row.pk}:read",
                to=row.author,
                text=_("%(name)s read the statistics of %(month)s and says something.") % told,
                url=row.get_absolute_url(),
                kind="kpi.statistics",
            )
    return row
