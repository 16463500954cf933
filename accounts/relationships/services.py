"""The acts on relationships: cultivate an insider, open a strengthening sheet, do its actions, review it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.persons.services import STALE, assess_person, edit_person, lock_person
from accounts.persons.terms import Insider
from accounts.relationships.models import (
    InsiderPlan,
    RelationshipLevel,
    StrengtheningAction,
    StrengtheningSheet,
)
from accounts.relationships.rules import outcome_problem
from accounts.relationships.selectors import levels_of, plans_on, strength_on
from accounts.relationships.terms import EasyTask, Outcome, Strength
from accounts.units.services import lock_unit, mark_dirty
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.notes.models import Task
from kam.notes.services import add_task, complete_task, postpone_task
from kam.notes.terms import SourceKey
from kam.users.models import User

PROBLEMS = {
    "not_reached": _("The goal is not reached yet: choose another outcome, or a higher strength."),
    "reached": _("The goal is reached: say so."),
}


@dataclass(frozen=True, slots=True)
class InsiderTold:
    """What somebody says of an insider: what to learn, how to cultivate, which easy tasks, how often a month."""

    kind: Insider
    learn: str = ""
    cultivate: str = ""
    tasks: Sequence[EasyTask] = ()
    per_month: int = 1


@transaction.atomic
def cultivate(person: Person, told: InsiderTold, *, by: User | None, version: int | None = None) -> Person:
    """Say whether the person is an insider or a candidate, and how we cultivate them; what did not change writes nothing."""
    row = lock_person(person.pk, version=version)
    today = business_date()
    assess_person(row, {"insider": told.kind}, learned_on=today, by=by)
    row = edit_person(
        row, {"insider_learn": told.learn.strip(), "insider_cultivate": told.cultivate.strip()}, by=by
    )
    plan = plans_on([row.pk], today).get(row.pk)
    tasks = sorted(set(told.tasks))
    is_same = plan is not None and (plan.per_month, sorted(plan.tasks)) == (told.per_month, tasks)
    if told.kind is Insider.NONE or is_same:
        return row
    made = InsiderPlan.objects.create(
        person=row, starts_on=today, per_month=told.per_month, tasks=tasks, by=by
    )
    changes = {"per_month": (plan.per_month if plan else None, told.per_month)}
    record("accounts.insider.planned", made, by=by, changes=changes)
    mark_dirty(row.unit_id)
    return row


@dataclass(frozen=True, slots=True)
class Aim:
    """What a sheet aims at."""

    present: Strength
    target: Strength
    goal: str
    next_review_on: date


@transaction.atomic
def open_sheet(person: Person, aim: Aim, *, by: User) -> StrengtheningSheet:
    """Open the strengthening sheet of a person; its review is a task from the start."""
    row = lock_person(person.pk)
    today = business_date()
    if row.left_on is not None:
        raise BusinessError(_("This person has left already."), code="left")
    if aim.target < aim.present:
        raise BusinessError(_("The goal lies below the present strength."), code="down", field="target")
    _check_ahead(aim.next_review_on, today)
    if StrengtheningSheet.objects.open().filter(person=row).exists():
        raise BusinessError(_("A sheet of this person is open already."), code="open")
    sheet = StrengtheningSheet.objects.create(
        unit=row.unit,
        person=row,
        opened_on=today,
        present=aim.present,
        strength=aim.present,
        target=aim.target,
        goal=aim.goal.strip(),
        next_review_on=aim.next_review_on,
        by=by,
    )
    sheet.review_task = _review_task(sheet, by=by)
    sheet.save(update_fields=["review_task"])
    _note_strength(row, aim.present, reason=aim.goal, by=by)
    record("accounts.strengthening.opened", sheet, by=by, changes={"target": (aim.present, aim.target)})
    return sheet


def _review_task(sheet: StrengtheningSheet, *, by: User) -> Task:
    text = _("Review the relationship with %(name)s") % {"name": sheet.person.name}
    return _task(sheet, str(text), due_on=sheet.next_review_on, by=by)


def _task(sheet: StrengtheningSheet, text: str, *, due_on: date, by: User) -> Task:
    return add_task(
        text,
        assignee=sheet.unit.owner or by,
        by=by,
        subject=SourceKey.of("accounts.unit", sheet.unit_id, sheet.unit.name),
        due_on=due_on,
        source=SourceKey.of("accounts.strengthening", sheet.pk, sheet.person.name),
    )


def _check_ahead(day: date, today: date) -> None:
    if day < today:
        raise BusinessError(_("This day is over."), code="past", field="next_review_on")


def _note_strength(person: Person, strength: Strength, *, reason: str, by: User | None) -> None:
    """Keep a strength that differs from the last one known."""
    today = business_date()
    if strength_on(levels_of([person.pk]).get(person.pk, ()), today) != strength:
        RelationshipLevel.objects.create(
            person=person, strength=strength, on=today, reason=reason.strip()[:300], by=by
        )


def _lock_sheet(sheet: StrengtheningSheet, version: int | None = None) -> StrengtheningSheet:
    lock_unit(sheet.unit_id)
    row = locked(StrengtheningSheet.objects.filter(pk=sheet.pk)).select_related("unit", "person").get()
    if version is not None and row.version != version:
        raise ConflictError(STALE, code="stale")
    if row.closed_on is not None:
        raise BusinessError(_("This sheet is closed."), code="closed")
    return row


@transaction.atomic
def add_action(
    sheet: StrengtheningSheet, text: str, *, due_on: date, by: User, cost: Decimal = Decimal(0)
) -> StrengtheningAction:
    """Add a step; it is a task of the unit's owner from now on."""
    row = _lock_sheet(sheet)
    if due_on < business_date():
        raise BusinessError(_("This day is over."), code="past", field="due_on")
    task = _task(row, text, due_on=due_on, by=by)
    action = StrengtheningAction.objects.create(
        sheet=row, text=text.strip()[:300], due_on=due_on, cost_amount=cost, task=task
    )
    record("accounts.strengthening.action_added", row, by=by, changes={"action": (None, action.text)})
    return action


@transaction.atomic
def finish_action(action: StrengtheningAction, result: str, *, by: User) -> StrengtheningAction:
    """Say what came of a step; its task is done with it. The same again writes nothing."""
    sheet = _lock_sheet(action.sheet)
    row = locked(StrengtheningAction.objects.filter(pk=action.pk)).select_related("task").get()
    if not result.strip():
        raise BusinessError(_("Say what came of it."), code="empty", field="result")
    if row.done_on is not None:
        return row
    row.done_on, row.result = business_date(), result.strip()[:300]
    row.save(update_fields=["done_on", "result"])
    complete_task(row.task, by=by)
    record("accounts.strengthening.action_done", sheet, by=by, changes={row.text[:80]: (None, row.result)})
    return row


def _drop_tasks(sheet: StrengtheningSheet, *, by: User) -> None:
    """With the sheet end the tasks that it made: nobody is asked for them any more."""
    source = SourceKey.of("accounts.strengthening", sheet.pk)
    for task in Task.objects.open().filter(source_kind=source.kind, source_id=source.id).order_by("pk"):
        complete_task(task, by=by)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review says: how strong it is now, what came of it, and the next review, or how it ended."""

    strength: Strength
    result: str
    next_review_on: date | None = None
    outcome: Outcome | None = None


@transaction.atomic
def review_sheet(
    sheet: StrengtheningSheet, told: Reviewed, *, by: User, version: int | None = None
) -> StrengtheningSheet:
    """Keep the strength of today; go on until the next review, or close the sheet with its outcome."""
    row = _lock_sheet(sheet, version)
    today = business_date()
    if not told.result.strip():
        raise BusinessError(_("Say what came of it."), code="empty", field="result")
    if told.outcome is not None:
        problem = outcome_problem(told.outcome, now=told.strength, target=Strength(row.target))
        if problem:
            raise BusinessError(PROBLEMS[problem], code=problem, field="outcome")
        row.closed_on, row.outcome = today, told.outcome
    elif told.next_review_on is None:
        raise BusinessError(
            _("Say when it is reviewed next, or how it ended."), code="next", field="next_review_on"
        )
    else:
        _check_ahead(told.next_review_on, today)
        row.next_review_on = told.next_review_on
    before, row.strength, row.result = row.strength, told.strength, told.result.strip()[:500]
    row.version += 1
    if row.closed_on is not None:
        _drop_tasks(row, by=by)
    elif row.review_task is not None:
        postpone_task(row.review_task, due_on=row.next_review_on, by=by)
    row.save()
    _note_strength(row.person, told.strength, reason=told.result, by=by)
    act = "closed" if row.closed_on else "reviewed"
    changes = {"strength": (before, row.strength), "result": (None, row.result)}
    record(f"accounts.strengthening.{act}", row, by=by, changes=changes)
    return row
