"""What the roll-up gives to the frames: its work of every minute."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kam.jobs.registry import periodic
from kpi.rollup.services import keep_ready

periodic(
    "kpi.rollup", every=timedelta(minutes=1), run=keep_ready, label=_("Figures of dashboards added up again")
)
