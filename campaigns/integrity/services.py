"""The acts on the register. A room that gives something: `reserve` before it spends, `give` when it is handed over, `free` when nothing comes of it.

Limits hold over all colleagues together: units and giver are locked, what counts is read, the rules are asked, the entry is written.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from campaigns.integrity.labels import FINDINGS, KIND_LABELS
from campaigns.integrity.models import Benefit, BenefitMove, PolicyVersion
from campaigns.integrity.rules import Finding, Past, Verdict, Wanted, judge
from campaigns.integrity.selectors import limits_on, outcome_for, outcomes_on, past_of
from campaigns.integrity.terms import BenefitKind, MoveKind, Outcome
from kam.audit.services import record as record_act
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.money import ZERO, to_cents
from kam.notes.terms import SourceKey
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class Value:
    """Something of value for a person; `item` is what one piece is worth, all of it where nothing is said."""

    person: Person
    kind: BenefitKind
    amount: Decimal
    on: date
    text: str
    item: Decimal | None = None

    def wanted(self, giver: User | None) -> Wanted:
        amount = to_cents(self.amount)
        item = amount if self.item is None else to_cents(self.item)
        return Wanted(
            self.person.pk,
            self.person.unit_id,
            giver.pk if giver else None,
            self.kind,
            amount,
            item,
            self.on,
        )


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why compliance is asked, and the two documents for what is like money (12-decisions, 17)."""

    reason: str = ""
    basis: str = ""
    employer: str = ""


NO_EXCUSE = Excuse()


def check(
    values: Sequence[Value], *, giver: User | None, without: Collection[int] = ()
) -> list[tuple[Value, Verdict]]:
    """Say what policy and limits make of values that are given together. Reads only; screens show it before anything is asked."""
    policies: dict[date, dict[tuple[str, str], Outcome]] = {}
    beside: list[Past] = []
    told = []
    for value in values:
        policy = policies.setdefault(value.on, outcomes_on(value.on))
        limits, wanted = limits_on(value.on), value.wanted(giver)
        past = past_of([wanted.unit], wanted.by, wanted.on, limits.days, without=without)
        told.append(
            (value, judge(wanted, outcome_for(value.person, value.kind, policy), [*past, *beside], limits))
        )
        beside.append(wanted.as_past())
    return told


@transaction.atomic
def reserve(
    values: Sequence[Value], *, giver: User | None, source: SourceKey, excuse: Excuse = NO_EXCUSE
) -> list[Benefit]:
    """Enter what is about to be given, before a yuan is spent. Refused by the policy, or above a limit without a reason for compliance."""
    _lock(values, giver)
    found = []
    for value, verdict in check(values, giver=giver):
        _refuse(value, verdict, excuse)
        found.append(_enter(value, verdict, giver, source, excuse))
    return found


@transaction.atomic
def give(
    benefit: Benefit,
    *,
    by: User | None,
    on: date | None = None,
    gross: Decimal | None = None,
    tax: Decimal = ZERO,
    excuse: Excuse = NO_EXCUSE,
) -> BenefitMove:
    """It was handed over: the policy of that day is asked once more, and the limits where it costs more or comes on another day.

    `excuse` says why it cost more than what was allowed; it stands in the register with what was given.
    """
    _lock_rows([benefit.unit_id], benefit.giver)
    row = _open(benefit)
    if row.state != "reserved":
        raise ConflictError(_("This is in the register as given already."), code="given")
    day, gross = on or business_date(), to_cents(row.amount if gross is None else gross)
    piece = gross * row.item_amount / row.amount
    value = Value(row.person, BenefitKind(row.kind), gross, day, row.text, piece)
    ((_value, verdict),) = check([value], giver=row.giver, without=[row.pk])
    reason = row.reason or excuse.reason
    _refuse(value, verdict, Excuse(reason, row.basis_document, row.employer_document))
    move = _move(row, MoveKind.GIVEN, day, gross, to_cents(tax), by, excuse.reason)
    changes = {"worth": (row.amount, gross), "tax": (None, move.tax_amount)}
    record_act("campaigns.benefit.given", row, by=by, changes=changes, reason=excuse.reason)
    return move


@transaction.atomic
def free(benefit: Benefit, *, by: User | None, reason: str) -> BenefitMove:
    """Nothing came of it, or it was taken back: it counts no more, and stays to be read."""
    _lock_rows([benefit.unit_id], benefit.giver)
    row = _open(benefit)
    given = row.move(MoveKind.GIVEN)
    gross = given.gross_amount if given else row.amount
    move = _move(row, MoveKind.FREED, business_date(), gross, ZERO, by, reason)
    record_act("campaigns.benefit.freed", row, by=by, changes={"worth": (gross, None)}, reason=reason)
    return move


@transaction.atomic
def record(
    value: Value, *, giver: User | None, source: SourceKey, excuse: Excuse = NO_EXCUSE, tax: Decimal = ZERO
) -> Benefit:
    """Reserve and give at once, for what is checked and paid in one act (a rebate at the counter)."""
    (benefit,) = reserve([value], giver=giver, source=source, excuse=excuse)
    give(benefit, by=giver, on=value.on, tax=tax)
    return benefit


def said(value: Value, finding: Finding) -> str:
    """Return a finding as a sentence."""
    told = {name: f"{getattr(finding, name):,.2f}" for name in ("limit", "counted", "amount", "left")}
    return str(FINDINGS[finding.code]) % (told | {"name": value.person.name, "unit": value.person.unit.name})


# --- The policy ------------------------------------------------------------------------------------------------------


@transaction.atomic
def put_policy_in_force(
    party: str, kind: str, outcome: str, *, valid_from: date, by: User | None, note: str = ""
) -> PolicyVersion:
    """Write the version and end its predecessor on the day before."""
    check_policy(party, kind, valid_from)
    versions = list(locked(PolicyVersion.objects.filter(party=party, kind=kind)))
    before = next((row for row in versions if row.valid_until is None), None)
    if before is not None:
        before.valid_until = valid_from
        before.save(update_fields=["valid_until"])
    row = PolicyVersion.objects.create(
        party=party,
        kind=kind,
        outcome=outcome,
        number=max((old.number for old in versions), default=0) + 1,
        valid_from=valid_from,
        note=note[:300],
    )
    changes = {"outcome": (before.outcome if before else None, outcome), "from": (None, valid_from)}
    record_act("campaigns.benefit_policy.in_force", row, by=by, changes=changes, reason=note)
    return row


def check_policy(party: str, kind: str, valid_from: date) -> None:
    """Refuse days that a version approved before takes."""
    later = PolicyVersion.objects.filter(party=party, kind=kind, valid_from__gte=valid_from)
    later = later.filter(Q(valid_until__isnull=True) | ~Q(valid_until=F("valid_from")))
    row = later.order_by("valid_from").first()
    if row is not None and (row.number > 1 or row.valid_from > valid_from):
        words = _("Version %(number)s begins on %(day)s already. Two versions of one rule never share a day.")
        told = {"number": row.number, "day": say_day(row.valid_from)}
        raise BusinessError(words % told, code="overlap", field="valid_from")


# --- Inside ----------------------------------------------------------------------------------------------------------


def _lock(values: Sequence[Value], giver: User | None) -> None:
    _lock_rows(sorted({value.person.unit_id for value in values}), giver)


def _lock_rows(units: Sequence[int], giver: User | None) -> None:
    """Hold the units, then the giver, always in this order; those who only refer to them go on."""
    list(locked(KeyAccount.objects.filter(pk__in=units), no_key=True).only("pk"))
    if giver is not None:
        list(locked(User.objects.filter(pk=giver.pk), no_key=True).only("pk"))


def _open(benefit: Benefit) -> Benefit:
    """Return the entry as it stands under lock; 409 for one that was freed."""
    row = Benefit.objects.select_related("person__unit", "giver").prefetch_related("moves").get(pk=benefit.pk)
    if row.state == "freed":
        raise ConflictError(_("This was taken out of the register already."), code="freed")
    return row


def _refuse(value: Value, verdict: Verdict, excuse: Excuse) -> None:
    kind = KIND_LABELS[value.kind]
    if verdict.is_refused:
        words = _(
            "The policy refuses “%(kind)s” to %(name)s: a public official, or a unit of the public side."
        )
        raise BusinessError(words % {"kind": kind, "name": value.person.name}, code="refused", field="kind")
    if verdict.needs_compliance and not excuse.reason.strip():
        words = " ".join(said(value, finding) for finding in verdict.findings) or _(
            "“%(kind)s” to %(name)s needs a compliance approval."
        ) % {"kind": kind, "name": value.person.name}
        hint = _("Nothing was entered. Give the reason for a compliance approval, or change the request.")
        raise BusinessError(f"{words} {hint}", code="compliance", field="compliance_reason")
    if verdict.needs_documents and not (excuse.basis.strip() and excuse.employer.strip()):
        words = _("Name both documents: the written basis, and how the employer was informed.")
        raise BusinessError(words, code="documents", field="basis_document")


def _enter(value: Value, verdict: Verdict, giver: User | None, source: SourceKey, excuse: Excuse) -> Benefit:
    wanted = value.wanted(giver)
    row = Benefit.objects.create(
        person=value.person,
        unit=value.person.unit,
        kind=value.kind,
        amount=wanted.amount,
        item_amount=wanted.item,
        on=value.on,
        giver=giver,
        text=value.text[:200],
        official=value.person.official,
        channel=value.person.unit.channel,
        outcome=verdict.outcome,
        findings=[finding.code for finding in verdict.findings],
        reason=excuse.reason.strip() if verdict.needs_compliance else "",
        basis_document=excuse.basis.strip(),
        employer_document=excuse.employer.strip(),
        source_kind=source.kind,
        source_id=source.id,
        source_label=source.label,
    )
    record_act("campaigns.benefit.reserved", row, by=giver, changes={"worth": (None, wanted.amount)})
    return row


def _move(
    row: Benefit, kind: MoveKind, day: date, gross: Decimal, tax: Decimal, by: User | None, reason: str = ""
) -> BenefitMove:
    return BenefitMove.objects.create(
        benefit=row,
        kind=kind,
        on=day,
        gross_amount=gross,
        tax_amount=tax,
        net_amount=gross - tax,
        reason=reason[:300],
        by=by,
    )
