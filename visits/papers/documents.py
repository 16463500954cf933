"""Daily report and contact sheet as paper (Appendix 1, forms 4 and 2)."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from kam.pdf.services import Sheet
from kam.users.models import User
from visits.papers.selectors import ContactSheet, DailyReport

#: Reports of earlier days keep the prefix that their signed papers bear; it is the rebates' own.
_OWN_PREFIX_FROM = date(2026, 12, 1)


def daily_number(report: DailyReport) -> str:
    """Return the number of a daily report, the same whenever it is printed."""
    prefix = "DR" if report.day >= _OWN_PREFIX_FROM else "RB"
    return f"{prefix}-{report.day:%Y%m%d}-{report.person.staff_number}"


def daily_sheet(report: DailyReport, *, by: User) -> Sheet:
    """Return the daily report as a sheet."""
    with override(by.language):
        return Sheet(
            "daily_report",
            {"report": report, "day": date_format(report.day, "DATE_FORMAT")},
            title=_("Customer visit daily report"),
            number=daily_number(report),
            kind="visits.daily_report",
            language=by.language,
            landscape=True,
            signatures=(_("Filled in by"), _("Key-account manager")),
        )


def contact_paper(sheet: ContactSheet, *, by: User) -> Sheet:
    """Return the week's contact sheet as a sheet."""
    year, week, _weekday = sheet.week.first.isocalendar()
    with override(by.language):
        return Sheet(
            "contact_sheet",
            {"sheet_": sheet, "first": sheet.week.first, "last": sheet.week.last},
            title=_("Customer contact sheet"),
            number=f"LL-{year}W{week:02d}-{sheet.person.staff_number}",
            kind="visits.contact_sheet",
            language=by.language,
            landscape=True,
            signatures=(_("Filled in by"), _("Key-account manager")),
        )
