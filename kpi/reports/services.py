"""Keeping, sharing, dropping and scheduling reports; sending them, computed for each recipient by their own rights."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from kam.audit.services import record
from kam.calendar.selectors import is_working_day
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.core.sentences import sentence
from kam.outbox.services import post
from kam.users.models import Team, User
from kpi.reports.models import MAX_QUERY, ReportDelivery, ReportSchedule, SavedReport, ScheduleRecipient
from kpi.reports.permissions import can_open_reports
from kpi.reports.rules import next_day
from kpi.reports.selectors import Asked, schedules_due
from kpi.reports.terms import Delivered, Rhythm, Sharing
from kpi.reports.texts import letter_of

log = logging.getLogger(__name__)

MAX_REPORTS = 50
MAX_RECIPIENTS = 50


@transaction.atomic
def save_report(asked: Asked, *, name: str, sharing: Sharing, team: Team | None, by: User) -> SavedReport:
    """Keep a report under a name of one's own."""
    if len(asked.query) > MAX_QUERY:
        raise BusinessError(_("These conditions are too long."), code="too_long")
    locked(User.objects.filter(pk=by.pk)).get()
    if SavedReport.objects.filter(owner=by).count() >= MAX_REPORTS:
        raise BusinessError(_("You keep 50 reports; drop one first."), code="too_many")
    try:
        with transaction.atomic():
            report = SavedReport.objects.create(
                owner=by, name=name, source=asked.source.key, query=asked.query, sharing=sharing,
                team=team if sharing is Sharing.TEAM else None,
            )  # fmt: skip
    except IntegrityError as error:
        raise BusinessError(_("You have a report of this name."), code="name_taken", field="name") from error
    told = {"name": (None, name), "sharing": (None, sharing.value), "query": (None, report.query)}
    record("kpi.report.saved", report, by=by, changes=told)
    return report


@transaction.atomic
def drop_report(report: SavedReport, *, by: User) -> None:
    """Forget a report, and with it whom it goes to."""
    row = locked(SavedReport.objects.filter(pk=report.pk)).get()
    record("kpi.report.dropped", row, by=by, changes={"name": (row.name, None)})
    row.delete()


@dataclass(frozen=True, slots=True)
class Timing:
    """How often, and on which weekday or day of the month."""

    rhythm: Rhythm
    place: int = 1


@transaction.atomic
def schedule_report(report: SavedReport, timing: Timing, *, to: Sequence[User], by: User) -> ReportSchedule:
    """Send a report again and again; who stopped it is not put back by this."""
    if not 1 <= len(to) <= MAX_RECIPIENTS:
        raise BusinessError(_("Name one to 50 recipients."), code="recipients", field="to")
    row = locked(SavedReport.objects.filter(pk=report.pk)).get()
    values = {
        "rhythm": timing.rhythm,
        "place": timing.place,
        "next_on": next_day(timing.rhythm, timing.place, business_date()),
    }
    schedule, _made = ReportSchedule.objects.update_or_create(report=row, defaults=values)
    schedule.to.exclude(user__in=to).filter(stopped_at=None).delete()
    people = [ScheduleRecipient(schedule=schedule, user=user) for user in to]
    ScheduleRecipient.objects.bulk_create(people, ignore_conflicts=True)
    told = {"rhythm": (None, str(timing.rhythm)), "to": (None, ", ".join(user.staff_number for user in to))}
    record("kpi.report.scheduled", row, by=by, changes=told)
    return schedule


@transaction.atomic
def end_schedule(report: SavedReport, *, by: User) -> None:
    """Send a report no more: the owner for everybody, a recipient for oneself."""
    row = locked(SavedReport.objects.filter(pk=report.pk)).get()
    if row.owner_id == by.pk:
        ended, _kinds = ReportSchedule.objects.filter(report=row).delete()
    else:
        mine = ScheduleRecipient.objects.filter(schedule__report=row, user=by, stopped_at=None)
        ended = mine.update(stopped_at=timezone.now())
    if not ended:
        raise BusinessError(_("This report is not sent to you."), code="not_sent")
    record("kpi.report.stopped", row, by=by)


class ReportsFailedError(RuntimeError):
    """Some of the reports that were due could not be made; the others went out."""


def send_due() -> str:
    """Send everything that is due today, each schedule in a transaction of its own; the daily work.

    A report that fails by a fault stops none after it. It stays due, and the work fails at the end, so that it is tried again and seen.
    """
    today = business_date()
    sent, failed = [], []
    for pk in schedules_due(today):
        try:
            sent.append(send_schedule(pk, today))
        except Exception:  # whatever it is, those after it have nothing to do with it
            log.exception("schedule %s of a report failed", pk)
            failed.append(pk)
    if failed:
        told = ", ".join(map(str, failed))
        raise ReportsFailedError(f"{len(sent)} reports, {sum(sent)} mails; failed: schedules {told}")
    return sentence(gettext_noop("%(reports)s reports, %(mails)s mails"), reports=len(sent), mails=sum(sent))


@transaction.atomic
def send_schedule(schedule_id: int, today: date) -> int:
    """Post one report to its recipients, and move it on to its next day; twice on a day posts once."""
    rows = ReportSchedule.objects.filter(pk=schedule_id, next_on__lte=today).select_related("report")
    schedule = locked(rows, skip_locked=True).first()
    if schedule is None:
        return 0
    rhythm = Rhythm(schedule.rhythm)
    is_skipped = rhythm is Rhythm.DAILY and not is_working_day(today)
    people = [] if is_skipped else list(schedule.to.filter(stopped_at=None).select_related("user"))
    sent = sum(_deliver(schedule, one.user, today) for one in people)
    schedule.next_on = next_day(rhythm, schedule.place, today)
    schedule.save(update_fields=["next_on"])
    return sent


def _deliver(schedule: ReportSchedule, user: User, today: date) -> bool:
    """Post to one recipient what their own rights show; say what became of it."""
    delivery, is_new = ReportDelivery.objects.get_or_create(
        schedule=schedule, user=user, on=today, defaults={"state": Delivered.SENT}
    )
    if not is_new:
        return False
    delivery.state = _post(schedule, user, today)
    delivery.save(update_fields=["state"])
    return delivery.state == Delivered.SENT


def _post(schedule: ReportSchedule, user: User, today: date) -> Delivered:
    if not can_open_reports(user):
        return Delivered.NO_RIGHT
    letter = letter_of(schedule.report, user)
    if letter is None:
        return Delivered.NO_RIGHT
    subject, text = letter
    key = f"report:{schedule.pk}:{today.isoformat()}:{user.pk}"
    message = post(key=key, to=user, kind="report", subject=subject, text=text)
    return Delivered.SENT if message is not None else Delivered.NO_ADDRESS
