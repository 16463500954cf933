"""The list of sponsorships."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.sponsorships.filters import SponsorshipFilter
from campaigns.sponsorships.models import Sponsorship
from campaigns.sponsorships.terms import STATE_TONES, SponsorshipKind, SponsorshipState
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _rows(user: User) -> QuerySet[Sponsorship]:
    return Sponsorship.objects.visible_to(user).select_related("unit", "outlet", "line", "asked_by")


def _search(rows: QuerySet[Sponsorship], text: str) -> QuerySet[Sponsorship]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    words = Q(title__icontains=text) | Q(organiser__icontains=text) | Q(number__iexact=text)
    return rows.filter(names | words)


SPONSORSHIPS = register_list(
    ListSpec(
        key="campaigns.sponsorships",
        url="/sponsorships/",
        title=_("Sponsorships"),
        rows=_rows,
        columns=(
            Column(
                "title",
                _("Event or promotion"),
                lambda r: Name(r.title, sub=r.unit.name if r.unit else r.organiser, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", kind="tag"),
            Column(
                "state",
                _("State"),
                lambda r: (STATE_TONES[SponsorshipState(r.state)], str(r.get_state_display())),
                kind="badge",
                phone="left",
            ),
            Column("kind", _("Kind"), lambda r: str(r.get_kind_display())),
            Column("on", _("First day"), "on", kind="date", sort="on", phone="end"),
            Column("until", _("Last day"), "until", kind="date", is_shown=False),
            Column("estimate", _("Estimated cost in yuan"), "estimate_amount", kind="money"),
            Column("actual", _("Actual cost in yuan"), "actual_amount", kind="money"),
            Column("visitors", _("People reached"), "visitors", kind="number"),
            Column("goods", _("Products given"), "goods", is_shown=False),
            Column("outlet", _("Outlet"), lambda r: r.outlet.name if r.outlet else None, is_shown=False),
            Column("line", _("Budget line"), "line.name", is_shown=False),
            Column("asked_by", _("Applicant"), "asked_by.name", phone="foot"),
            Column("result", _("Result"), "result", is_shown=False),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("on", _("Latest day first"), "on", descending=True),
        ),
        count_words=lambda count, words: (
            ngettext("%(n)s sponsorship", "%(n)s sponsorships", count) % {"n": words}
        ),
        filterset=SponsorshipFilter,
        search=_search,
        search_hint=_("Event, organiser, unit, number"),
        row_url=lambda row: f"/sponsorships/{row.pk}/",
        views=(
            View("report", _("Report to come"), f"state={SponsorshipState.APPROVED}"),
            View("sports", _("Sports events"), f"kind={SponsorshipKind.SPORTS}"),
        ),
        empty=Empty(
            _("No sponsorships yet"),
            _("A sponsorship is asked for here, or on the record of a unit."),
            icon="trophy",
        ),
    )
)
