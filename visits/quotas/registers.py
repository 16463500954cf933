"""What quotas give to the frames: the rings on Today, and the calls of the team."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kam.approvals.rule_changes.registry import RuleKind, register_rule_kind
from kam.audit.registry import register_act
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.core.sentences import labelled
from kam.search.registry import register_page
from kam.today.registry import Figure, Section, register_figure, register_section
from kam.today.terms import Exit, Place
from kam.users.models import User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import SELLERS
from visits.plans.registry import register_quota
from visits.quotas.forms import NormForm
from visits.quotas.models import QUOTA_LABELS, QuotaNorm
from visits.quotas.rules import Quota, norm_on
from visits.quotas.selectors import CALLS, norms_on, owed_by, quotas_of, quotas_want
from visits.quotas.services import add_norm, check_norm, preview_norm
from visits.quotas.terms import QuotaKey

Ring = tuple[Any, Quota]


def collect_rings(users: Sequence[User], day: date) -> dict[int, list[Ring]]:
    """Return user id → rings with their labels; where nothing is owed there is no ring (no A unit in focus)."""
    return {
        pk: [(QUOTA_LABELS[quota.key], quota) for quota in quotas if quota.owed]
        for pk, quotas in quotas_of(users, day).items()
    }


def text_of_rings(rings: list[Ring]) -> str:
    """Return the rings in plain lines for a mail."""
    return "\n".join("- " + labelled(label, f"{quota.done} / {quota.owed}") for label, quota in rings)


register_section(
    Section(
        key="quotas",
        label=_("Quotas"),
        order=100,
        slots=(Exit.TODAY, Exit.PLAN, Exit.FOLLOWUP),
        positions=SELLERS,
        place=Place.SIDE,
        collect=collect_rings,
        wants=quotas_want,
        template="visits/quotas/_today.html",
        digest_template="visits/quotas/_digest.html",
        text=text_of_rings,
    )
)
register_figure(
    Figure(
        key="calls",
        label=_("Calls"),
        order=30,
        count=CALLS,
        goal=lambda day: norm_on(norms_on(day), key=QuotaKey.CALLS_A_DAY, position="", day=day),
    )
)
register_page(
    "visits.quotas",
    _("Quotas"),
    "/visits/quotas/",
    icon="target",
    visible=lambda user: scope_of(user).reach is not Reach.NOTHING,
    order=60,
)

register_quota(owed_by)
register_act("visits.quota.added", _("Quota changed"))


def _begin(of: str) -> dict[str, Any]:
    """Begin a draft with the norm it was asked for: a row, or `measure:position` as it stands today."""
    norm = QuotaNorm.objects.filter(pk=number_in(of) or 0).first()
    if norm is not None:
        return {"key": norm.key, "position": norm.position, "amount": norm.amount}
    key, _colon, position = of.partition(":")
    if key not in set(QuotaKey) or position not in {"", *SELLERS}:
        return {}
    day = business_date()
    amount = norm_on(norms_on(day), key=QuotaKey(key), position=position, day=day)
    return {"key": key, "position": position, "amount": amount}


register_rule_kind(
    RuleKind(
        key="quota",
        label=_("Quota"),
        form=NormForm,
        preview=preview_norm,
        check=check_norm,
        apply=add_norm,
        begin=_begin,
    )
)
