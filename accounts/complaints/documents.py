"""The complaint record and the cooperation evaluation report as paper."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from accounts.complaints.models import Complaint, CooperationReport, Crisis, CrisisStep
from accounts.complaints.registry import Part, evaluation_parts
from accounts.complaints.selectors import crisis_of, steps_of
from accounts.units.models import KeyAccount
from kam.approvals.snapshots import spoken
from kam.core.periods import Period
from kam.pdf.services import Sheet


@dataclass(frozen=True, slots=True)
class ComplaintRecord:
    """What the record prints."""

    complaint: Complaint
    crisis: Crisis | None
    steps: list[CrisisStep]
    statements: list[Any]


def complaint_record(complaint: Complaint, *, language: str) -> Sheet:
    """Return the complaint record with the crisis, where there was one."""
    crisis = crisis_of(complaint)
    with override(language):
        content = ComplaintRecord(
            complaint,
            crisis,
            steps_of(crisis) if crisis else [],
            list(crisis.statements.select_related("by")) if crisis else [],
        )
        return Sheet(
            "complaint_record",
            {"told": content, "complaint": complaint},
            _("Complaint record: %(name)s") % {"name": complaint.unit.name},
            complaint.number,
            "accounts.complaint_record",
            language=language,
            signatures=(_("Handled by"), _("Judged by"), pgettext("signature", "Customer")),
        )


def cooperation_report(unit: KeyAccount, period: Period, *, language: str) -> Sheet:
    """Return the evaluation of the cooperation in a period, from what the rooms count."""
    with override(language):
        parts: list[Part] = evaluation_parts(unit, period)
        return Sheet(
            "cooperation_report",
            {"unit": unit, "period": period, "parts": parts},
            _("Cooperation evaluation report: %(name)s") % {"name": unit.name},
            f"HZ-{unit.pk:05d}-{period.first:%Y%m%d}-{period.last:%Y%m%d}",
            "accounts.cooperation_report",
            language=language,
            signatures=(_("Filled in by"), _("Key-account manager"), _("Director")),
        )


def written_report(report: CooperationReport, *, language: str) -> Sheet:
    """Return a written report: the figures as they stood that day, and what its writer says."""
    with override(language):
        return Sheet(
            "cooperation_report",
            {
                "unit": report.unit,
                "period": Period(report.first_on, report.last_on),
                "parts": spoken(report.parts, language),
                "report": report,
            },
            _("Cooperation evaluation report: %(name)s") % {"name": report.unit.name},
            report.number,
            "accounts.cooperation_report",
            language=language,
            signatures=(_("Filled in by"), _("Key-account manager"), _("Director")),
        )
