"""The acts on recurring gifts and gift plans. A plan holds no money: it warns; the request that comes of a line reserves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from campaigns.budgets.models import BudgetLine
from campaigns.gift_plans.labels import FESTIVAL_LABELS
from campaigns.gift_plans.models import GiftPlan, GiftPlanLine, GiftSchedule
from campaigns.gift_plans.rules import Course, occurrences, period_problem
from campaigns.gift_plans.selectors import (
    key_persons_of,
    schedules_for,
    shown_lines,
    verdicts,
    writable_units,
)
from campaigns.gift_plans.terms import OPEN_STATES, PLAN_MOVES, Festival, PlanState, Rhythm, Source
from campaigns.gifts.models import GiftItem, GiftRequest
from campaigns.gifts.services import Terms, ask_gift
from campaigns.gifts.terms import Occasion
from kam.approvals import services as approvals
from kam.audit.services import changed_fields, record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.numbers import next_number
from kam.core.transitions import ensure_transition
from kam.users.models import User
from kam.users.scopes import team_of

SUBJECT = "gift_plan"
_SCHEDULED = ("item", "quantity", "rhythm", "festival", "months", "starts_on", "reason")


# --- Recurring gifts -------------------------------------------------------------------------------------------------


@transaction.atomic
def add_schedule(person: Person, told: Mapping[str, Any], *, by: User) -> GiftSchedule:
    """Let a gift come round for a person. Refused twice for the same person, gift and rhythm, and without a known birthday."""
    if person.left_on is not None:
        raise BusinessError(_("This person has left the unit."), code="left", field="person")
    if told["rhythm"] == Rhythm.BIRTHDAY and person.birthday is None:
        raise BusinessError(_("The birthday of this person is not known."), code="birthday", field="rhythm")
    columns = {name: told[name] for name in _SCHEDULED} | _only(Rhythm(told["rhythm"]), told)
    try:
        with transaction.atomic():
            row = GiftSchedule.objects.create(unit=person.unit, person=person, **columns)
    except IntegrityError as error:
        if "gift_schedule_once" not in str(error):
            raise
        words = _("This gift comes round for this person already.")
        raise BusinessError(words, code="twice", field="item") from error
    record("campaigns.gift_schedule.added", row, by=by, changes={"rhythm": (None, row.rhythm)})
    return row


def _only(rhythm: Rhythm, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return festival and months as the rhythm needs them; refused where the one it needs is not told."""
    if rhythm is Rhythm.FESTIVAL and not told["festival"]:
        raise BusinessError(_("Choose the festival."), code="festival", field="festival")
    if rhythm is Rhythm.MONTHS and not told["months"]:
        raise BusinessError(_("Say every how many months."), code="months", field="months")
    return {
        "festival": told["festival"] if rhythm is Rhythm.FESTIVAL else "",
        "months": told["months"] or 0 if rhythm is Rhythm.MONTHS else 0,
    }


@transaction.atomic
def end_schedule(schedule: GiftSchedule, *, reason: str, by: User) -> GiftSchedule:
    """Stop it from today on; what was planned stays in its plan."""
    row = locked(GiftSchedule.objects.filter(pk=schedule.pk)).get()
    if row.ends_on is not None:
        raise ConflictError(_("This was stopped already."), code="stopped")
    row.ends_on, row.end_reason = max(business_date(), row.starts_on), reason
    row.version += 1
    row.save(update_fields=["ends_on", "end_reason", "version"])
    record("campaigns.gift_schedule.ended", row, by=by, reason=reason)
    return row


# --- Writing a plan --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """Name, days and reasons of a plan."""

    name: str
    starts_on: date
    ends_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """One planned gift."""

    person: Person
    item: GiftItem
    quantity: int
    occasion: Occasion
    reason: str
    on: date
    line: BudgetLine
    schedule: GiftSchedule | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What fills a plan at one stroke; `item` is what is given at birthdays and festivals."""

    sources: frozenset[Source]
    line: BudgetLine
    item: GiftItem | None = None
    quantity: int = 1
    festivals: tuple[Festival, ...] = ()


@transaction.atomic
def draft_plan(head: Head, *, by: User) -> GiftPlan:
    """Begin a plan of some days, a year at most."""
    _check_days(head)
    plan = GiftPlan.objects.create(
        number=next_number(GiftPlan, "LJ", business_date().year),
        owner=by,
        team=team_of(by),
        name=head.name,
        starts_on=head.starts_on,
        ends_on=head.ends_on,
        note=head.note,
    )
    record("campaigns.gift_plan.drafted", plan, by=by, changes={"name": (None, plan.name)})
    return plan


@transaction.atomic
def change_head(plan: GiftPlan, head: Head, *, by: User, version: int) -> GiftPlan:
    """Change name, days and reasons; refused where a line would lie outside."""
    row = _lock(plan, version)
    _check_days(head)
    if row.lines.exclude(on__range=(head.starts_on, head.ends_on)).exists():
        words = _("A planned gift lies outside these days. Take it out first.")
        raise BusinessError(words, code="outside", field="ends_on")
    changes = changed_fields(row, {name: getattr(head, name) for name in Head.__slots__})
    for name, (_before, after) in changes.items():
        setattr(row, name, after)
    row.version += 1
    row.save(update_fields=[*changes, "version"])
    record("campaigns.gift_plan.changed", row, by=by, changes=changes)
    return row


@transaction.atomic
def add_line(plan: GiftPlan, planned: Planned, *, by: User) -> GiftPlanLine:
    """Plan one gift."""
    row = _lock(plan)
    if planned.on not in row.period:
        raise BusinessError(_("This day lies outside the plan."), code="outside", field="on")
    if not can_edit_unit(row.owner, planned.person.unit):
        raise BusinessError(_("This person is not at a unit of yours."), code="unit", field="person")
    line = _write(row, planned)
    if line is None:
        raise BusinessError(_("The plan has this gift on this day already."), code="twice", field="item")
    record("campaigns.gift_plan.line_added", row, by=by, changes={"line": (None, str(line))})
    return line


@transaction.atomic
def fill_plan(plan: GiftPlan, wish: Wish, *, by: User) -> int:
    """Write what comes round in the plan's days; what stands in it already is left alone. Return how many were added."""
    row = _lock(plan)
    units = writable_units(row.owner)
    found = _scheduled(row, units, wish) if Source.SCHEDULES in wish.sources else []
    given = wish.sources & {Source.BIRTHDAYS, Source.FESTIVALS}
    if given and wish.item is None:
        raise BusinessError(_("Choose what is given."), code="item", field="item")
    if given and wish.item is not None:
        found += _for_key_persons(row, units, wish, wish.item)
    added = sum(_write(row, planned) is not None for planned in found)
    if added:
        record("campaigns.gift_plan.filled", row, by=by, changes={"lines": (None, added)})
    return added


@transaction.atomic
def remove_line(line: GiftPlanLine, *, by: User) -> None:
    """Take a gift out of a draft; once it is gone, doing it again changes nothing."""
    row = _lock(line.plan)
    if GiftPlanLine.objects.filter(pk=line.pk).delete()[0]:
        record("campaigns.gift_plan.line_removed", row, by=by, changes={"line": (str(line), None)})


# --- Deciding --------------------------------------------------------------------------------------------------------


@transaction.atomic
def submit_plan(plan: GiftPlan, *, by: User) -> GiftPlan:
    """Hand it in. Over a budget line it warns only (T-27); what the policy refuses is refused here already."""
    row = _lock(plan)
    if not row.lines.exists():
        raise BusinessError(_("Plan at least one gift."), code="empty")
    for value, verdict in verdicts(row):
        if verdict.is_refused:
            words = _("The policy refuses “%(item)s” to %(name)s. Take it out of the plan.")
            raise BusinessError(words % {"item": value.text, "name": value.person.name}, code="refused")
    _set(row, PlanState.PENDING, by)
    approvals.submit(SUBJECT, row, by=by)
    row.refresh_from_db()
    return row


def end_decision(state: PlanState) -> Callable[[GiftPlan, User], None]:
    """Return the effect of a decision."""

    @transaction.atomic
    def effect(plan: GiftPlan, by: User) -> None:
        _set(locked(GiftPlan.objects.filter(pk=plan.pk)).get(), state, by)

    return effect


@transaction.atomic
def discard_plan(plan: GiftPlan, *, by: User) -> GiftPlan:
    """Give a draft up."""
    row = _lock(plan)
    approvals.withdraw_for(SUBJECT, row, by=by, reason=_("plan given up"))
    row.refresh_from_db()
    if row.state != PlanState.WITHDRAWN:
        _set(row, PlanState.WITHDRAWN, by)
    return row


# --- From the plan to requests ---------------------------------------------------------------------------------------


@transaction.atomic
def ask_for_line(line: GiftPlanLine, terms: Terms, *, by: User) -> GiftRequest:
    """Write the request that the line foresees; a line has one living request at most."""
    row = _open_line(line)
    gift = ask_gift(terms, by=by)
    row.request = gift
    row.save(update_fields=["request"])
    record("campaigns.gift_plan.asked", row.plan, by=by, changes={"line": (str(row), gift.number)})
    return gift


@transaction.atomic
def drop_line(line: GiftPlanLine, *, reason: str, by: User) -> GiftPlanLine:
    """Leave a planned gift out, saying why."""
    row = _open_line(line)
    row.dropped_reason = reason
    row.save(update_fields=["dropped_reason"])
    record("campaigns.gift_plan.dropped", row.plan, by=by, changes={"line": (str(row), None)}, reason=reason)
    return row


@transaction.atomic
def hand_over_plan(plan: GiftPlan, *, to: User, by: User) -> None:
    """The successor goes on with a plan that is not decided yet."""
    row = locked(GiftPlan.objects.filter(pk=plan.pk)).get()
    before, row.owner, row.team = row.owner, to, team_of(to)
    row.version += 1
    row.save(update_fields=["owner", "team", "version"])
    record("campaigns.gift_plan.handed_over", row, by=by, changes={"owner": (before, to)})


# --- Inside ----------------------------------------------------------------------------------------------------------


def _scheduled(plan: GiftPlan, units: list[int], wish: Wish) -> list[Planned]:
    occasion = {
        Rhythm.FESTIVAL: Occasion.FESTIVAL,
        Rhythm.BIRTHDAY: Occasion.BIRTHDAY,
        Rhythm.MONTHS: Occasion.THANKS,
    }
    return [
        Planned(
            row.person, row.item, row.quantity, occasion[Rhythm(row.rhythm)], row.reason, day, wish.line, row
        )
        for row in schedules_for(units)
        for day in occurrences(row.course, plan.starts_on, plan.ends_on)
    ]


def _for_key_persons(plan: GiftPlan, units: list[int], wish: Wish, item: GiftItem) -> list[Planned]:
    return [
        Planned(person, item, wish.quantity, occasion, why, day, wish.line)
        for person in key_persons_of(units, business_date())
        for occasion, why, course in _courses(plan, wish, person)
        for day in occurrences(course, plan.starts_on, plan.ends_on)
    ]


def _courses(plan: GiftPlan, wish: Wish, person: Person) -> list[tuple[Occasion, str, Course]]:
    """Return when the wish gives something to a person: occasion, why, and its course."""
    found = []
    if Source.BIRTHDAYS in wish.sources:
        course = Course(Rhythm.BIRTHDAY, plan.starts_on, birthday=person.birthday)
        found.append((Occasion.BIRTHDAY, _("Birthday of the key person"), course))
    if Source.FESTIVALS in wish.sources:
        for festival in wish.festivals:
            course = Course(Rhythm.FESTIVAL, plan.starts_on, festival=festival)
            found.append((Occasion.FESTIVAL, str(FESTIVAL_LABELS[festival]), course))
    return found


def _write(plan: GiftPlan, planned: Planned) -> GiftPlanLine | None:
    """Write the line, or nothing where the plan has it already."""
    line, is_new = GiftPlanLine.objects.get_or_create(
        plan=plan,
        person=planned.person,
        item=planned.item,
        on=planned.on,
        defaults={
            "unit": planned.person.unit,
            "quantity": planned.quantity,
            "price_amount": planned.item.price_amount,
            "occasion": planned.occasion,
            "reason": planned.reason[:300],
            "line": planned.line,
            "schedule": planned.schedule,
        },
    )
    return line if is_new else None


def _open_line(line: GiftPlanLine) -> GiftPlanLine:
    row = locked(
        GiftPlanLine.objects.filter(pk=line.pk).select_related("plan", "person", "item", "request")
    ).get()
    (shown,) = shown_lines([row])
    if row.plan.state != PlanState.APPROVED or not shown.is_open:
        raise ConflictError(_("This planned gift was asked for or left out already."), code="line_taken")
    return row


def _check_days(head: Head) -> None:
    words = {
        "order": _("The last day lies before the first."),
        "long": _("A plan covers a year at most."),
    }
    if problem := period_problem(head.starts_on, head.ends_on):
        raise BusinessError(words[problem], code=problem, field="ends_on")


def _lock(plan: GiftPlan, version: int | None = None) -> GiftPlan:
    row = locked(GiftPlan.objects.filter(pk=plan.pk).select_related("owner")).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this plan meanwhile. Look at it again."), code="stale")
    if row.state not in OPEN_STATES:
        raise BusinessError(_("This plan was handed in already."), code="state")
    return row


def _set(row: GiftPlan, state: PlanState, by: User) -> None:
    ensure_transition(PlanState(row.state), state, PLAN_MOVES)
    before, row.state = row.state, state
    row.version += 1
    row.save(update_fields=["state", "version"])
    record(f"campaigns.gift_plan.{state.value}", row, by=by, changes={"state": (before, state.value)})


def units_of(user: User) -> Any:
    """Return the units for whose persons one plans."""
    return KeyAccount.objects.filter(pk__in=writable_units(user))
