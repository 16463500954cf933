"""The list of long-term agreements."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from campaigns.agreements.filters import AgreementFilter
from campaigns.agreements.labels import STATE_LABELS
from campaigns.agreements.models import Agreement
from campaigns.agreements.selectors import standing_of
from campaigns.agreements.terms import STATE_TONES
from kam.core.clock import business_date
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _rows(user: User) -> QuerySet[Agreement]:
    return Agreement.objects.visible_to(user).select_related("unit", "by", "renewal", "renews")


def _search(rows: QuerySet[Agreement], text: str) -> QuerySet[Agreement]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(names | Q(title__icontains=text) | Q(number__iexact=text))


def _state(row: Agreement) -> tuple[str, str]:
    state = standing_of(row, business_date())
    return STATE_TONES[state], str(STATE_LABELS[state])


AGREEMENTS = register_list(
    ListSpec(
        key="campaigns.agreements",
        url="/agreements/",
        title=_("Long-term agreements"),
        rows=_rows,
        columns=(
            Column(
                "title",
                pgettext_lazy("agreement", "Agreement"),
                lambda a: Name(a.title, sub=a.unit.name, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number"),
            Column("unit", _("Unit"), "unit.name", is_shown=False),
            Column("state", _("State"), _state, kind="badge", phone="left"),
            Column("from", _("From"), "starts_on", kind="date"),
            Column("until", _("Until"), "ends_on", kind="date", sort="ends", phone="end"),
            Column("signed", _("Signed on"), "signed_on", kind="date"),
            Column("amount", _("Volume agreed in yuan"), "amount", kind="money", phone="right"),
            Column("renews", _("Renews"), "renews.number", is_shown=False),
            Column("terms", _("Terms"), "terms", is_shown=False),
            Column("ended", _("Ended on"), "ended_on", kind="date", is_shown=False),
            Column("by", _("Recorded by"), "by.name", phone="foot"),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("ends", _("Ends first"), "ends_on"),
        ),
        count_words=lambda count, words: (
            ngettext("%(n)s agreement", "%(n)s agreements", count) % {"n": words}
        ),
        filterset=AgreementFilter,
        search=_search,
        search_hint=_("Unit, title, number"),
        row_url=lambda row: f"/agreements/{row.pk}/",
        views=(View("ending", _("Ends soon"), "standing=ending&sort=ends"),),
        empty=Empty(
            _("No agreements yet"), _("An agreement is recorded on the record of a unit."), icon="file-text"
        ),
    )
)
