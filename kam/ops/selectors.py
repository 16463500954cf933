"""What the health pages and the operations page tell."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from kam.jobs.models import Heartbeat
from kam.outbox.models import Message
from kam.outbox.terms import MessageState

#: Older than this, a process counts as silent, and a planned message as stuck (R-28).
SILENT_AFTER = timedelta(minutes=5)
#: Of the disk that holds media; below it nothing new should be stored.
FREE_DISK_PERCENT = 10


@dataclass(frozen=True, slots=True)
class Readiness:
    """Part → right or not; strangers get the names only."""

    parts: dict[str, bool]

    @property
    def ready(self) -> bool:
        return all(self.parts.values())


def readiness() -> Readiness:
    """Ask database, migrations, scheduler, worker, outbox and disk."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select pg_is_in_recovery()")
            writable = not cursor.fetchone()[0]
        beats = dict(Heartbeat.objects.values_list("process", "seen_at"))
        parts = {
            "database": writable,
            "migrations": not MigrationExecutor(connection).migration_plan(_leaves()),
            "scheduler": _heard_from(beats, "scheduler"),
            "worker": _heard_from(beats, "worker"),
            "outbox": not stuck_messages(),
        }
    except DatabaseError:
        parts = {"database": False}
    return Readiness(parts | {"disk": free_disk_percent() >= FREE_DISK_PERCENT})


def stuck_messages() -> int:
    """Count messages that should have left some minutes ago and were never tried."""
    return Message.objects.filter(
        state=MessageState.PLANNED, attempts=0, next_at__lt=timezone.now() - SILENT_AFTER
    ).count()


def free_disk_percent() -> int:
    """Return how much of the disk that holds uploads is free."""
    folder = settings.MEDIA_ROOT if settings.MEDIA_ROOT.exists() else settings.BASE_DIR
    usage = shutil.disk_usage(folder)
    return int(usage.free * 100 / usage.total)


def _leaves() -> list[tuple[str, str]]:
    return list(MigrationExecutor(connection).loader.graph.leaf_nodes())


def _heard_from(beats: dict[str, datetime], process: str) -> bool:
    seen = beats.get(process)
    return seen is not None and seen > timezone.now() - SILENT_AFTER
