"""Warning, falling in, taking out, and transfers. Order of locks: the person, then the unit."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from accounts.pool.labels import PROBLEMS
from accounts.pool.models import PoolEvent, Transfer
from accounts.pool.rules import Asked, claim_problem, due_act, taken_along
from accounts.pool.selectors import endangered, limits, load_of
from accounts.pool.terms import CLAIMS, HELD, OPEN_STATES, TRANSFER_MOVES, WARNING, PoolAct, TransferState
from accounts.units.models import KeyAccount
from accounts.units.services import change_owner, lock_unit
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.core.errors import BusinessError, ConflictError
from kam.core.house import house_words
from kam.core.locks import locked
from kam.core.sentences import sentence
from kam.core.transitions import ensure_transition
from kam.outbox.services import notify
from kam.settings_rows.selectors import int_setting
from kam.users.models import User
from kam.users.scopes import superior_of

TRANSFER, RELEASE = "account_transfer", "pool_release"
KIND = "accounts.pool"
#: One run looks at so many units; the rest comes with the next.
_AT_ONCE = 400


def sweep_pool() -> str | None:
    """Warn and drop what is due today; doing it twice changes nothing the second time."""
    days, today = limits(), business_date()
    due = endangered(days).filter(falls_on__lte=today + timedelta(days=days[WARNING]))
    done = [_sweep(pk, days) for pk in due.order_by("falls_on", "pk").values_list("pk", flat=True)[:_AT_ONCE]]
    warned, fell = done.count(PoolAct.WARNED), done.count(PoolAct.FELL)
    text = gettext_noop("%(warned)s warned, %(fell)s fell into the pool")
    return sentence(text, warned=warned, fell=fell) if warned or fell else None


@transaction.atomic
def _sweep(pk: int, days: dict[str, int]) -> PoolAct | None:
    lock_unit(pk)
    unit = endangered(days).select_related("owner").filter(pk=pk).first()
    if unit is None or unit.owner is None:
        return None
    today, limit = business_date(), days[unit.tier]
    act = due_act(unit.touched_on, unit.warned_on, limit_days=limit, warning_days=days[WARNING], today=today)
    owner = unit.owner
    if act is PoolAct.FELL:
        with override(owner.language):
            reason = gettext("no contact for %(n)s days") % {"n": (today - unit.touched_on).days}
        change_owner(unit, owner=None, by=None, on=today, reason=reason)
        PoolEvent.objects.create(unit=unit, act=act, on=today, user=owner, reason=reason)
        _tell(unit, owner, _("%(unit)s fell into the pool: %(why)s."), today.isoformat(), why=reason)
        superior = superior_of(owner)
        if superior is not None:
            _tell(unit, superior, _("%(unit)s fell into the pool: %(why)s."), today.isoformat(), why=reason)
    elif act is PoolAct.WARNED:
        falls = max(unit.falls_on, today + timedelta(days=days[WARNING]))
        PoolEvent.objects.create(unit=unit, act=act, on=today, user=owner)
        record("accounts.unit.pool_warned", unit, by=None, changes={"falls_on": (None, falls)})
        with override(owner.language):
            day = say_day(falls)
        told = _("%(unit)s falls into the pool on %(day)s unless somebody is in touch.")
        _tell(unit, owner, told, today.isoformat(), day=day)
    return act


def _tell(unit: KeyAccount, to: User, text: object, mark: str, **words: str) -> None:
    with override(to.language):
        said = str(text) % ({"unit": unit.name} | words)
    notify(key=f"pool:{unit.pk}:{mark}:{to.pk}", to=to, kind=KIND, text=said, url=f"/pool/{unit.pk}/")


@transaction.atomic
def claim_unit(unit: KeyAccount, *, by: User) -> KeyAccount:
    """Take a unit out of the pool; ConflictError where somebody was faster, BusinessError at a limit."""
    person = locked(User.objects.filter(pk=by.pk)).get()
    row = lock_unit(unit.pk)
    if row.owner_id is not None:
        raise ConflictError(_("Somebody was faster: this unit has an owner now."), code="taken")
    today = business_date()
    problem = claim_problem(
        load_of(person, today), most_held=int_setting(HELD), most_claims=int_setting(CLAIMS)
    )
    if problem:
        raise BusinessError(PROBLEMS[problem], code=problem)
    reason = gettext("taken out of the pool")
    now = change_owner(row, owner=person, by=by, on=today, reason=reason, version=row.version)
    PoolEvent.objects.create(unit=now, act=PoolAct.CLAIMED, on=today, user=person, by=by)
    return now


@transaction.atomic
def ask_transfer(unit: KeyAccount, *, to: User | None, reason: str, by: User) -> Transfer:
    """Ask that a unit goes to somebody else, or into the pool; decided by manager and director."""
    row = lock_unit(unit.pk)
    owner = row.owner
    if owner is None:
        raise BusinessError(_("Nobody owns this unit."), code="no_owner")
    _check(to, owner, reason)
    try:
        with transaction.atomic():
            made = Transfer.objects.create(
                unit=row, owner=owner, to=to, reason=reason.strip()[:300], asked_by=by
            )
    except IntegrityError as error:
        if "transfer_one_open" not in str(error):
            raise
        raise ConflictError(_("A transfer of this unit waits already."), code="waits") from error
    record("accounts.transfer.asked", made, by=by, changes={"to": (owner, to)}, reason=reason)
    approvals.submit(subject_of(made), made, by=by)
    return made


@transaction.atomic
def ask_again(
    transfer: Transfer, *, to: User | None, reason: str, by: User, version: int | None = None
) -> Transfer:
    """Hand a returned transfer in once more. Whether it goes to somebody or to the pool stays as it was asked."""
    row = _lock(transfer)
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this transfer meanwhile."), code="stale")
    _check(to, row.owner, reason)
    if (to is None) != (row.to is None):
        raise BusinessError(
            _("Withdraw it and ask anew: the pool is another request."), code="kind", field="to"
        )
    row.to, row.reason = to, reason.strip()[:300]
    _move(row, TransferState.PENDING, by=by, fields=("to", "reason"))
    approvals.submit(subject_of(row), row, by=by)
    return row


def subject_of(transfer: Transfer) -> str:
    """Return the kind of request: a release has no new owner."""
    return TRANSFER if transfer.to_id else RELEASE


@transaction.atomic
def approve_transfer(transfer: Transfer, by: User) -> None:
    """Give the unit to its new owner or to the pool; raises where it belongs to somebody else by now."""
    row = _lock(transfer)
    unit = lock_unit(row.unit_id)
    if unit.owner_id != row.owner_id:
        raise ConflictError(_("The unit belongs to somebody else by now."), code="owner_changed")
    _move(row, TransferState.APPROVED, by=by)
    today = business_date()
    change_owner(unit, owner=row.to, by=by, on=today, reason=row.reason)
    act, user = (PoolAct.GIVEN, row.to) if row.to else (PoolAct.RELEASED, row.owner)
    PoolEvent.objects.create(unit=unit, act=act, on=today, user=user, by=by, reason=row.reason)


def end_transfer(state: TransferState):  # type: ignore[no-untyped-def]  # an effect of the approvals registry
    """Return the effect of a decision that leaves the unit where it is."""

    @transaction.atomic
    def effect(transfer: Transfer, by: User) -> None:
        _move(_lock(transfer), state, by=by)

    return effect


@transaction.atomic
def hand_over_transfer(transfer: Transfer, *, frm: User, to: User, by: User) -> Transfer | None:
    """Take a waiting transfer along when somebody hands over: what waits is taken back, and asked anew with the successor in their place.

    The unit has been handed over before. None where nothing is left to ask: the unit has no owner, or is with whom it was meant for.
    """
    row = _lock(transfer)
    if row.state not in OPEN_STATES:
        return None
    with house_words():
        reason = gettext("Handover from %(name)s") % {"name": frm.name}
    approvals.withdraw_for(subject_of(row), row, by=by, reason=reason)
    owner = lock_unit(row.unit_id).owner
    aim = taken_along(
        Asked(row.to_id, row.asked_by_id), frm=frm.pk, successor=to.pk, owner=owner.pk if owner else None
    )
    if aim is None:
        return None
    people = User.objects.in_bulk({pk for pk in (aim.to, aim.asked_by) if pk is not None})
    receiver = people[aim.to] if aim.to is not None else None
    return ask_transfer(row.unit, to=receiver, reason=row.reason, by=people[aim.asked_by])


def _check(to: User | None, owner: User, reason: str) -> None:
    if not reason.strip():
        raise BusinessError(_("Say why."), code="reason", field="reason")
    if to is not None and to.pk == owner.pk:
        raise BusinessError(_("This person owns the unit already."), code="same", field="to")


def _lock(transfer: Transfer) -> Transfer:
    return locked(
        Transfer.objects.filter(pk=transfer.pk).select_related("unit", "owner", "to", "asked_by")
    ).get()


def _move(row: Transfer, to: TransferState, *, by: User, fields: tuple[str, ...] = ()) -> None:
    before = TransferState(row.state)
    ensure_transition(before, to, TRANSFER_MOVES)
    row.state = to
    row.version += 1
    row.save(update_fields=["state", "version", *fields])
    record(f"accounts.transfer.{to}", row, by=by, changes={"state": (before, to)})
