"""Entry points of the worker."""

from celery import shared_task

from kam.audit.context import system
from kam.jobs import tick as ticks


@shared_task(name="jobs.tick")
def tick() -> None:
    """Look what is due."""
    ticks.tick()


@shared_task(name="jobs.run_periodic")
def run_periodic(*, name: str) -> None:
    """Run one periodic work."""
    with system(name):
        ticks.run_periodic(name)
