"""The list of proposed tiers."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from accounts.qualification.labels import LEVEL_LABELS, STATE_LABELS
from accounts.qualification.models import TierProposal
from accounts.qualification.terms import Level, ProposalState
from accounts.units.labels import TIER_LABELS
from kam.lists.filters import OneOf, OneOfRows
from kam.lists.spec import BulkAction, Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User
from kam.users.offers import sellers_offered, teams_offered
from kam.users.terms import Position

TONES = {
    ProposalState.OPEN: "pending",
    ProposalState.CONFIRMED: "good",
    ProposalState.REJECTED: "danger",
    ProposalState.OVERTAKEN: "draft",
}


class ProposalFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    proposed = OneOf(label=_("Proposed tier"), choices=list(TIER_LABELS.items()))
    current = OneOf(label=_("Tier then"), choices=list(TIER_LABELS.items()))
    owner = OneOfRows(label=_("Owner"), field_name="unit__owner", queryset=sellers_offered)
    team = OneOfRows(label=_("Team"), field_name="unit__team", queryset=teams_offered)

    class Meta:
        model = TierProposal
        fields = ()


def _rows(user: User) -> QuerySet[TierProposal]:
    return TierProposal.objects.visible_to(user).select_related("unit", "unit__owner", "scheme", "by")


def _search(rows: QuerySet[TierProposal], text: str) -> QuerySet[TierProposal]:
    names = ("name", "short_name", "english_name")
    return rows.filter(find_by_name(text, names=names, code="credit_code", path="unit__"))


def _side(points: Any, level: str) -> str:
    return f"{points} · {LEVEL_LABELS[Level(level)]}"


def can_decide_tiers(user: User) -> bool:
    return user.is_active and user.position in {Position.MANAGER, Position.DIRECTOR}


PROPOSALS = register_list(
    ListSpec(
        key="accounts.tiers",
        url="/accounts/tiers/",
        title=_("Proposed tiers"),
        rows=_rows,
        columns=(
            Column(
                "unit",
                _("Unit"),
                lambda p: Name(p.unit.name, tier=p.unit.tier, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("change", _("Proposal"), lambda p: f"{p.current} → {p.proposed}", phone="right"),
            Column("value", _("Value to us"), lambda p: _side(p.value_points, p.value_level), phone="left"),
            Column("potential", _("Potential"), lambda p: _side(p.potential_points, p.potential_level)),
            Column(
                "state",
                _("State"),
                lambda p: (TONES[ProposalState(p.state)], p.get_state_display()),
                kind="badge",
                phone="top",
            ),
            Column("made", _("Proposed on"), "made_on", kind="date", sort="made", phone="end"),
            Column("owner", _("Owner"), "unit.owner.name", phone="foot"),
            Column("by", _("Decided by"), "by.name", is_shown=False),
            Column("reason", _("Reason"), "reason", is_shown=False),
        ),
        sorts=(
            Sort("made", _("Newest"), "made_on", descending=True),
            Sort("potential", _("Most potential"), "potential_points", descending=True),
            Sort("value", _("Most value"), "value_points", descending=True),
        ),
        count_words=lambda count, words: ngettext("%(n)s proposal", "%(n)s proposals", count) % {"n": words},
        filterset=ProposalFilter,
        search=_search,
        search_hint=_("Name, pinyin, code of the unit"),
        row_url=lambda p: f"/accounts/{p.unit_id}/tier/proposal/",
        views=(
            View("open", pgettext_lazy("proposals", "Open"), "state=open"),
            View("confirmed", pgettext_lazy("proposals", "Confirmed"), "state=confirmed"),
            View("rejected", pgettext_lazy("proposals", "Rejected"), "state=rejected"),
        ),
        default_view="open",
        bulk=(
            BulkAction(
                "confirm", _("Confirm the tiers"), "checks", "/accounts/tiers/confirm/", can=can_decide_tiers
            ),
        ),
        empty=Empty(
            _("No proposed tiers"),
            _(
                "KAM looks at every unit each night and proposes a tier where its points speak for another one."
            ),
            icon="stairs-up",
        ),
    )
)
