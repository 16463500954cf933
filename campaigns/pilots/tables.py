"""The list of pilot launches."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.campaigns.terms import STATE_TONES, CampaignState
from campaigns.pilots.filters import PilotFilter
from campaigns.pilots.labels import VERDICT_LABELS
from campaigns.pilots.models import Pilot, PilotRound
from campaigns.pilots.terms import VERDICT_TONES, Verdict
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, register_list
from kam.users.models import User


def _rows(user: User) -> QuerySet[Pilot]:
    return Pilot.objects.visible_to(user).select_related("campaign__coordinator")


def _search(rows: QuerySet[Pilot], text: str) -> QuerySet[Pilot]:
    return rows.filter(Q(campaign__name__icontains=text) | Q(campaign__code__icontains=text.lower()))


def _state(row: Pilot) -> tuple[str, str]:
    return STATE_TONES[CampaignState(row.campaign.state)], str(row.campaign.get_state_display())


def _beside(ids: list[int], _user: Any, _keys: tuple[str, ...]) -> Mapping[str, Mapping[int, Any]]:
    """Return the newest round of each and what was decided last; one statement."""
    rounds: dict[int, int] = {}
    verdicts: dict[int, tuple[str, str]] = {}
    rows = PilotRound.objects.filter(pilot__in=ids).order_by("number")
    for pilot, number, verdict in rows.values_list("pilot", "number", "decision__verdict"):
        rounds[pilot] = number
        if verdict:
            told = Verdict(verdict)
            verdicts[pilot] = VERDICT_TONES[told], str(VERDICT_LABELS[told])
    return {
        "round": {pk: rounds.get(pk) for pk in ids},
        "verdict": {pk: verdicts.get(pk) for pk in ids},
    }


PILOTS = register_list(
    ListSpec(
        key="campaigns.pilots",
        url="/pilots/",
        title=_("Pilot launches"),
        rows=_rows,
        columns=(
            Column(
                "name",
                _("Pilot"),
                lambda r: Name(r.campaign.name, sub=r.question[:60], lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("code", _("Code"), "campaign.code", kind="tag"),
            Column("state", _("State"), _state, kind="badge", phone="left"),
            Column("launch", _("Begins on"), "launch_on", kind="date", sort="launch", phone="end"),
            Column(
                "units",
                _("Units planned"),
                lambda r: sum(r.mix.values()),
                kind="number",
                is_shown=False,
            ),
            Column("round", _("Round"), lambda r: r.beside["round"], kind="number", phone="right"),
            Column("verdict", _("Last decision"), lambda r: r.beside["verdict"], kind="badge"),
            Column("coordinator", _("Coordinator"), "campaign.coordinator.name", phone="foot"),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("launch", _("Latest launch first"), "launch_on", descending=True),
        ),
        count_words=lambda count, words: (
            ngettext("%(n)s pilot launch", "%(n)s pilot launches", count) % {"n": words}
        ),
        filterset=PilotFilter,
        search=_search,
        search_hint=_("Name or code"),
        row_url=lambda row: f"/pilots/{row.pk}/",
        beside=_beside,
        empty=Empty(
            _("No pilot launches yet"),
            _("A pilot tries a campaign with a few units before it goes to all."),
            icon="flask",
        ),
    )
)
