"""Periodic work of the ground."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kam.jobs.registry import periodic
from kam.jobs.services import revive

periodic("jobs.revive", every=timedelta(minutes=1), run=revive, label=_("Send lost jobs again"))
