"""Entry points of the worker."""

from celery import shared_task

from kam.outbox.delivery import deliver_due


@shared_task(name="outbox.deliver")
def deliver() -> None:
    """Send what is due; no Celery retry: the row says when to try again."""
    deliver_due()
