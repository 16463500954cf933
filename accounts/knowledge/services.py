"""The acts on customers' suggestions and on support asked of other departments."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.knowledge.labels import PROBLEMS
from accounts.knowledge.models import Suggestion, SupportRequest
from accounts.knowledge.rules import answer_due, rating_problem, settle_problem, support_problem
from accounts.knowledge.terms import Department, SuggestionState, SupportState
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from accounts.units.services import lock_unit
from kam.audit.services import record
from kam.calendar.selectors import work_calendar
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.models import Versioned
from kam.outbox import services as outbox
from kam.settings_rows.selectors import setting
from kam.users.models import User

Row = TypeVar("Row", bound=Versioned)
ANSWER_DAYS = "suggestion_days"
STALE = _("Somebody changed this meanwhile.")
_SETTLED = frozenset({SupportState.DONE, SupportState.REFUSED})


@transaction.atomic
def record_suggestion(
    unit: KeyAccount,
    text: str,
    *,
    owner: User,
    by: User | None,
    person: Person | None = None,
    on: date | None = None,
) -> Suggestion:
    """Keep what a customer suggests, with the day until which it is answered."""
    row, on = lock_unit(unit.pk), on or business_date()
    if not text.strip():
        raise BusinessError(_("Say what is suggested."), code="empty", field="text")
    if on > business_date():
        raise BusinessError(_("This day is still to come."), code="future", field="received_on")
    if person is not None and person.unit_id != row.pk:
        raise BusinessError(_("This person works at another unit."), code="unit", field="person")
    _check_person(owner, "owner")
    made = Suggestion.objects.create(
        unit=row,
        person=person,
        text=text.strip(),
        received_on=on,
        due_on=answer_due(on, int(setting(ANSWER_DAYS)), work_calendar()),
        owner=owner,
        state_on=on,
        by=by,
    )
    record("accounts.suggestion.received", made, by=by, changes={"due_on": (None, made.due_on)})
    return made


@transaction.atomic
def answer_suggestion(
    suggestion: Suggestion, text: str, *, by: User | None, version: int | None = None
) -> Suggestion:
    """Write down what the customer was answered; it is answered once."""
    row = _lock_suggestion(suggestion, version)
    if row.answered_on is not None:
        raise BusinessError(_("This was answered already."), code="answered")
    if not text.strip():
        raise BusinessError(_("Say what you answered."), code="empty", field="text")
    return _save(
        row, "accounts.suggestion.answered", {"answered_on": business_date(), "answer": text.strip()}, by
    )


@transaction.atomic
def settle_suggestion(
    suggestion: Suggestion,
    to: SuggestionState,
    *,
    by: User | None,
    text: str = "",
    department: Department | None = None,
    version: int | None = None,
) -> Suggestion:
    """Pass a suggestion on to a department, or say what came of it."""
    row, text = _lock_suggestion(suggestion, version), text.strip()
    _refuse(settle_problem(SuggestionState(row.state), to, text))
    if to is SuggestionState.PASSED_ON and department is None:
        raise BusinessError(_("Say which department."), code="department", field="department")
    values: dict[str, Any] = {"state": to, "state_on": business_date()}
    if department is not None:
        values["department"] = department
    if text:
        values["outcome"] = text
    return _save(row, "accounts.suggestion.moved", values, by)


@transaction.atomic
def assign_suggestion(suggestion: Suggestion, owner: User, *, by: User | None) -> Suggestion:
    """Let somebody else answer; used by the handover."""
    row = _lock_suggestion(suggestion, None)
    _check_person(owner, "owner")
    return row if row.owner_id == owner.pk else _save(row, "accounts.suggestion.moved", {"owner": owner}, by)


@transaction.atomic
def ask_for_support(
    text: str, *, department: Department, helper: User, due_on: date, by: User, unit: KeyAccount | None = None
) -> SupportRequest:
    """Ask a colleague of another department for help until a day."""
    if not text.strip():
        raise BusinessError(_("Say what is needed."), code="empty", field="text")
    if due_on < business_date():
        raise BusinessError(_("This day is past."), code="past", field="due_on")
    if helper.pk == by.pk:
        raise BusinessError(_("Ask somebody else."), code="self", field="helper")
    _check_person(helper, "helper")
    made = SupportRequest.objects.create(
        unit=unit, department=department, text=text.strip(), asked_by=by, helper=helper, due_on=due_on
    )
    record(
        "accounts.support.asked", made, by=by, changes={"helper": (None, helper), "due_on": (None, due_on)}
    )
    _tell(made, helper, "asked")
    return made


@transaction.atomic
def move_support(
    request: SupportRequest, to: SupportState, *, by: User | None, text: str = "", version: int | None = None
) -> SupportRequest:
    """Accept a request, say that it is done, or refuse it; who asked is told."""
    row, text = _lock_support(request, version), text.strip()
    _refuse(support_problem(SupportState(row.state), to, text))
    values: dict[str, Any] = {"state": to}
    if to in _SETTLED:
        values |= {"settled_on": business_date(), "outcome": text}
    _save(row, "accounts.support.moved", values, by)
    _tell(row, row.asked_by, to.value)
    return row


@transaction.atomic
def rate_support(
    request: SupportRequest, rating: int, *, by: User | None, version: int | None = None
) -> SupportRequest:
    """Say how good the help was, from 1 to 5."""
    row = _lock_support(request, version)
    problem = rating_problem(SupportState(row.state), rating)
    if problem is not None:
        raise BusinessError(PROBLEMS[problem], code=problem, field="rating")
    return _save(row, "accounts.support.rated", {"rating": rating}, by)


def _refuse(problem: str | None) -> None:
    if problem is not None:
        field = "to" if problem == "transition_refused" else "text"
        raise BusinessError(PROBLEMS[problem], code=problem, field=field)


def _check_person(person: User, field: str) -> None:
    if not person.is_active:
        raise BusinessError(_("This person does not work here any more."), code="gone", field=field)


def _lock_suggestion(suggestion: Suggestion, version: int | None) -> Suggestion:
    row = locked(Suggestion.objects.filter(pk=suggestion.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(STALE, code="stale")
    return row


def _lock_support(request: SupportRequest, version: int | None) -> SupportRequest:
    row = locked(SupportRequest.objects.filter(pk=request.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(STALE, code="stale")
    return row


def _save(row: Row, act: str, values: Mapping[str, Any], by: User | None) -> Row:
    """Write what differs, count the version, and say so in the audit."""
    changes = {name: (getattr(row, name), new) for name, new in values.items() if getattr(row, name) != new}
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    row.version += 1
    row.save(update_fields=[*changes, "version"])
    record(act, row, by=by, changes=changes)
    return row


def _tell(request: SupportRequest, person: User, what: str) -> None:
    with translation.override(person.language):
        words = {"text": request.text[:80], "state": request.get_state_display()}
        text = gettext("Support request, %(state)s: %(text)s") % words
    outbox.notify(
        key=f"support:{request.pk}:{what}",
        to=person,
        kind="accounts.support",
        text=text,
        url=request.get_absolute_url(),
    )
