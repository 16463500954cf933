"""Beat without a schedule file: what is due is in the database, so nothing can be lost with it (R-23)."""

import logging
import time
from datetime import timedelta
from typing import Any

from celery.beat import ScheduleEntry, Scheduler
from django.db import DatabaseError, close_old_connections

from kam.jobs.tick import hear_from

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 20
LONG_AGO = timedelta(hours=1)


class TickScheduler(Scheduler):
    """Sends the tick at once and then each minute, and says that it lives."""

    _heard_at = 0.0

    def setup_schedule(self) -> None:
        super().setup_schedule()
        for entry in self.schedule.values():
            self._make_due(entry)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        if time.monotonic() - self._heard_at >= HEARTBEAT_SECONDS:
            self._heard_at = time.monotonic()
            self._say_alive()
        return min(float(super().tick(*args, **kwargs)), float(HEARTBEAT_SECONDS))

    def _make_due(self, entry: ScheduleEntry) -> None:
        if entry.last_run_at is not None:
            entry.last_run_at -= LONG_AGO

    def _say_alive(self) -> None:
        try:
            close_old_connections()
            hear_from("scheduler")
        except DatabaseError as error:
            log.warning("database away, the scheduler goes on: %s", error)
