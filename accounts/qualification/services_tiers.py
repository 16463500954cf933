"""The acts on tiers: propose, confirm, reject; mark the core; replace the rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.qualification.labels import RULES_PROBLEMS
from accounts.qualification.models import CoreChange, TierProposal, TierScheme
from accounts.qualification.rules.tiers import Outcome, is_worth_proposing, read_rules, rules_problem
from accounts.qualification.selectors_tiers import last_rejected, outcomes_of, scheme_on
from accounts.qualification.terms import ProposalState
from accounts.units.models import KeyAccount
from accounts.units.services import change_tier, lock_unit, mark_dirty
from accounts.units.terms import Tier, UnitStatus
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.sentences import sentence
from kam.settings_rows.selectors import int_setting
from kam.users.models import User

CHUNK = 500
MOVED = "tier_points_moved"
STALE = _("This proposal was settled or overtaken meanwhile. Here is what it says now.")


def propose_for_all() -> str:
    """Look at every unit again, in chunks; a second run on the same day changes nothing."""
    made = 0
    keys = list(KeyAccount.objects.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(keys), CHUNK):
        made += propose(keys[first : first + CHUNK])
    return sentence(
        gettext_noop("%(units)s units looked at, %(made)s tiers proposed"), units=len(keys), made=made
    )


@transaction.atomic
def propose(unit_ids: Sequence[int], *, day: date | None = None) -> int:
    """Make, renew or withdraw the open proposals of these units; return how many new ones were made."""
    day = day or business_date()
    scheme = scheme_on(day)
    if scheme is None:
        return 0
    rows = list(locked(KeyAccount.objects.filter(pk__in=unit_ids).only("pk", "tier", "status")))
    units = KeyAccount.objects.filter(pk__in=unit_ids)
    outcomes = outcomes_of(units, read_rules(scheme.rules), day)
    waiting = {row.unit_id: row for row in locked(TierProposal.objects.open().filter(unit__in=unit_ids))}
    rejected = last_rejected(unit_ids, scheme)
    moved = Decimal(int_setting(MOVED))
    fresh: list[TierProposal] = []
    for unit in rows:
        outcome, old, no = outcomes[unit.pk], waiting.get(unit.pk), rejected.get(unit.pk)
        told = (Tier(no.proposed), no.value_points, no.potential_points) if no else None
        wanted = unit.status != UnitStatus.LOST and is_worth_proposing(
            outcome, Tier(unit.tier), told, moved=moved
        )
        if old is not None and wanted and _is_same(old, outcome, scheme):
            continue
        if old is not None:
            _overtake(old, day)
        if wanted:
            fresh.append(_proposal(unit, outcome, scheme, day))
    TierProposal.objects.bulk_create(fresh)
    return len(fresh)


def _is_same(old: TierProposal, outcome: Outcome, scheme: TierScheme) -> bool:
    return (old.scheme_id, old.proposed, old.value_points, old.potential_points, old.seen) == (
        scheme.pk,
        outcome.tier,
        outcome.value.points,
        outcome.potential.points,
        _figures(outcome),
    )


def _figures(outcome: Outcome) -> dict[str, str]:
    return {line.rule.key: f"{line.seen.normalize():f}" for line in outcome.lines if line.seen is not None}


def _proposal(unit: KeyAccount, outcome: Outcome, scheme: TierScheme, day: date) -> TierProposal:
    return TierProposal(
        unit=unit,
        scheme=scheme,
        current=unit.tier,
        proposed=outcome.tier or "",
        value_points=outcome.value.points,
        value_level=outcome.value.level,
        potential_points=outcome.potential.points,
        potential_level=outcome.potential.level,
        seen=_figures(outcome),
        made_on=day,
    )


def _overtake(proposal: TierProposal, day: date) -> None:
    proposal.state, proposal.decided_on = ProposalState.OVERTAKEN, day
    proposal.save(update_fields=["state", "decided_on"])


def overtake_by_tier(unit: KeyAccount, old: Tier, new: Tier, by: User | None) -> None:
    """The tier was changed by whatever way: a proposal that still waited is overtaken."""
    del old, new, by
    for waiting in locked(TierProposal.objects.open().filter(unit=unit)):
        _overtake(waiting, business_date())


@transaction.atomic
def confirm_proposal(proposal: TierProposal, *, by: User, reason: str) -> KeyAccount:
    """Give the unit the proposed tier; ConflictError where the proposal or the tier is another one by now."""
    row = _settle(proposal, ProposalState.CONFIRMED, by=by, reason=reason)
    return change_tier(row.unit, to=Tier(row.proposed), by=by, reason=reason)


@transaction.atomic
def reject_proposal(proposal: TierProposal, *, by: User, reason: str) -> TierProposal:
    """Leave the unit in its tier, with the reason; the same is not proposed again until the points move."""
    row = _settle(proposal, ProposalState.REJECTED, by=by, reason=reason)
    changes = {"proposed": (row.current, row.proposed)}
    record("accounts.unit.tier_rejected", row.unit, by=by, changes=changes, reason=reason)
    return row


def _settle(proposal: TierProposal, state: ProposalState, *, by: User, reason: str) -> TierProposal:
    unit = lock_unit(proposal.unit_id)
    row = locked(TierProposal.objects.filter(pk=proposal.pk)).get()
    if row.state != ProposalState.OPEN or row.current != unit.tier:
        raise ConflictError(STALE, code="stale")
    if not reason.strip():
        raise BusinessError(_("Say why."), code="reason", field="reason")
    row.unit = unit
    row.state, row.by, row.reason, row.decided_on = state, by, reason.strip()[:300], business_date()
    row.save(update_fields=["state", "by", "reason", "decided_on"])
    return row


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of one proposal: confirmed, or why not."""

    proposal: TierProposal
    problem: str = ""


def confirm_proposals(proposals: Sequence[TierProposal], *, by: User, reason: str) -> list[Decided]:
    """Confirm each in its own transaction; one refusal does not hinder the others."""
    results = []
    for proposal in sorted(proposals, key=lambda row: row.unit_id):
        try:
            confirm_proposal(proposal, by=by, reason=reason)
        except BusinessError as error:
            results.append(Decided(proposal, str(error)))
        else:
            results.append(Decided(proposal))
    return results


@transaction.atomic
def mark_core(
    unit: KeyAccount, *, is_core: bool, by: User | None, reason: str, version: int | None = None
) -> KeyAccount:
    """Say that a unit belongs to the core (can place big orders), or not any more, with the reason."""
    row = lock_unit(unit.pk, version=version)
    if not reason.strip():
        raise BusinessError(_("Say why."), code="reason", field="reason")
    if row.is_core == is_core:
        raise BusinessError(_("This is so already."), code="same", field="is_core")
    row.is_core = is_core
    row.version += 1
    row.save(update_fields=["is_core", "version"])
    CoreChange.objects.create(
        unit=row, is_core=is_core, on=business_date(), by=by, reason=reason.strip()[:300]
    )
    record(
        "accounts.unit.core_changed", row, by=by, changes={"is_core": (not is_core, is_core)}, reason=reason
    )
    mark_dirty(row.pk)
    return row


@transaction.atomic
def replace_tier_rules(kept: dict[str, Any], *, by: User | None, on: date) -> TierScheme:
    """Put new rules of the tiers in force from `on` on; the old version holds until then and stays readable."""
    if problem := rules_problem(kept):
        raise BusinessError(RULES_PROBLEMS[problem[1]], code=problem[1], field=problem[0])
    old = locked(TierScheme.objects.filter(replaced_on__isnull=True)).first()
    if old is not None and on < old.introduced_on:
        raise BusinessError(
            _("A later version begins on %(day)s already.") % {"day": old.introduced_on},
            code="overlap",
            field="valid_from",
        )
    if old is not None:
        old.replaced_on = on
        old.save(update_fields=["replaced_on"])
    last = TierScheme.objects.order_by("-version").first()
    new = TierScheme.objects.create(version=last.version + 1 if last else 1, rules=kept, introduced_on=on)
    before = old.rules if old else None
    record("accounts.tiers.rules_replaced", new, by=by, changes={"rules": (before, kept)})
    return new
