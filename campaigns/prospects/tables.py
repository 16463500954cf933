"""The list of registered customers; mobile numbers stand on the page of each only."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.prospects.filters import ProspectFilter
from campaigns.prospects.models import Prospect
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _rows(user: User) -> QuerySet[Prospect]:
    return Prospect.objects.visible_to(user).select_related("unit", "campaign", "owner")


def _search(rows: QuerySet[Prospect], text: str) -> QuerySet[Prospect]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(names | Q(name__icontains=text) | Q(need__icontains=text))


PROSPECTS = register_list(
    ListSpec(
        key="campaigns.prospects",
        url="/prospects/",
        title=_("Registered customers"),
        rows=_rows,
        columns=(
            Column(
                "name",
                _("Name"),
                lambda p: Name(p.name, sub=p.unit.name if p.unit else p.source_note, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", is_shown=False),
            Column("unit", _("Unit"), "unit.name", is_shown=False),
            Column("campaign", _("Campaign"), "campaign.name"),
            Column("progress", _("State"), "progress_badge", kind="badge", phone="left"),
            Column("intention", _("Intention"), "intention_badge", kind="badge", phone="right"),
            Column("source", _("Source"), lambda p: p.get_source_display()),
            Column("channel", _("Channel"), lambda p: p.get_channel_display()),
            Column("need", _("What is wanted"), "need", is_shown=False),
            Column("registered", _("Registered on"), "registered_on", kind="date", sort="registered"),
            Column("sincere", _("Sincere since"), "sincere_on", kind="date", phone="end"),
            Column("bought", _("Bought on"), "bought_on", kind="date"),
            Column("owner", _("Owner"), "owner.name", phone="foot"),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("registered", _("Registered last"), "registered_on", descending=True),
        ),
        count_words=lambda count, words: (
            ngettext("%(n)s registered customer", "%(n)s registered customers", count) % {"n": words}
        ),
        filterset=ProspectFilter,
        search=_search,
        search_hint=_("Name, unit, what is wanted"),
        row_url=lambda row: f"/prospects/{row.pk}/",
        views=(
            View("open", _("To be won"), "progress=registered"),
            View("sincere", _("Sincere"), "progress=sincere"),
        ),
        empty=Empty(
            _("No registered customers yet"),
            _("Register one here, on the record of a unit, or at a briefing."),
            icon="users",
        ),
    )
)
