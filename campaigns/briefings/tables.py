"""The list of briefings."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.briefings.filters import BriefingFilter
from campaigns.briefings.models import Briefing
from campaigns.briefings.selectors import with_numbers
from campaigns.briefings.terms import STATE_TONES, BriefingState
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _rows(user: User) -> QuerySet[Briefing]:
    return with_numbers(Briefing.objects.visible_to(user).select_related("unit", "campaign", "owner"))


def _search(rows: QuerySet[Briefing], text: str) -> QuerySet[Briefing]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(names | Q(place__icontains=text) | Q(number__iexact=text))


BRIEFINGS = register_list(
    ListSpec(
        key="campaigns.briefings",
        url="/briefings/",
        title=_("Product briefings"),
        rows=_rows,
        columns=(
            Column(
                "unit",
                _("Unit"),
                lambda b: Name(b.unit.name, sub=b.place, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", kind="tag"),
            Column(
                "state",
                _("State"),
                lambda b: (STATE_TONES[BriefingState(b.state)], str(b.get_state_display())),
                kind="badge",
                phone="left",
            ),
            Column("starts", _("Starts at"), "starts_at", kind="datetime", sort="starts", phone="end"),
            Column("campaign", _("Campaign"), "campaign.name"),
            Column("expected", _("Expected"), "expected_count", kind="number"),
            Column("came", _("Came"), "came", kind="number", phone="right"),
            Column("willing", _("With an intention"), "willing", kind="number"),
            Column("cost", _("Actual cost in yuan"), "actual_amount", kind="money", is_shown=False),
            Column("owner", _("Responsible"), "owner.name", phone="foot"),
            Column("why", _("Why now"), "why", is_shown=False),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("starts", _("Latest first"), "starts_at", descending=True),
        ),
        count_words=lambda count, words: ngettext("%(n)s briefing", "%(n)s briefings", count) % {"n": words},
        filterset=BriefingFilter,
        search=_search,
        search_hint=_("Unit, place, number"),
        row_url=lambda row: f"/briefings/{row.pk}/",
        views=(
            View("prepare", _("To be prepared"), "state=approved"),
            View("count", _("To be counted"), "state=held"),
        ),
        empty=Empty(
            _("No briefings yet"),
            _("A briefing is asked for on the record of a unit."),
            icon="presentation",
        ),
    )
)
