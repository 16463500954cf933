"""The acts on targets: set a year and split it, ask for the change of a month, decide about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.units.models import KeyAccount
from kam.approvals import services as approvals
from kam.approvals.registry import Effect
from kam.audit.services import record
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.core.transitions import ensure_transition
from kam.users.models import Team, User
from kpi.measures.registry import measure
from kpi.measures.terms import Over
from kpi.targets.models import Target, TargetChange, TargetMonth
from kpi.targets.rules.splitting import grain_of, split
from kpi.targets.terms import CHANGE_TRANSITIONS, TARGETED, ChangeState

SUBJECT = "sales_target_change"
MONTHS = 12


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A target of a year; `weights` say how its months are shared, evenly by default; `months` give them one by one."""

    year: int
    measure: str
    amount: Decimal
    person: User | None = None
    team: Team | None = None
    unit: KeyAccount | None = None
    area: str = ""
    product: str = ""
    factors: tuple[str, str, str, str] = ("", "", "", "")
    weights: Sequence[int] = (1,) * MONTHS
    months: Sequence[Decimal] = ()


@transaction.atomic
def set_target(new: NewTarget, *, by: User | None) -> Target:
    """Write a target and its twelve months; the last month carries what splitting leaves."""
    if new.measure not in TARGETED:
        raise BusinessError(_("No target is set for this measure."), code="measure", field="measure")
    recent, peers, demand, policy = new.factors
    try:
        with transaction.atomic():
            target = Target.objects.create(
                year=new.year,
                measure=new.measure,
                amount=new.amount,
                person=new.person,
                team=new.team,
                unit=new.unit,
                area=new.area,
                product=new.product,
                recent=recent,
                peers=peers,
                demand=demand,
                policy=policy,
                set_by=by,
            )
    except IntegrityError as error:
        words = _("There is a target like this already; ask for a change of its months.")
        raise BusinessError(words, code="twice", field="amount") from error
    for number, amount in enumerate(_months(new), 1):
        TargetMonth.objects.create(target=target, month=date(new.year, number, 1), amount=amount)
    record("kpi.target.set", target, by=by, changes={"amount": (None, new.amount)})
    return target


def _months(new: NewTarget) -> list[Decimal]:
    """Return the months: a flow is split, a stock is to be reached at the end of each month."""
    told = measure(new.measure)
    if told.over is not Over.FLOW:
        return [new.amount] * MONTHS
    if new.months:
        return list(new.months)
    return split(new.amount, new.weights, grain=grain_of(told.unit))


@transaction.atomic
def ask_change(target: Target, *, month: date, amount: Decimal, reason: str, by: User) -> TargetChange:
    """Ask to change one month; until the manager approves it the original counts (S-216)."""
    row = locked(Target.objects.filter(pk=target.pk)).get()
    part = row.months.filter(month=month).first()
    if part is None or part.amount == amount:
        raise BusinessError(_("This month has that amount already."), code="same", field="amount")
    try:
        with transaction.atomic():
            change = TargetChange.objects.create(
                target=row, month=month, old_amount=part.amount, new_amount=amount, reason=reason, asked_by=by
            )
    except IntegrityError as error:
        raise BusinessError(_("A change of this month is being decided already."), code="taken") from error
    record("kpi.target.change_asked", row, by=by, changes={str(month): (part.amount, amount)}, reason=reason)
    approvals.submit(SUBJECT, change, by=by)
    return change


def approve_change(change: TargetChange, by: User) -> None:
    """The approval: the month and the year change together, so that the sum holds."""
    row = _locked(change)
    target = locked(Target.objects.filter(pk=row.target_id)).get()
    part = locked(TargetMonth.objects.filter(target=target, month=row.month)).get()
    before, part.amount = part.amount, row.new_amount
    part.save(update_fields=["amount"])
    if measure(target.measure).over is Over.FLOW:
        target.amount += row.new_amount - before
    target.version += 1
    target.save(update_fields=["amount", "version"])
    _move(row, ChangeState.APPROVED)
    record(
        "kpi.target.changed",
        target,
        by=by,
        changes={str(row.month): (before, row.new_amount)},
        reason=row.reason,
    )


def end_change(to: ChangeState) -> Effect:
    """Return what happens when a change is returned, rejected or withdrawn: the original stays."""

    def end(change: TargetChange, by: User) -> None:
        row = _locked(change)
        _move(row, to)
        record("kpi.target.change_ended", row.target, by=by, changes={"state": (None, to)})

    return end


def _locked(change: TargetChange) -> TargetChange:
    return locked(TargetChange.objects.filter(pk=change.pk)).get()


def _move(row: TargetChange, to: ChangeState) -> None:
    ensure_transition(ChangeState(row.state), to, CHANGE_TRANSITIONS)
    row.state = to
    row.version += 1
    row.save(update_fields=["state", "version"])
