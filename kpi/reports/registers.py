"""What reports give to the frames: acts, the daily sending, the sources' lists, the demo part."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.jobs.registry import periodic
from kpi.reports import tables, tables_care, tables_staff
from kpi.reports.demo import play_reports
from kpi.reports.services import send_due

__all__ = ["tables", "tables_care", "tables_staff"]  # importing them registers the sources and their lists

register_act("kpi.report.saved", _("Report kept"))
register_act("kpi.report.dropped", _("Report dropped"))
register_act("kpi.report.scheduled", _("Report scheduled"))
register_act("kpi.report.stopped", _("Mails of a report ended"))
periodic("kpi.reports", every="daily 07:10", run=send_due, label=_("Send the reports that are due"))
register_part(97, "kept reports", play_reports)
