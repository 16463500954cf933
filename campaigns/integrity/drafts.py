"""Changing the policy: what a draft shows, and what its approval does. What was refused is let go by the general manager only (12-decisions, 17)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns.integrity.labels import KIND_LABELS, OUTCOME_LABELS, PARTY_LABELS
from campaigns.integrity.models import Benefit, PolicyVersion
from campaigns.integrity.selectors import outcomes_on
from campaigns.integrity.services import check_policy, put_policy_in_force
from campaigns.integrity.terms import OFFICIALS, BenefitKind, Outcome
from kam.approvals.rule_changes.registry import Preview
from kam.users.models import User

Payload = Mapping[str, Any]


def preview_policy(payload: Payload, valid_from: date) -> Preview:
    """Show what the policy says now and then, and how many reserved entries it meets."""
    party, kind, outcome = payload["party"], BenefitKind(payload["kind"]), Outcome(payload["outcome"])
    now = outcomes_on(valid_from).get((party, kind), Outcome.COMPLIANCE)
    heads = [pgettext("gift", "For whom"), _("Kind"), _("Now"), _("Then")]
    words = [PARTY_LABELS[party], KIND_LABELS[kind], OUTCOME_LABELS[now], OUTCOME_LABELS[outcome]]
    whose = {"official__in": ["yes", "unknown"]} if party == OFFICIALS else {"channel": party}
    reserved = Benefit.objects.standing().filter(kind=kind, moves__isnull=True, **whose).count()
    notes = [_("%(count)s reserved entries are asked again when they are handed over.") % {"count": reserved}]
    if now is Outcome.REFUSED and outcome is not Outcome.REFUSED:
        notes.append(_("What was refused becomes possible: every receipt will say so."))
    return Preview(heads, [[str(word) for word in words]], notes)


def check_draft(payload: Payload, valid_from: date) -> None:
    """Refuse what the last approval would refuse anyway."""
    check_policy(payload["party"], payload["kind"], valid_from)


def apply_policy(payload: Payload, valid_from: date, by: User, note: str) -> None:
    """Put the version in force from its day on."""
    put_policy_in_force(
        payload["party"], payload["kind"], payload["outcome"], valid_from=valid_from, by=by, note=note
    )


def begin_with(of: str) -> dict[str, Any]:
    """Begin a draft with the version that was asked for."""
    found = PolicyVersion.objects.filter(pk=of).first() if of.isdecimal() and len(of) < 10 else None
    return {"party": found.party, "kind": found.kind, "outcome": found.outcome} if found else {}
