"""The acts on complaints: record, take up, agree, resolve, close, judge, hand to somebody else, pass up what is overdue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.competition.models import ProductLine
from accounts.complaints.labels import PROBLEMS, STATE_LABELS
from accounts.complaints.letters import tell_overdue, tell_received
from accounts.complaints.models import Complaint
from accounts.complaints.rules import Limits, Standing, due_day, is_step_back, may_judge, move_problem
from accounts.complaints.terms import Agreement, ComplaintKind, ComplaintState, Severity, Verdict
from accounts.contacts.terms import ContactChannel
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from accounts.units.services import lock_unit, mark_dirty
from kam.audit.services import record
from kam.calendar.selectors import work_calendar
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.settings_rows.selectors import settings_of
from kam.users.models import User

SEVERE_DAYS, OTHER_DAYS = "complaint_severe_days", "complaint_other_days"
#: The column that takes what is said on the way into a state.
_SAID_IN = {
    ComplaintState.AGREED: "solution",
    ComplaintState.RESOLVED: "resolution",
    ComplaintState.INVESTIGATING: "findings",
}


@dataclass(frozen=True, slots=True)
class Received:
    """What came in: how severe, of what, by which way, from whom."""

    kind: ComplaintKind
    severity: Severity
    text: str
    channel: ContactChannel
    received_on: date
    person: Person | None = None
    line: ProductLine | None = None


def limits() -> Limits:
    """Return the working days in force today. One query."""
    values = settings_of(SEVERE_DAYS, OTHER_DAYS)
    return Limits(severe=int(values[SEVERE_DAYS]), other=int(values[OTHER_DAYS]))


@transaction.atomic
def record_complaint(unit: KeyAccount, received: Received, *, owner: User, by: User | None) -> Complaint:
    """Keep a complaint, give it to somebody, compute its due day; a severe one is told to those above at once."""
    row = lock_unit(unit.pk)
    _check(row, received, owner)
    made = Complaint.objects.create(
        unit=row,
        person=received.person,
        line=received.line,
        kind=received.kind,
        severity=received.severity,
        text=received.text.strip(),
        channel=received.channel,
        received_on=received.received_on,
        due_on=due_day(received.received_on, received.severity, limits(), work_calendar()),
        owner=owner,
        state_on=received.received_on,
        by=by,
    )
    changes = {"severity": (None, made.severity), "owner": (None, owner), "due_on": (None, made.due_on)}
    record("accounts.complaint.received", made, by=by, changes=changes)
    tell_received(made, by=by)
    mark_dirty(row.pk)
    return made


def _check(unit: KeyAccount, received: Received, owner: User) -> None:
    if not received.text.strip():
        raise BusinessError(_("Say what the customer complains of."), code="empty", field="text")
    if received.received_on > business_date():
        raise BusinessError(_("This day is still to come."), code="future", field="received_on")
    if received.person is not None and received.person.unit_id != unit.pk:
        raise BusinessError(_("This person works at another unit."), code="unit", field="person")
    _check_owner(owner)


def _check_owner(owner: User) -> None:
    if not owner.is_active:
        raise BusinessError(_("This person does not work here any more."), code="gone", field="owner")


def _lock(complaint: Complaint, version: int | None) -> Complaint:
    lock_unit(complaint.unit_id)
    row = locked(Complaint.objects.filter(pk=complaint.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this complaint meanwhile."), code="stale")
    return row


def _save(row: Complaint, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Write what differs, count the version, and return it for the audit."""
    changes = {name: (getattr(row, name), new) for name, new in values.items() if getattr(row, name) != new}
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    row.version += 1
    row.save(update_fields=[*changes, "version"])
    mark_dirty(row.unit_id)
    return changes


@transaction.atomic
def move_complaint(
    complaint: Complaint, to: ComplaintState, *, by: User | None, text: str = "", version: int | None = None
) -> Complaint:
    """Move a complaint on, or back where the customer refuses; `text` is what the state asks for: finding, solution, deed, reason."""
    row = _lock(complaint, version)
    text, old = text.strip(), ComplaintState(row.state)
    problem = move_problem(Standing(old, Verdict(row.verdict)), to, text)
    if problem == "transition_refused":
        words = {"old": STATE_LABELS[old], "new": STATE_LABELS[to]}
        raise BusinessError(PROBLEMS[problem] % words, code=problem, field="to")
    if problem is not None:
        raise BusinessError(
            PROBLEMS[problem], code=problem, field="to" if not text and to == "closed" else "text"
        )
    changes = _save(row, _written(row, to, text))
    record("accounts.complaint.moved", row, by=by, changes={"state": changes["state"]}, reason=text[:300])
    return row


def _written(row: Complaint, to: ComplaintState, text: str) -> dict[str, Any]:
    today, old = business_date(), ComplaintState(row.state)
    values: dict[str, Any] = {"state": to, "state_on": today}
    if to is ComplaintState.AGREED:
        values |= {"agreement": Agreement.AGREES, "agreed_on": today}
    if to is ComplaintState.RESOLVED:
        values |= {"resolved_on": today}
    if to is ComplaintState.CLOSED:
        values |= {"closed_on": today}
    if is_step_back(old, to):
        values |= {"agreement": Agreement.DISAGREES, "agreed_on": today, "resolved_on": None}
        values |= {"reopened": row.reopened + (old is ComplaintState.RESOLVED)}
    column = _SAID_IN.get(to)
    if column and text:
        before = getattr(row, column)
        values[column] = f"{before}\n{text}" if before and column == "findings" else text
    return values


@transaction.atomic
def judge_complaint(
    complaint: Complaint, verdict: Verdict, *, by: User, reason: str, version: int | None = None
) -> Complaint:
    """Say whether a complaint is valid, and why; a closed one keeps its verdict, nobody judges what they handle."""
    row = _lock(complaint, version)
    if verdict is Verdict.UNDECIDED:
        raise BusinessError(_("Say whether it is valid."), code="verdict", field="verdict")
    if not reason.strip():
        raise BusinessError(_("Give the reason."), code="reason", field="reason")
    if row.state == ComplaintState.CLOSED:
        raise BusinessError(_("A closed complaint is not judged again."), code="closed")
    if not may_judge(by.pk, row.owner_id):
        raise BusinessError(_("Nobody judges a complaint that they handle."), code="own")
    values = {
        "verdict": verdict,
        "verdict_by": by,
        "verdict_on": business_date(),
        "verdict_reason": reason.strip()[:500],
    }
    changes = _save(row, values)
    told = {"verdict": changes["verdict"]} if "verdict" in changes else {}
    record("accounts.complaint.judged", row, by=by, changes=told, reason=reason.strip()[:300])
    return row


@transaction.atomic
def assign_complaint(
    complaint: Complaint, owner: User, *, by: User | None, reason: str = "", version: int | None = None
) -> Complaint:
    """Give a complaint to somebody else; not to whoever judged it."""
    row = _lock(complaint, version)
    _check_owner(owner)
    if row.state == ComplaintState.CLOSED:
        raise BusinessError(_("A closed complaint stays with who handled it."), code="closed")
    if row.verdict_by_id == owner.pk:
        raise BusinessError(_("Whoever judged it cannot handle it."), code="judge", field="owner")
    if row.owner_id != owner.pk:
        changes = _save(row, {"owner": owner})
        record("accounts.complaint.assigned", row, by=by, changes=changes, reason=reason[:300])
        tell_received(row, by=by)
    return row


def pass_up_overdue() -> str:
    """Tell those above which complaints wait longer than they may; each once. Runs every hour."""
    today = business_date()
    rows = Complaint.objects.waiting().filter(due_on__lt=today).select_related("unit", "owner")
    return str(sum(tell_overdue(row) for row in rows.order_by("pk")))
