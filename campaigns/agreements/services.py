"""The acts on long-term agreements, and the daily look for those that end."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.units.models import KeyAccount
from accounts.units.services import mark_dirty
from campaigns.agreements.labels import PROBLEMS
from campaigns.agreements.models import Agreement
from campaigns.agreements.rules import Problem, end_problem, term_problem
from campaigns.agreements.terms import NOTICE_DAYS
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.core.errors import BusinessError, ConflictError
from kam.core.house import house_words
from kam.core.locks import locked
from kam.core.numbers import next_number
from kam.core.sentences import sentence
from kam.files import services as files
from kam.notes.services import add_task
from kam.notes.terms import SourceKey
from kam.settings_rows.selectors import setting
from kam.users.models import User

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

FILES = "campaigns.agreement"


@dataclass(frozen=True, slots=True)
class Paper:
    """What was agreed."""

    title: str
    starts_on: date
    ends_on: date
    signed_on: date
    terms: str
    amount: Decimal | None = None


@transaction.atomic
def record_agreement(
    unit: KeyAccount,
    paper: Paper,
    *,
    by: User,
    renews: Agreement | None = None,
    upload: "UploadedFile[Any] | None" = None,
) -> Agreement:
    """Write down a signed agreement; one that renews another begins after it, and each is renewed once."""
    if renews is not None:
        renews = _renewable(renews)
    follows = renews.ends_on if renews is not None else None
    _refuse(
        term_problem(
            starts_on=paper.starts_on,
            ends_on=paper.ends_on,
            signed_on=paper.signed_on,
            today=business_date(),
            follows=follows,
        )
    )
    row = _write(unit, paper, renews, by)
    if upload is not None:
        row.file = files.attach(FILES, row.pk, upload, by=by)
        row.save(update_fields=["file"])
    changes = {"starts_on": (None, row.starts_on), "ends_on": (None, row.ends_on)}
    record("campaigns.agreement.recorded", row, by=by, changes=changes)
    mark_dirty(unit.pk)
    return row


def _renewable(agreement: Agreement) -> Agreement:
    row = locked(Agreement.objects.filter(pk=agreement.pk)).get()
    if row.ended_on is not None:
        raise BusinessError(_("It was ended early: record a new agreement."), code="ended")
    return row


def _write(unit: KeyAccount, paper: Paper, renews: Agreement | None, by: User) -> Agreement:
    try:
        with transaction.atomic():
            return Agreement.objects.create(
                number=next_number(Agreement, "XY", business_date().year),
                unit=unit,
                title=paper.title,
                starts_on=paper.starts_on,
                ends_on=paper.ends_on,
                signed_on=paper.signed_on,
                terms=paper.terms,
                amount=paper.amount,
                renews=renews,
                by=by,
            )
    except IntegrityError as error:
        if "renews" not in str(error):
            raise
        raise ConflictError(_("This agreement is renewed already."), code="renewed") from error


@transaction.atomic
def end_agreement(agreement: Agreement, *, on: date, reason: str, by: User, version: int) -> Agreement:
    """End it before its last day, with a reason."""
    row = locked(Agreement.objects.filter(pk=agreement.pk).select_related("unit")).get()
    if row.version != version:
        raise ConflictError(_("Somebody changed this agreement meanwhile. Look at it again."), code="stale")
    if row.ended_on is not None:
        raise BusinessError(_("It is ended already."), code="ended")
    _refuse(end_problem(row.term, on, business_date()))
    row.ended_on, row.end_reason = on, reason
    row.version += 1
    row.save(update_fields=["ended_on", "end_reason", "version"])
    record("campaigns.agreement.ended", row, by=by, changes={"ended_on": (None, on)}, reason=reason)
    mark_dirty(row.unit_id)
    return row


def remind_of_ends() -> str:
    """Give the owner of the unit a task for each agreement that ends within the notice; once an agreement."""
    today = business_date()
    until = today + timedelta(days=int(setting(NOTICE_DAYS)))
    rows = Agreement.objects.to_renew().filter(
        reminded_on__isnull=True, ends_on__lte=until, ends_on__gte=today, unit__owner__is_active=True
    )
    made = sum(_remind(pk, today) for pk in list(rows.order_by("pk").values_list("pk", flat=True)))
    return sentence(gettext_noop("%(n)s agreements to renew"), n=made)


@transaction.atomic
def _remind(pk: int, today: date) -> bool:
    rows = Agreement.objects.to_renew().filter(pk=pk, reminded_on__isnull=True)
    row = locked(rows.select_related("unit__owner"), skip_locked=True).first()
    if row is None or row.unit.owner is None:
        return False
    with house_words():
        told = {"title": row.title, "day": say_day(row.ends_on)}
        text = _("Talk about renewing “%(title)s”: it ends on %(day)s.") % told
    subject = SourceKey.of("accounts.unit", row.unit_id, row.unit.name)
    source = SourceKey.of("agreement", row.pk, row.number)
    add_task(text, assignee=row.unit.owner, by=None, subject=subject, due_on=row.ends_on, source=source)
    row.reminded_on = today
    row.save(update_fields=["reminded_on"])
    return True


def _refuse(problem: Problem | None) -> None:
    if problem is not None:
        field, code = problem
        raise BusinessError(PROBLEMS[code], code=code, field=field)
