"""The acts on sponsorships. What persons receive stands in the register from asking on, the cost on the line from the approval on; the report settles both."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.budgets import services as budgets
from campaigns.budgets.models import BudgetLine
from campaigns.budgets.rules import missing
from campaigns.budgets.selectors import balance_on
from campaigns.budgets.services.ledger import lock_line, refusal
from campaigns.integrity import services as integrity
from campaigns.integrity.services import NO_EXCUSE, Excuse, Value
from campaigns.integrity.terms import BenefitKind
from campaigns.outlets.models import Outlet
from campaigns.sponsorships.labels import FIELDS, PROBLEMS
from campaigns.sponsorships.models import Recipient, Sponsorship
from campaigns.sponsorships.rules import persons_problem
from campaigns.sponsorships.terms import SPONSORSHIP_MOVES, Problem, SponsorshipKind, SponsorshipState
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.numbers import next_number
from kam.core.sentences import sentence
from kam.core.transitions import ensure_transition
from kam.notes.terms import SourceKey
from kam.users.models import User
from kam.users.scopes import team_of

SUBJECT = "sponsorship_request"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked. `more` holds organiser, place, products given, publicity; `excuse` what compliance is told."""

    kind: SponsorshipKind
    title: str
    on: date
    until: date
    purpose: str
    estimate: Decimal
    line: BudgetLine
    unit: KeyAccount | None = None
    outlet: Outlet | None = None
    people: Sequence[Person] = ()
    benefit_kind: BenefitKind | None = None
    each: Decimal | None = None
    excuse: Excuse = NO_EXCUSE
    more: dict[str, Any] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        to_persons = bool(self.people)
        return {
            "kind": self.kind,
            "title": self.title,
            "unit": self.unit,
            "outlet": self.outlet,
            "on": self.on,
            "until": self.until,
            "purpose": self.purpose,
            "estimate_amount": self.estimate,
            "line": self.line,
            "benefit_kind": self.benefit_kind or "" if to_persons else "",
            "each_amount": self.each if to_persons else None,
            "compliance_reason": self.excuse.reason,
            "basis_document": self.excuse.basis,
            "employer_document": self.excuse.employer,
            **self.more,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it: who received, what it cost, how many people it reached."""

    received: Collection[int]
    amount: Decimal
    document: str
    result: str
    visitors: int | None = None
    over_reason: str = ""


def values_of(row: Sponsorship, people: Sequence[Person]) -> list[Value]:
    """Return what each person receives; all the same."""
    if row.each_amount is None:
        return []
    text = sentence(gettext_noop("Sponsorship %(number)s"), number=row.number)
    kind = BenefitKind(row.benefit_kind)
    return [Value(person, kind, row.each_amount, row.on, text) for person in people]


@transaction.atomic
def ask_sponsorship(asked: Asked, *, by: User) -> Sponsorship:
    """Write the request, enter in the register what persons receive, hand it in."""
    _check(asked)
    row = Sponsorship.objects.create(
        number=next_number(Sponsorship, "ZZ", business_date().year),
        asked_by=by,
        asked_on=business_date(),
        team=asked.unit.team if asked.unit else team_of(by),
        **asked.columns(),
    )
    _enter(row, asked.people, by)
    record("campaigns.sponsorship.pending", row, by=by, changes={"amount": (None, row.estimate_amount)})
    approvals.submit(SUBJECT, row, by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def ask_again(sponsorship: Sponsorship, asked: Asked, *, by: User, version: int) -> Sponsorship:
    """Write a returned request anew and hand it in again."""
    row = _lock(sponsorship)
    if row.version != version:
        raise ConflictError(_("Somebody changed this request meanwhile. Look at it again."), code="stale")
    _check(asked)
    before, columns = row.estimate_amount, asked.columns()
    for name, value in columns.items():
        setattr(row, name, value)
    _set(row, SponsorshipState.PENDING, by, *columns)
    row.recipients.all().delete()
    _enter(row, asked.people, by)
    if before != row.estimate_amount:
        changes = {"amount": (before, row.estimate_amount)}
        record("campaigns.sponsorship.changed", row, by=by, changes=changes)
    approvals.submit(SUBJECT, row, by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def approve_sponsorship(sponsorship: Sponsorship, by: User) -> None:
    """Approved: the line holds the estimate."""
    row = _lock(sponsorship)
    held = budgets.reserve(row.line, row.estimate_amount, source=source_of(row), by=by, text=row.title[:200])
    row.reservation_id = held.entry_id
    _set(row, SponsorshipState.APPROVED, by, "reservation")


@transaction.atomic
def return_sponsorship(sponsorship: Sponsorship, by: User) -> None:
    """Back to whoever asked; the register is free of it until it is handed in again."""
    row = _lock(sponsorship)
    _free(row, by, sentence(gettext_noop("request returned")))
    _set(row, SponsorshipState.RETURNED, by)


@transaction.atomic
def close_sponsorship(sponsorship: Sponsorship, by: User, *, state: SponsorshipState) -> None:
    """Rejected or withdrawn: final."""
    row = _lock(sponsorship)
    _free(row, by, sentence(gettext_noop("request closed without a sponsorship")))
    _set(row, state, by)


@transaction.atomic
def cancel_sponsorship(sponsorship: Sponsorship, *, reason: str, by: User) -> Sponsorship:
    """It does not take place: line and register get back what it held."""
    row = _lock(sponsorship)
    row.end_reason = reason
    _set(row, SponsorshipState.CANCELLED, by, "end_reason")
    assert row.reservation is not None  # noqa: S101 -- a constraint: what is approved holds its money
    budgets.release(row.reservation, by=by, text=reason)
    _free(row, by, reason)
    return row


@transaction.atomic
def report_sponsorship(sponsorship: Sponsorship, report: Report, *, by: User) -> Sponsorship:
    """The report closes it: the register keeps who received, the line pays what it cost."""
    row = _lock(sponsorship)
    ensure_transition(SponsorshipState(row.state), SponsorshipState.REPORTED, SPONSORSHIP_MOVES)
    if row.on > business_date():
        raise BusinessError(_("This day has not come yet."), code="future")
    _settle(row, report, by)
    assert row.reservation is not None  # noqa: S101 -- a constraint: what is approved holds its money
    text = f"{report.document} {row.title}"
    source, why = source_of(row), report.over_reason
    paid = budgets.spend(row.reservation, report.amount, source=source, by=by, text=text, why=why)
    row.payment_id, row.actual_amount, row.document = paid.entry_id, report.amount, report.document
    row.result, row.visitors = report.result, report.visitors
    row.reported_on, row.reported_by = business_date(), by
    columns = ("payment", "actual_amount", "document", "result", "visitors", "reported_on", "reported_by")
    _set(row, SponsorshipState.REPORTED, by, *columns)
    return row


def source_of(sponsorship: Sponsorship) -> SourceKey:
    return SourceKey.of("sponsorship", sponsorship.pk, sponsorship.number)


def _check(asked: Asked) -> None:
    """Refuse what cannot be asked: days in the wrong order, persons and money that do not fit, a line without the money."""
    if asked.until < asked.on:
        raise BusinessError(_("The last day lies before the first."), code="order", field="until")
    if asked.outlet is not None and (asked.unit is None or asked.outlet.unit_id != asked.unit.pk):
        raise BusinessError(_("This outlet belongs to another unit."), code="outlet", field="outlet")
    if any(asked.unit is None or person.unit_id != asked.unit.pk for person in asked.people):
        raise BusinessError(_("This person belongs to another unit."), code="unit", field="people")
    problem = persons_problem(asked.kind, len(asked.people), asked.each, asked.estimate)
    if problem is None and asked.people and asked.benefit_kind is None:
        problem = Problem.NOTHING
    if problem is not None:
        raise BusinessError(PROBLEMS[problem], code=problem, field=FIELDS[problem])
    line = lock_line(asked.line.pk)
    balance = balance_on(line)
    if lacking := missing(balance, asked.estimate):
        error = refusal(line, balance, asked.estimate, lacking)
        error.field = "line"
        raise error


def _enter(row: Sponsorship, people: Sequence[Person], by: User) -> None:
    excuse = Excuse(row.compliance_reason, row.basis_document, row.employer_document)
    found = integrity.reserve(values_of(row, people), giver=by, source=source_of(row), excuse=excuse)
    for person, benefit in zip(people, found, strict=True):
        Recipient.objects.create(sponsorship=row, person=person, benefit=benefit)


def _settle(row: Sponsorship, report: Report, by: User) -> None:
    """Book what each person received; who received nothing is freed."""
    recipients = list(row.recipients.select_related("person__unit", "benefit__giver"))
    given = [one for one in recipients if one.person_id in report.received]
    kind = SponsorshipKind(row.kind)
    problem = persons_problem(kind, len(given), row.each_amount if given else None, report.amount)
    if problem is not None:
        field_name = "received" if problem is Problem.NOBODY else "amount"
        raise BusinessError(PROBLEMS[problem], code=problem, field=field_name)
    for one in recipients:
        assert one.benefit is not None  # noqa: S101 -- everybody named stands in the register
        one.received = one in given
        one.save(update_fields=["received"])
        if one.received:
            integrity.give(one.benefit, by=by, on=row.on)
        else:
            integrity.free(one.benefit, by=by, reason=sentence(gettext_noop("received nothing")))


def _free(row: Sponsorship, by: User, reason: str) -> None:
    for one in row.recipients.select_related("benefit"):
        if one.benefit is not None:
            integrity.free(one.benefit, by=by, reason=reason)
            one.benefit = None
            one.save(update_fields=["benefit"])


def _lock(sponsorship: Sponsorship) -> Sponsorship:
    rows = Sponsorship.objects.select_related("line", "reservation")
    return locked(rows.filter(pk=sponsorship.pk)).get()


def _set(row: Sponsorship, state: SponsorshipState, by: User, *fields: str) -> None:
    ensure_transition(SponsorshipState(row.state), state, SPONSORSHIP_MOVES)
    before, row.state = row.state, state
    row.version += 1
    row.save(update_fields=["state", *fields, "version"])
    record(f"campaigns.sponsorship.{state.value}", row, by=by, changes={"state": (before, state.value)})
