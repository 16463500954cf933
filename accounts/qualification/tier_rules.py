"""Changing the rules of the tiers: what an approved rule change does (12-decisions, 6), with a preview of whom it would move."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.qualification.labels import RULES_PROBLEMS
from accounts.qualification.models import TierScheme
from accounts.qualification.rules.tiers import read_rules, rules_problem
from accounts.qualification.selectors_tiers import outcomes_of
from accounts.qualification.services_tiers import replace_tier_rules
from accounts.units.models import KeyAccount
from accounts.units.terms import Tier
from kam.approvals.rule_changes.registry import Preview
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.users.models import User

Payload = Mapping[str, Any]
#: So many units are counted for the preview; with more it would not answer while somebody waits.
MOST_PREVIEWED = 5_000


def last_rules() -> dict[str, Any]:
    """Return the rules that a draft begins with."""
    last = TierScheme.objects.order_by("-version").first()
    return dict(last.rules) if last else {}


def preview_tiers(payload: Payload, valid_from: date) -> Preview:
    """Show how many units have each tier now, would have it by the rules in force, and by the drafted ones."""
    keys = list(KeyAccount.objects.order_by("pk").values_list("pk", flat=True)[: MOST_PREVIEWED + 1])
    units = KeyAccount.objects.filter(pk__in=keys[:MOST_PREVIEWED])
    now = _counted(units, last_rules())
    then = _counted(units, payload)
    have: Counter[Any] = Counter(units.values_list("tier", flat=True))
    rows = [[tier.value, str(have[tier]), str(now[tier]), str(then[tier])] for tier in Tier]
    rows.append([_("not enough known"), "–", str(now[None]), str(then[None])])
    heads = [
        _("Tier"),
        _("Have it today"),
        _("Proposed by the rules now"),
        _("From %(day)s") % {"day": valid_from},
    ]
    notes = [_("No tier changes by itself: managers confirm each proposal.")]
    if len(keys) > MOST_PREVIEWED:
        notes.append(_("Counted for the first %(n)s units.") % {"n": MOST_PREVIEWED})
    return Preview(heads, rows, notes)


def _counted(units: Any, kept: Payload) -> Counter[Any]:
    if not kept:
        return Counter()
    outcomes = outcomes_of(units, read_rules(kept), business_date())
    return Counter(outcome.tier for outcome in outcomes.values())


def check_tiers(payload: Payload, valid_from: date) -> None:
    """Refuse rules that contradict themselves, and those that begin before a version already approved."""
    if problem := rules_problem(payload):
        raise BusinessError(str(RULES_PROBLEMS[problem[1]]), field=problem[0], code=problem[1])
    later = TierScheme.objects.filter(introduced_on__gt=valid_from).first()
    if later is not None:
        raise BusinessError(
            _("A later version begins on %(day)s already.") % {"day": later.introduced_on},
            field="valid_from",
            code="overlap",
        )


def apply_tiers(payload: Payload, valid_from: date, by: User, note: str) -> None:
    """Put the new version in force from its day on; the next night KAM looks at every unit by it."""
    del note
    replace_tier_rules(dict(payload), by=by, on=valid_from)
