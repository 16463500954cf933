"""Entry points of the worker."""

from celery import shared_task

from kam.audit.context import system
from kam.lists import exports, files


@shared_task(name=exports.TASK)
def write_export(*, job_id: int) -> None:
    """Write a long file."""
    with system(exports.TASK):
        files.write_export(job_id)
