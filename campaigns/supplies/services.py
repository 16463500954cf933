"""The acts on accounts of supplies. The account is locked, then the material: nobody gives back or uses what is not held."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from campaigns.materials.models import Material, MaterialMove
from campaigns.materials.services import move
from campaigns.materials.terms import MoveKind
from campaigns.supplies.models import SupplyAccount, SupplyEntry
from campaigns.supplies.rules import change_of, is_possible
from campaigns.supplies.selectors import held_of, holdings
from campaigns.supplies.terms import ACCOUNT_MOVES, LIVE, AccountState, EntryKind
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.numbers import next_number
from kam.core.sentences import listed
from kam.core.transitions import ensure_transition
from kam.users.models import Team, User
from kam.users.scopes import team_of

SUBJECT = "supplies"
_MOVES = {EntryKind.DRAWN: MoveKind.ISSUE, EntryKind.RETURNED: MoveKind.RETURN}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What moves: how many of which material, and what for."""

    material: Material
    quantity: int
    text: str = ""


@transaction.atomic
def ask_account(reason: str, *, by: User, team: Team | None = None) -> SupplyAccount:
    """Ask for an account of one's own, or for the own team; refused where there is one already."""
    if team is not None and team != team_of(by):
        raise BusinessError(_("This is not your team."), code="team", field="team")
    row = _make(None if team else by, team or team_of(by), reason, by)
    record("campaigns.supply_account.pending", row, by=by, changes={"reason": (None, reason)})
    return _submit(row, by)


@transaction.atomic
def ask_again(account: SupplyAccount, reason: str, *, by: User, version: int) -> SupplyAccount:
    """Write a returned request anew and hand it in again."""
    row = _lock(account)
    if row.version != version:
        raise ConflictError(_("Somebody changed this request meanwhile. Look at it again."), code="stale")
    row.reason = reason
    _set(row, AccountState.PENDING, by, "reason")
    return _submit(row, by)


@transaction.atomic
def open_account(account: SupplyAccount, by: User) -> None:
    """Approved: from now on the clerk hands out."""
    row = _lock(account)
    row.opened_on = business_date()
    _set(row, AccountState.OPEN, by, "opened_on")


def end_request(state: AccountState) -> Callable[[SupplyAccount, User], None]:
    """Return the effect of a decision that opens nothing."""

    @transaction.atomic
    def effect(account: SupplyAccount, by: User) -> None:
        _set(_lock(account), state, by)

    return effect


@transaction.atomic
def close_account(account: SupplyAccount, *, by: User) -> SupplyAccount:
    """Nothing is held on it any more; refused while something is."""
    row = _lock(account)
    if held := holdings([row]).get(row.pk):
        names = listed(f"{one.material.name} {one.quantity}" for one in held)
        raise BusinessError(_("Still held: %(things)s.") % {"things": names}, code="held")
    row.closed_on = business_date()
    _set(row, AccountState.CLOSED, by, "closed_on")
    return row


@transaction.atomic
def enter(account: SupplyAccount, kind: EntryKind, wanted: Wanted, *, by: User) -> SupplyEntry:
    """Hand out, take back or use. Refused before the account is open, and for more than is held or in stock."""
    row = _lock(account)
    if row.state != AccountState.OPEN:
        raise BusinessError(_("This account is not open."), code="not_open")
    return _enter(row, kind, wanted, by)


@transaction.atomic
def pass_on(account: SupplyAccount, material: Material, *, to: User, by: User) -> None:
    """A handover: what somebody holds of a material goes to the successor's account, which is opened where there is none.

    Raises ConflictError where an account was closed meanwhile.
    """
    target = _account_of(to, by)
    both = SupplyAccount.objects.filter(pk__in=[account.pk, target.pk], state=AccountState.OPEN)
    rows = {row.pk: row for row in locked(both)}
    if len(rows) < 2:
        raise ConflictError(_("This account is not open."), code="not_open")
    held = held_of(account, material)
    if held:
        wanted = Wanted(material, held, rows[target.pk].number)
        _enter(rows[account.pk], EntryKind.PASSED_ON, wanted, by)
        wanted = Wanted(material, held, rows[account.pk].number)
        _enter(rows[target.pk], EntryKind.TAKEN_OVER, wanted, by)


def _account_of(user: User, by: User) -> SupplyAccount:
    """Return the open account of a person, else open one; a request that waits for a decision has become needless."""
    live = SupplyAccount.objects.filter(user=user, state__in=LIVE)
    waiting = live.exclude(state=AccountState.OPEN).first()
    if waiting is not None:
        approvals.withdraw_for(SUBJECT, waiting, by=by, reason=_("Opened by a handover"))
    row = live.first()
    if row is None:
        row = _make(user, team_of(user), _("Handover"), by)
        row.opened_on = business_date()
        record("campaigns.supply_account.pending", row, by=by)
        _set(row, AccountState.OPEN, by, "opened_on")
    return row


def _make(user: User | None, team: Team | None, reason: str, by: User) -> SupplyAccount:
    try:
        with transaction.atomic():
            return SupplyAccount.objects.create(
                number=next_number(SupplyAccount, "LY", business_date().year),
                user=user,
                team=team,
                asked_by=by,
                asked_on=business_date(),
                reason=reason,
            )
    except IntegrityError as error:
        if "supply_account_one_a" not in str(error):
            raise
        raise BusinessError(_("There is an account already."), code="twice") from error


def _enter(row: SupplyAccount, kind: EntryKind, wanted: Wanted, by: User) -> SupplyEntry:
    held = held_of(row, wanted.material)
    if not is_possible(kind, wanted.quantity, held):
        words = _("%(held)s of “%(name)s” are held; %(quantity)s were asked for. Nothing was written.")
        told = {"held": held, "name": wanted.material.name, "quantity": wanted.quantity}
        raise BusinessError(words % told, code="held", field="quantity")
    moved = _move_stock(row, kind, wanted, by)
    entry = _write(row, kind, wanted, moved, by)
    changes = {"held": (held, held + entry.change)}
    record(f"campaigns.supply.{kind.value}", row, by=by, changes=changes, reason=wanted.material.name)
    return entry


def _move_stock(row: SupplyAccount, kind: EntryKind, wanted: Wanted, by: User) -> MaterialMove | None:
    if kind not in _MOVES:
        return None
    text = f"{row.number} {row.holder} {wanted.text}".strip()
    return move(wanted.material, _MOVES[kind], wanted.quantity, on=business_date(), text=text, by=by)


def _write(
    row: SupplyAccount, kind: EntryKind, wanted: Wanted, moved: MaterialMove | None, by: User
) -> SupplyEntry:
    return SupplyEntry.objects.create(
        account=row,
        material=wanted.material,
        kind=kind,
        change=change_of(kind, wanted.quantity),
        on=business_date(),
        text=wanted.text[:200],
        move=moved,
        by=by,
    )


def _submit(row: SupplyAccount, by: User) -> SupplyAccount:
    approvals.submit(SUBJECT, row, by=by)
    row.refresh_from_db()
    return row


def _lock(account: SupplyAccount) -> SupplyAccount:
    return locked(SupplyAccount.objects.filter(pk=account.pk).select_related("user", "team")).get()


def _set(row: SupplyAccount, state: AccountState, by: User, *fields: str) -> None:
    ensure_transition(AccountState(row.state), state, ACCOUNT_MOVES)
    before, row.state = row.state, state
    row.version += 1
    row.save(update_fields=["state", *fields, "version"])
    record(f"campaigns.supply_account.{state.value}", row, by=by, changes={"state": (before, state.value)})
