"""Handing work to Celery after commit. A lost message is no loss: sweepers find the rows (R-18)."""

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError as BrokerError

log = logging.getLogger(__name__)


def enqueue(task: str, **ids: int | str) -> None:
    """Send `task` with `ids` after the transaction commits; a broker that is away is logged, never raised (R-25)."""
    transaction.on_commit(lambda: _send(task, ids), robust=True)


def _send(task: str, ids: dict[str, int | str]) -> None:
    try:
        current_app.send_task(task, kwargs=ids, retry=False, ignore_result=True)
    except (BrokerError, OSError) as error:
        log.warning("broker away, %s waits for its sweeper: %s", task, error)
