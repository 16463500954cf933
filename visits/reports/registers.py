"""What visit reports give to the frames below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kam.audit.records import register_words
from kam.audit.registry import register_act
from kam.demo.registry import register_part
from kam.notes.registry import register_links
from kam.today.registry import Section, register_section
from kam.today.terms import Exit
from kam.users.terms import SELLERS
from kam.webhooks.registry import register_event
from visits.reports.demo import play_reports
from visits.reports.labels import FIELD_LABELS, shown
from visits.reports.models import VisitReport
from visits.reports.rules import SPEC_OF
from visits.reports.selectors import UNREPORTED, report_links, text_of_unreported, unreported

register_event("visits.report.submitted")


def _read(name: str, value: Any) -> str | None:
    return shown(SPEC_OF[name], value) if name in SPEC_OF else None


register_act("visits.report.submitted", _("Visit report handed in"))
register_words(VisitReport, label=FIELD_LABELS.get, text=_read)
register_links("report", report_links)
register_part(70, "reports", play_reports)
register_section(
    Section(
        key="visits_unreported",
        label=_("Visits without report"),
        order=150,
        slots=(Exit.TODAY, Exit.FOLLOWUP),
        positions=SELLERS,
        collect=unreported,
        asks=(UNREPORTED,),
        template="visits/reports/_today.html",
        text=text_of_unreported,
    )
)
