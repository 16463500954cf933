"""What visit reports give to the frames below."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.notes.registry import register_link
from visits.reports.selectors import report_link

register_act("visits.report.submitted", _("Visit report handed in"))
register_link("report", report_link)
