"""What visit reports give to the frames below."""

from django.utils.translation import gettext_lazy as _

from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.notes.registry import register_link
from kam.today.registry import Section, register_section
from kam.today.terms import Exit
from kam.users.terms import SELLERS
from visits.reports.demo import play_reports
from visits.reports.selectors import report_link, text_of_unreported, unreported

register_act("visits.report.submitted", _("Visit report handed in"))
register_link("report", report_link)
register_part(70, "reports", play_reports)
register_section(
    Section(
        key="visits_unreported",
        label=_("Visits without report"),
        order=150,
        slots=(Exit.TODAY, Exit.FOLLOWUP),
        positions=SELLERS,
        collect=unreported,
        template="visits/reports/_today.html",
        text=text_of_unreported,
    )
)
