"""Periodic work of the ground."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kam.jobs.registry import periodic
from kam.jobs.services import revive
from kam.outbox.delivery import deliver_due

periodic("jobs.revive", every=timedelta(minutes=1), run=revive, label=_("Send lost jobs again"))
# The outbox stands below this room and cannot register itself.
periodic(
    "outbox.deliver",
    every=timedelta(minutes=1),
    run=deliver_due,
    label=_("Send due messages"),
    may_overlap=True,
)
