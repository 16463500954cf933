"""Holding a briefing: the seven steps in their order, who came and what they want, what was left and what it cost."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.contacts.services import record_contact
from accounts.contacts.terms import ContactChannel
from accounts.persons.models import Person as UnitPerson
from campaigns.briefings.labels import PROBLEM_LABELS, STEP_LABELS
from campaigns.briefings.models import Attendee, Briefing, BriefingStep
from campaigns.briefings.rules import REVERSIBLE, step_problem
from campaigns.briefings.selectors import came_of, facts_of
from campaigns.briefings.services.rows import lock, move, source_of, touch
from campaigns.briefings.terms import BriefingState, Step
from campaigns.budgets import services as budgets
from campaigns.campaigns.terms import CampaignState
from campaigns.materials import services as stock
from campaigns.materials.terms import MoveKind
from campaigns.prospects.models import Prospect
from campaigns.prospects.rules import one_spelling
from campaigns.prospects.services import ProspectTerms, register_prospect
from campaigns.prospects.terms import WILLING, Intention, Source
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.users.models import User

PERSONAL = ("mobile",)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who came."""

    name: str
    intention: Intention
    department: str = ""
    mobile: str = ""
    person: UnitPerson | None = None
    question: str = ""
    joined: bool = False
    return_on: date | None = None

    def columns(self) -> dict[str, Any]:
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return told | {"mobile": one_spelling(self.mobile)}


@transaction.atomic
def register_attendee(briefing: Briefing, person: Person, *, public_id: UUID, by: User) -> Attendee:
    """Take down somebody who came; who wants something or joined is registered as a customer of the campaign too."""
    row = lock(briefing)
    if row.state not in {BriefingState.PREPARED, BriefingState.HELD}:
        raise BusinessError(_("This briefing does not run."), code="not_running")
    if business_date() < row.day:
        raise BusinessError(_("This day has not come yet."), code="not_today")
    _check(row, person)
    attendee = Attendee(briefing=row, public_id=public_id, taken_by=by, **person.columns())
    attendee.prospect = _customer(row, person, by)
    _save(attendee)
    changes = {"name": (None, person.name), "intention": (None, person.intention.value)}
    record("campaigns.briefing.attended", row, by=by, changes=changes)
    return attendee


@transaction.atomic
def change_attendee(attendee: Attendee, person: Person, *, by: User, version: int) -> Attendee:
    """Correct what was taken down, or set the day of a return visit."""
    briefing = lock(attendee.briefing)
    row = locked(Attendee.objects.filter(pk=attendee.pk)).get()
    if row.version != version:
        raise ConflictError(_("Somebody changed this meanwhile. Look at it again."), code="stale")
    if briefing.state not in {BriefingState.PREPARED, BriefingState.HELD}:
        raise BusinessError(_("This briefing does not run."), code="not_running")
    _check(briefing, person)
    told = person.columns()
    changes = {n: (str(getattr(row, n)), str(v)) for n, v in told.items() if getattr(row, n) != v}
    for name, value in told.items():
        setattr(row, name, value)
    row.prospect = row.prospect or _customer(briefing, person, by)
    row.version += 1
    _save(row)
    record("campaigns.briefing.attendee_changed", briefing, by=by, changes=changes, personal=PERSONAL)
    return row


@transaction.atomic
def do_step(briefing: Briefing, step: Step, *, by: User, version: int) -> Briefing:
    """Tick the next step. After the talk the briefing is held, after the return visits are planned it is closed."""
    row = lock(briefing, version)
    if step is Step.COUNT:
        raise BusinessError(_("Counting asks for what was left and what it cost."), code="count")
    _tick(row, step, by)
    if step is Step.TALK:
        move(row, BriefingState.HELD, by)
        _tell_unit(row, by)
    elif step is Step.RETURN_VISITS:
        move(row, BriefingState.CLOSED, by)
    else:
        touch(row)
    return row


@transaction.atomic
def undo_step(briefing: Briefing, *, by: User, version: int) -> Briefing:
    """Take back the last step, as long as nothing was written elsewhere because of it."""
    row = lock(briefing, version)
    last = row.steps.order_by("-step").first()
    if last is None or Step(last.step) not in REVERSIBLE:
        raise BusinessError(_("This step cannot be taken back."), code="undo")
    last.delete()
    touch(row)
    record("campaigns.briefing.step_undone", row, by=by, changes={"step": (str(last), None)})
    return row


@dataclass(frozen=True, slots=True)
class Counted:
    """Step 6: what is given back, what it cost, what the figures say."""

    left: Mapping[int, int]
    amount: Decimal
    document: str
    analysis: str
    over_reason: str = ""


@transaction.atomic
def count_briefing(briefing: Briefing, counted: Counted, *, by: User, version: int) -> Briefing:
    """Count, sort, analyse: leftovers go back to the stock, the line pays what it cost, the rest of the reservation is free."""
    row = lock(briefing, version)
    _tick(row, Step.COUNT, by)
    _take_back(row, counted.left, by)
    _pay(row, counted, by)
    row.analysis = counted.analysis
    row.actual_amount, row.document = counted.amount, counted.document
    touch(row, "analysis", "actual_amount", "document", "payment")
    return row


def _tick(row: Briefing, step: Step, by: User) -> None:
    attendees = row.attendees.all() if step >= Step.TALK else ()
    problem = step_problem(step, facts_of(row, row.steps.count(), came_of(attendees)))
    if problem is not None:
        raise BusinessError(str(PROBLEM_LABELS[problem]), code=problem.value)
    BriefingStep.objects.create(briefing=row, step=step, done_on=business_date(), done_by=by)
    changes = {"step": (None, f"{step.value} {STEP_LABELS[step]}")}
    record("campaigns.briefing.step_done", row, by=by, changes=changes)


def _tell_unit(row: Briefing, by: User) -> None:
    """Whom we met at the briefing is a contact of the unit."""
    people = [a.person for a in row.attendees.select_related("person") if a.person is not None]
    came = row.attendees.count()
    record_contact(
        row.unit,
        on=row.day,
        channel=ContactChannel.EVENT,
        persons=people,
        by=by,
        met=False,
        text=_("Product briefing %(number)s: %(came)s came.") % {"number": row.number, "came": came},
        source=source_of(row),
    )


def _take_back(row: Briefing, left: Mapping[int, int], by: User) -> None:
    """Write what is given back of each thing; materials of the stock return there, in the order of their numbers."""
    for item in row.items.select_related("material").order_by("material_id", "pk"):
        number = left.get(item.pk)
        if item.material is None or number is None:
            continue
        if number > (item.quantity or 0):
            words = _("More than was taken along.")
            raise BusinessError(words, code="too_many", field=f"left_{item.pk}")
        item.left_count = number
        item.save(update_fields=["left_count"])
        if number:
            text = row.number
            stock.move(item.material, MoveKind.RETURN, number, on=business_date(), text=text, by=by)


def _pay(row: Briefing, counted: Counted, by: User) -> None:
    if row.reservation is None:
        if counted.amount > 0:
            words = _("No money was approved for this briefing: write an expense claim.")
            raise BusinessError(words, code="unapproved", field="amount")
        return
    if not counted.amount:
        budgets.release(row.reservation, by=by, text=row.number)
        return
    if not counted.document:
        raise BusinessError(_("Name the number of the bill."), code="document", field="document")
    text = f"{counted.document} {row.number}"
    source, why = source_of(row), counted.over_reason
    paid = budgets.spend(row.reservation, counted.amount, source=source, by=by, text=text, why=why)
    row.payment_id = paid.entry_id


def _customer(row: Briefing, person: Person, by: User) -> Prospect | None:
    """Return the customer that somebody is registered as, new or known by person or number; None where nothing is wanted."""
    wants = person.intention in WILLING or person.joined
    if not wants or row.campaign.state != CampaignState.RUNNING:
        return None
    known = Prospect.objects.filter(campaign=row.campaign)
    for name, value in (("person", person.person), ("mobile", one_spelling(person.mobile))):
        found = known.filter(**{name: value}).first() if value else None
        if found is not None:
            return found if found.unit_id == row.unit_id else None
    terms = ProspectTerms(
        row.campaign,
        person.name,
        row.unit.channel,
        Source.BRIEFING,
        mobile=person.mobile,
        source_note=row.number,
        intention=person.intention,
        need=person.question,
        person=person.person,
    )
    return register_prospect(terms, unit=row.unit, by=row.owner if row.owner.is_active else by)


def _check(row: Briefing, person: Person) -> None:
    if person.person is not None and person.person.unit_id != row.unit_id:
        raise BusinessError(_("Only persons of this unit."), code="stranger", field="person")
    if person.return_on is not None and person.return_on <= row.day:
        words = _("A return visit comes after the briefing.")
        raise BusinessError(words, code="order", field="return_on")


def _save(row: Attendee) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        for name, words in (
            ("mobile", _("This mobile number is taken down already.")),
            ("person", _("This person is taken down already.")),
        ):
            if f"attendee_{name}_once" in str(error):
                raise BusinessError(words, code="twice", field=name) from error
        raise
