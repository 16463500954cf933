"""Entry points of the worker."""

from celery import shared_task

from accounts.imports import services_wizard
from kam.audit.context import system


@shared_task(name=services_wizard.TASK, acks_late=True)
def write_import(*, job_id: int) -> bool:
    """Write the units of a checked file."""
    with system(services_wizard.TASK):
        return services_wizard.write(job_id=job_id)
