"""Entry points of the worker."""

from celery import shared_task

from kam.webhooks.services import tell_all


@shared_task(name="webhooks.tell")
def tell() -> None:
    """Tell what is due; the row says when to try again."""
    tell_all()
