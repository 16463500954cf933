"""The cooperation evaluation report is written: its figures are kept as they stood, in every language."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.complaints.models import CooperationReport
from accounts.complaints.registry import evaluation_parts
from accounts.complaints.rules import report_problem
from accounts.units.models import KeyAccount
from accounts.units.services import mark_dirty
from kam.approvals.snapshots import merge, plain
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.numbers import next_number
from kam.core.periods import Period
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the writer says: a mark, the experience of each role, what to improve, what is needed next."""

    score: int
    experience: str
    issues: str = ""
    needs: str = ""


@transaction.atomic
def write_report(
    unit: KeyAccount, days: tuple[date, date], told: Evaluation, *, by: User
) -> CooperationReport:
    """Write the report of a period that is over, or runs until today."""
    today = business_date()
    first, last = days
    problem = report_problem(first, last, today)
    if problem is not None:
        words = {"order": _("The last day lies before the first."), "future": _("This day is still to come.")}
        raise BusinessError(words[problem], code=problem, field="last_on")
    row = CooperationReport.objects.create(
        number=next_number(CooperationReport, "HZ", today.year),
        unit=unit,
        first_on=first,
        last_on=last,
        written_on=today,
        score=told.score,
        experience=told.experience,
        issues=told.issues,
        needs=told.needs,
        parts=_figures(unit, Period(first, last)),
        by=by,
    )
    record("accounts.cooperation.reported", row, by=by, changes={"score": (None, told.score)})
    mark_dirty(unit.pk)
    return row


def _figures(unit: KeyAccount, period: Period) -> object:
    """Return the parts of the report as JSON, each text in all languages."""
    told = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            parts = evaluation_parts(unit, period)
            told[language] = plain(
                [[str(head), [[str(label), value] for label, value in rows]] for head, rows in parts]
            )
    return merge(told)
