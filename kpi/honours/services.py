"""The acts on honours: proposed, decided by the engine, told to whoever is honoured."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.units.models import KeyAccount
from kam.approvals import services as approvals
from kam.approvals.registry import Effect
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.core.transitions import ensure_transition
from kam.outbox.services import notify
from kam.users.models import Team, User
from kpi.honours.labels import PROBLEMS
from kpi.honours.models import Honour
from kpi.honours.rules import About, honour_problem
from kpi.honours.terms import HONOUR_TRANSITIONS, HonourKind, HonourState, Occasion

SUBJECT = "honour"


@dataclass(frozen=True, slots=True)
class NewHonour:
    """Who is honoured with what, and for what."""

    kind: HonourKind
    occasion: Occasion
    title: str
    reason: str
    on: date
    person: User | None = None
    team: Team | None = None
    unit: KeyAccount | None = None
    amount: Decimal | None = None


@transaction.atomic
def propose(new: NewHonour, *, by: User) -> Honour:
    """Propose an honour; the director decides, and the general manager where it is money."""
    about = About(
        new.kind,
        new.occasion,
        new.person.pk if new.person else None,
        new.team.pk if new.team else None,
        new.unit.pk if new.unit else None,
        new.amount,
        new.on,
    )
    if problem := honour_problem(about, by=by.pk, today=business_date()):
        field, code = problem
        raise BusinessError(PROBLEMS[code], code=code, field=field)
    made = Honour.objects.create(
        kind=new.kind,
        occasion=new.occasion,
        title=new.title,
        reason=new.reason,
        on=new.on,
        person=new.person,
        team=new.team,
        unit=new.unit,
        amount=new.amount,
        proposed_by=by,
    )
    record("kpi.honour.proposed", made, by=by, changes={"title": (None, new.title)})
    approvals.submit(SUBJECT, made, by=by)
    return made


@transaction.atomic
def propose_again(honour: Honour, *, title: str, reason: str, by: User) -> Honour:
    """Hand a returned proposal in again with its new words."""
    row = locked(Honour.objects.filter(pk=honour.pk)).get()
    if row.state != HonourState.RETURNED:
        raise BusinessError(_("Only what was returned is handed in again."), code="state")
    row.title, row.reason = title, reason
    _move(row, HonourState.PENDING, "title", "reason", by=by)
    approvals.submit(SUBJECT, row, by=by)
    return row


def decide(to: HonourState) -> Effect:
    """Return what follows a decision; an approved honour is told to whom it honours."""

    def effect(honour: Honour, by: User) -> None:
        row = locked(Honour.objects.filter(pk=honour.pk)).get()
        if to in {HonourState.APPROVED, HonourState.REJECTED}:
            row.decided_at = timezone.now()
        _move(row, to, "decided_at", by=by)
        if to is HonourState.APPROVED:
            _tell(row)

    return effect


def _tell(row: Honour) -> None:
    people = [row.person] if row.person else _members(row)
    for person in people:
        if not person.is_active:
            continue
        with translation.override(person.language):
            notify(
                key=f"kpi:honour:{row.pk}:{person.pk}",
                to=person,
                text=_("You are honoured: %(title)s.") % {"title": row.title},
                url=row.get_absolute_url(),
                kind="kpi.honour",
            )


def _members(row: Honour) -> list[User]:
    rows = User.objects.working().filter(memberships__team=row.team_id, memberships__ended_on=None)
    return list(rows.distinct().order_by("pk"))


def _move(row: Honour, to: HonourState, *fields: str, by: User) -> None:
    before = HonourState(row.state)
    ensure_transition(before, to, HONOUR_TRANSITIONS)
    row.state = to
    row.version += 1
    row.save(update_fields=["state", *fields, "version"])
    record(f"kpi.honour.{to.value}", row, by=by, changes={"state": (before.value, to.value)})
