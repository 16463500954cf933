"""The list of campaigns."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.terms import STATE_TONES, CampaignState
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, register_list
from kam.users.models import User


def _rows(user: User) -> QuerySet[Campaign]:
    return Campaign.objects.visible_to(user).select_related("coordinator")


def _search(rows: QuerySet[Campaign], text: str) -> QuerySet[Campaign]:
    return rows.filter(
        Q(name__icontains=text) | Q(english_name__icontains=text) | Q(code__icontains=text.lower())
    )


def _state(row: Campaign) -> tuple[str, str]:
    return STATE_TONES[CampaignState(row.state)], str(row.get_state_display())


CAMPAIGNS = register_list(
    ListSpec(
        key="campaigns.campaigns",
        url="/campaigns/",
        title=_("Campaigns"),
        rows=_rows,
        columns=(
            Column(
                "name",
                _("Campaign"),
                lambda c: Name(c.name, sub=c.english_name, lang="zh-Hans"),
                kind="name",
                sort="name",
                phone="title",
            ),
            Column("code", _("Code"), "code", kind="tag"),
            Column("state", _("State"), _state, kind="badge", phone="left"),
            Column("from", _("Offer from"), "window_from", kind="date", sort="from", phone="right"),
            Column("to", _("Offer until"), "window_to", kind="date", phone="end"),
            Column("coordinator", _("Coordinator"), "coordinator.name", phone="foot"),
        ),
        sorts=(
            Sort("from", _("Latest offer first"), "window_from", descending=True, nullable=True),
            Sort("name", _("Name"), "name"),
        ),
        count_words=lambda count, words: ngettext("%(n)s campaign", "%(n)s campaigns", count) % {"n": words},
        search=_search,
        search_hint=_("Name or code"),
        row_url=lambda row: f"/campaigns/{row.pk}/",
        empty=Empty(
            _("No campaign yet"),
            _("The two campaigns of the source come with manage.py load_campaigns."),
            icon="speakerphone",
        ),
    )
)
