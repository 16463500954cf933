"""The follow-up form as paper (Appendix 1, form 7)."""

from dataclasses import asdict, dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from kam.pdf.services import Sheet
from kam.users.models import User
from visits.followups.models import FollowUp, FollowUpRow


@dataclass(frozen=True, slots=True)
class RowLine:
    unit: str
    done: str
    problems: str
    result: str
    intention: str
    next_step: str
    help: str


@dataclass(frozen=True, slots=True)
class FollowUpDocument:
    """One person's form of one day."""

    person: str
    team: str
    day: str
    handed_in: str
    rows: tuple[RowLine, ...]
    summary: str
    problems: str
    tomorrow: str
    further_plan: str


def followup_sheet(form: FollowUp, *, by: User) -> Sheet:
    """Return the form as a sheet in the reader's language."""
    with override(by.language):
        document = FollowUpDocument(
            person=form.user.name,
            team=form.team.name if form.team else "",
            day=date_format(form.day, "DATE_FORMAT"),
            handed_in=_moment(form),
            rows=tuple(_line(row) for row in form.rows.all()),
            summary=form.summary,
            problems=form.problems,
            tomorrow=form.tomorrow,
            further_plan=form.further_plan,
        )
        return Sheet(
            "follow_up",
            asdict(document),
            title=_("Key-account follow-up form"),
            number=f"GJ-{form.day:%Y%m%d}-{form.user.staff_number}",
            kind="visits.followup",
            language=by.language,
            landscape=True,
            signatures=(_("Filled in by"), _("Key-account manager")),
        )


def _moment(form: FollowUp) -> str:
    if form.submitted_at is None:
        return ""
    return date_format(timezone.localtime(form.submitted_at), "Y-m-d H:i", use_l10n=False)


def _line(row: FollowUpRow) -> RowLine:
    step = [row.next_step]
    if row.next_step_on:
        step.append(date_format(row.next_step_on, "SHORT_DATE_FORMAT"))
    if row.next_step and row.next_step_owner:
        step.append(row.next_step_owner.name)
    help_ = f"{row.help_wanted} · {row.help_from.name}" if row.help_wanted and row.help_from else ""
    return RowLine(
        unit=row.unit.name,
        done=row.done,
        problems=row.problems,
        result=row.result,
        intention=str(row.get_intention_display()) if row.intention else "",
        next_step=" ".join(step),
        help=help_,
    )
