"""The tick: once a minute, decides from rows what is due. Late, doubled, lost or restarted schedulers change nothing (R-23)."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from kam.core.clock import department_zone
from kam.core.locks import locked
from kam.core.queue import enqueue
from kam.jobs.models import Heartbeat, PeriodicRun
from kam.jobs.registry import Periodic, all_periodic
from kam.jobs.rules import DEAD_AFTER, Each, retry_at

log = logging.getLogger(__name__)

#: A message that no worker took within this time is sent again: the broker may have lost it. Taking it twice changes nothing.
QUEUED_FOR = timedelta(seconds=50)


def hear_from(process: str, now: datetime | None = None) -> None:
    """Note that a process of this kind lives."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(process=process, seen_at=now or timezone.now())],
        update_conflicts=True,
        update_fields=["seen_at"],
        unique_fields=["process"],
    )


@transaction.atomic
def tick(now: datetime | None = None) -> list[str]:
    """Queue what is due and return its names. Rows another tick holds are left to it; what was queued is left alone for a while."""
    now = now or timezone.now()
    hear_from("worker", now)
    known = all_periodic()
    _make_rows(known, now)
    waits = Q(queued_at__isnull=True) | Q(queued_at__lt=now - QUEUED_FOR) | Q(queued_at__lt=F("finished_at"))
    overlapping = Q(name__in=[name for name, work in known.items() if work.may_overlap])
    rows = PeriodicRun.objects.filter(waits, overlapping | _idle(now), name__in=known, due_at__lte=now)
    due = list(locked(rows, skip_locked=True))
    for row in due:
        row.queued_at = now
        enqueue("jobs.run_periodic", name=row.name)
    PeriodicRun.objects.bulk_update(due, ["queued_at"])
    return [row.name for row in due]


def run_periodic(name: str, now: datetime | None = None) -> str | None:
    """Run the work called `name` if it is due and nobody runs it; return its line, None when there was nothing to do."""
    now = now or timezone.now()
    work = all_periodic().get(name)
    if work is None or not _claim(work, now):
        return None
    try:
        line, ok = str(work.run() or ""), True
    except Exception as error:  # the row carries the failure; the next try is the tick's business
        log.exception("periodic work %s failed", name)
        line, ok = f"{type(error).__name__}: {error}", False
    _note_end(work, line, ok=ok)
    return line


def _make_rows(known: dict[str, Periodic], now: datetime) -> None:
    """Give new work its row: what runs each N minutes is due at once, daily work at its next time."""
    there = set(PeriodicRun.objects.filter(name__in=known).values_list("name", flat=True))
    zone = department_zone()
    PeriodicRun.objects.bulk_create(
        [
            PeriodicRun(
                name=name,
                due_at=now if isinstance(work.rhythm, Each) else work.rhythm.next_after(now, zone),
            )
            for name, work in known.items()
            if name not in there
        ],
        ignore_conflicts=True,
    )


def _idle(now: datetime) -> Q:
    """Return the condition for work that nobody runs, or whose worker died."""
    return (
        Q(started_at__isnull=True) | Q(finished_at__gte=F("started_at")) | Q(started_at__lt=now - DEAD_AFTER)
    )


def _claim(work: Periodic, now: datetime) -> bool:
    """Take the work: from now on it is not due; only work that may overlap is due again before this run has ended."""
    idle = Q() if work.may_overlap else _idle(now)
    due_again = work.rhythm.next_after(now, department_zone()) if work.may_overlap else F("due_at")
    claimed = PeriodicRun.objects.filter(idle, name=work.name, due_at__lte=now).update(
        started_at=now, finished_at=None, failures=F("failures") + 1, due_at=due_again
    )
    return bool(claimed)


def _note_end(work: Periodic, line: str, *, ok: bool) -> None:
    now = timezone.now()
    regular = work.rhythm.next_after(now, department_zone())
    row = PeriodicRun.objects.get(name=work.name)
    row.finished_at = max(now, row.started_at or now)
    row.ok, row.result = ok, line[:500]
    row.due_at = regular if ok else retry_at(now, row.failures, regular)
    row.failures = 0 if ok else row.failures
    row.save(update_fields=["finished_at", "ok", "result", "due_at", "failures"])
