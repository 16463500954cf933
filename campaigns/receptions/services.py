"""The acts on receptions. Shares stand in the register from asking on, the estimate on the line from the approval on; the report settles both."""

from collections.abc import Callable, Collection, Sequence
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
from campaigns.integrity.rules import shares
from campaigns.integrity.services import Excuse, Value
from campaigns.integrity.terms import BenefitKind
from campaigns.receptions.models import Reception, ReceptionGuest
from campaigns.receptions.rules import Share, is_asked_afterwards
from campaigns.receptions.terms import EXCESS_MOVES, RECEPTION_MOVES, ExcessState, ReceptionState
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

SUBJECT, EXCESS = "reception_request", "reception_excess"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: whom we receive, when, why, at what cost. `more` holds itinerary, standard, vehicle, lodging, other guests, staff."""

    unit: KeyAccount
    guests: Sequence[Person]
    arrives_on: date
    leaves_on: date
    purpose: str
    estimate: Decimal
    line: BudgetLine
    reason: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        return {
            "unit": self.unit,
            "arrives_on": self.arrives_on,
            "leaves_on": self.leaves_on,
            "purpose": self.purpose,
            "estimate_amount": self.estimate,
            "line": self.line,
            "compliance_reason": self.reason,
            **self.more,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What happened: who came, what it cost, what came of it."""

    came: Collection[int]
    amount: Decimal
    document: str
    course: str
    result: str
    follow_up: str = ""
    over_reason: str = ""


def values_of(reception: Reception, people: Sequence[Person], amount: Decimal) -> list[Value]:
    """Return each guest's share of the cost; everybody at the table bears one, only the persons of the unit are in the register."""
    heads = len(people) + reception.other_count + reception.staff_count
    text = sentence(gettext_noop("Reception %(number)s"), number=reception.number)
    split = shares(amount, heads)
    return [
        Value(person, BenefitKind.MEAL, split[n], reception.arrives_on, text)
        for n, person in enumerate(people)
    ]


@transaction.atomic
def ask_reception(asked: Asked, *, by: User) -> Reception:
    """Write the request, enter every guest's share in the register, hand it in."""
    _check(asked)
    number = next_number(Reception, "JD", business_date().year)
    row = Reception.objects.create(number=number, asked_by=by, asked_on=business_date(), **asked.columns())
    _invite(row, asked.guests, by)
    record("campaigns.reception.pending", row, by=by, changes={"amount": (None, row.estimate_amount)})
    approvals.submit(SUBJECT, row, by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def ask_again(reception: Reception, asked: Asked, *, by: User, version: int) -> Reception:
    """Write a returned request anew and hand it in again."""
    row = _lock(reception)
    if row.version != version:
        raise ConflictError(_("Somebody changed this request meanwhile. Look at it again."), code="stale")
    _check(asked)
    before = row.estimate_amount
    columns = asked.columns()
    for name, value in columns.items():
        setattr(row, name, value)
    _set(row, ReceptionState.PENDING, by, *columns)
    row.guests.all().delete()
    _invite(row, asked.guests, by)
    if before != row.estimate_amount:
        changes = {"amount": (before, row.estimate_amount)}
        record("campaigns.reception.changed", row, by=by, changes=changes)
    approvals.submit(SUBJECT, row, by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def approve_reception(reception: Reception, by: User) -> None:
    """Approved: the line holds the estimate."""
    row = _lock(reception)
    held = budgets.reserve(
        row.line, row.estimate_amount, source=source_of(row), by=by, text=row.purpose[:200]
    )
    row.reservation_id = held.entry_id
    _set(row, ReceptionState.APPROVED, by, "reservation")


@transaction.atomic
def return_reception(reception: Reception, by: User) -> None:
    """Back to whoever asked; the register is free of it until it is handed in again."""
    row = _lock(reception)
    _free(row, by, sentence(gettext_noop("request returned")))
    _set(row, ReceptionState.RETURNED, by)


@transaction.atomic
def close_reception(reception: Reception, by: User, *, state: ReceptionState) -> None:
    """Rejected or withdrawn: final."""
    row = _lock(reception)
    _free(row, by, sentence(gettext_noop("request closed without a reception")))
    _set(row, state, by)


@transaction.atomic
def cancel_reception(reception: Reception, *, reason: str, by: User) -> Reception:
    """It does not take place: line and register get back what it held."""
    row = _lock(reception)
    row.end_reason = reason
    _set(row, ReceptionState.CANCELLED, by, "end_reason")
    assert row.reservation is not None  # noqa: S101 -- a constraint: what is approved holds its money
    budgets.release(row.reservation, by=by, text=reason)
    _free(row, by, reason)
    return row


@transaction.atomic
def report_reception(reception: Reception, report: Report, *, by: User) -> Reception:
    """The report closes it: who came has the true share in the register, who did not is freed, the line pays what it cost."""
    row = _lock(reception)
    ensure_transition(ReceptionState(row.state), ReceptionState.REPORTED, RECEPTION_MOVES)
    if row.arrives_on > business_date():
        raise BusinessError(_("This day has not come yet."), code="future")
    is_excess = is_asked_afterwards(_settle(row, report, by))
    assert row.reservation is not None  # noqa: S101 -- a constraint: what is approved holds its money
    source, text = source_of(row), f"{report.document} {row.purpose}"
    why = report.over_reason
    paid = budgets.spend(row.reservation, report.amount, source=source, by=by, text=text, why=why)
    row.payment_id, row.actual_amount, row.document = paid.entry_id, report.amount, report.document
    row.course, row.result, row.follow_up = report.course, report.result, report.follow_up
    row.over_reason, row.reported_on, row.reported_by = report.over_reason, business_date(), by
    columns = ("payment", "actual_amount", "document", "course", "result", "follow_up", "over_reason")
    _set(row, ReceptionState.REPORTED, by, *columns, "reported_on", "reported_by")
    if is_excess:
        _ask_afterwards(row, by)
    return row


@transaction.atomic
def explain_excess(reception: Reception, *, reason: str, by: User) -> Reception:
    """Write anew why it cost more, and ask the general manager again."""
    row = _lock(reception)
    row.over_reason = reason
    row.save(update_fields=["over_reason"])
    _ask_afterwards(row, by)
    return row


def end_excess(state: ExcessState) -> Callable[[Reception, User], None]:
    """Return the effect of what the general manager said; the register keeps what was given either way."""

    @transaction.atomic
    def effect(reception: Reception, by: User) -> None:
        _move_excess(_lock(reception), state, by)

    return effect


def _ask_afterwards(row: Reception, by: User) -> None:
    _move_excess(row, ExcessState.PENDING, by)
    approvals.submit(EXCESS, row, by=by)
    row.refresh_from_db()


def _move_excess(row: Reception, state: ExcessState, by: User) -> None:
    ensure_transition(ExcessState(row.excess_state), state, EXCESS_MOVES)
    before, row.excess_state = row.excess_state, state
    row.version += 1
    row.save(update_fields=["excess_state", "version"])
    changes = {"excess": (before, state.value)}
    record(f"campaigns.reception.excess_{state.value}", row, by=by, changes=changes)


def source_of(reception: Reception) -> SourceKey:
    return SourceKey.of("reception", reception.pk, reception.number)


def _check(asked: Asked) -> None:
    """Refuse what cannot be asked: nobody to receive, days in the wrong order, a line without the money."""
    if not asked.guests:
        raise BusinessError(_("Name at least one person of the unit."), code="guests", field="guests")
    if asked.leaves_on < asked.arrives_on:
        raise BusinessError(_("The last day lies before the first."), code="order", field="leaves_on")
    line = lock_line(asked.line.pk)
    balance = balance_on(line)
    if lacking := missing(balance, asked.estimate):
        error = refusal(line, balance, asked.estimate, lacking)
        error.field = "line"
        raise error


def _invite(row: Reception, people: Sequence[Person], by: User) -> None:
    values = values_of(row, people, row.estimate_amount)
    excuse = Excuse(row.compliance_reason)
    found = integrity.reserve(values, giver=by, source=source_of(row), excuse=excuse)
    for person, benefit in zip(people, found, strict=True):
        ReceptionGuest.objects.create(reception=row, person=person, benefit=benefit)


def _settle(row: Reception, report: Report, by: User) -> list[Share]:
    """Book what each guest received; return the shares as allowed and as they came."""
    guests = list(row.guests.select_related("person__unit", "benefit"))
    came = [guest for guest in guests if guest.person_id in report.came]
    if not came:
        raise BusinessError(_("Nobody came: cancel the reception instead."), code="nobody", field="came")
    split = values_of(row, [guest.person for guest in came], report.amount)
    worth = {guest.pk: value.amount for guest, value in zip(came, split, strict=True)}
    told = [_share(guest, value) for guest, value in zip(came, split, strict=True)]
    for guest in guests:
        assert guest.benefit is not None  # noqa: S101 -- everybody invited stands in the register
        guest.came = guest.pk in worth
        guest.save(update_fields=["came"])
        if guest.came:
            excuse = Excuse(report.over_reason)
            integrity.give(guest.benefit, by=by, on=row.arrives_on, gross=worth[guest.pk], excuse=excuse)
        else:
            integrity.free(guest.benefit, by=by, reason=sentence(gettext_noop("did not come")))
    return told


def _share(guest: ReceptionGuest, value: Value) -> Share:
    """Return a guest's share beside what was allowed; policy and limits are asked as of its day."""
    assert guest.benefit is not None  # noqa: S101 -- everybody invited stands in the register
    ((_value, verdict),) = integrity.check([value], giver=guest.benefit.giver, without=[guest.benefit.pk])
    return Share(guest.benefit.amount, value.amount, verdict.needs_compliance)


def _free(row: Reception, by: User, reason: str) -> None:
    for guest in row.guests.select_related("benefit"):
        if guest.benefit is not None:
            integrity.free(guest.benefit, by=by, reason=reason)
            guest.benefit = None
            guest.save(update_fields=["benefit"])


def _lock(reception: Reception) -> Reception:
    rows = Reception.objects.select_related("unit", "line", "reservation")
    return locked(rows.filter(pk=reception.pk)).get()


def _set(row: Reception, state: ReceptionState, by: User, *fields: str) -> None:
    ensure_transition(ReceptionState(row.state), state, RECEPTION_MOVES)
    before, row.state = row.state, state
    row.version += 1
    row.save(update_fields=["state", *fields, "version"])
    record(f"campaigns.reception.{state.value}", row, by=by, changes={"state": (before, state.value)})
