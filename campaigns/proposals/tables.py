"""The list of proposals."""

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext, pgettext_lazy

from campaigns.proposals.filters import ProposalFilter
from campaigns.proposals.models import Proposal
from campaigns.proposals.terms import STATE_TONES, ProposalState
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _rows(user: User) -> QuerySet[Proposal]:
    rows = Proposal.objects.visible_to(user).select_related("unit", "campaign", "by")
    return rows.annotate(
        written=Count("versions", distinct=True), presented_on=Max("versions__presentations__on")
    )


def _search(rows: QuerySet[Proposal], text: str) -> QuerySet[Proposal]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(names | Q(title__icontains=text) | Q(number__iexact=text))


PROPOSALS = register_list(
    ListSpec(
        key="campaigns.proposals",
        url="/proposals/",
        title=_("Proposals"),
        rows=_rows,
        columns=(
            Column(
                "title",
                pgettext_lazy("to a customer", "Proposal"),
                lambda p: Name(p.title, sub=p.unit.name, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number"),
            Column("unit", _("Unit"), "unit.name", is_shown=False),
            Column(
                "state",
                _("State"),
                lambda p: (STATE_TONES[ProposalState(p.state)], str(p.get_state_display())),
                kind="badge",
                phone="left",
            ),
            Column("versions", _("Versions"), "written", kind="number", phone="right"),
            Column("presented", _("Presented last"), "presented_on", kind="date", phone="end"),
            Column("answered", _("Answered on"), "answered_on", kind="date"),
            Column("answer", _("What they said"), "answer", is_shown=False),
            Column("campaign", _("Campaign"), "campaign.name", is_shown=False),
            Column("by", _("Written by"), "by.name", phone="foot"),
        ),
        sorts=(Sort("newest", _("Newest"), "id", descending=True),),
        count_words=lambda count, words: (
            npgettext("to customers", "%(n)s proposal", "%(n)s proposals", count) % {"n": words}
        ),
        filterset=ProposalFilter,
        search=_search,
        search_hint=_("Unit, title, number"),
        row_url=lambda row: f"/proposals/{row.pk}/",
        views=(View("open", _("No answer yet"), "state=open"),),
        empty=Empty(
            _("No proposals yet"), _("A proposal begins on the record of a unit."), icon="presentation"
        ),
    )
)
