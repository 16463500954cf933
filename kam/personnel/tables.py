"""The register of personnel proposals; it leaves KAM on paper, one by one, never as a file of rows."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext, pgettext_lazy

from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.personnel.filters import ProposalFilter
from kam.personnel.models import Proposal
from kam.users.models import User


def _rows(user: User) -> QuerySet[Proposal]:
    return Proposal.objects.visible_to(user).select_related("person", "proposed_by", "decided_by")


def _search(rows: QuerySet[Proposal], text: str) -> QuerySet[Proposal]:
    return rows.filter(Q(person__name__icontains=text) | Q(candidate__icontains=text))


def _nobody(_user: User) -> bool:
    return False


def _name(row: Proposal) -> Name:
    return Name(row.who, sub=str(row), lang="zh-Hans")


def _kind(row: Proposal) -> str:
    return str(row.get_kind_display())


def _state(row: Proposal) -> tuple[str, Any]:
    return row.tone, row.get_state_display()


PROPOSALS = register_list(
    ListSpec(
        key="personnel.proposals",
        url="/people/proposals/",
        title=_("Personnel proposals"),
        rows=_rows,
        columns=(
            Column("who", pgettext_lazy("staff", "Person"), _name, kind="name", phone="title"),
            Column("kind", _("Kind"), _kind, phone="left"),
            Column("state", _("State"), _state, kind="badge", phone="right"),
            Column("unit", _("Unit"), "unit_label", phone="foot"),
            Column("happened", _("Happened on"), "happened_on", kind="date"),
            Column("by", _("Proposed by"), "proposed_by.name"),
            Column("submitted", _("Handed in on"), "submitted_at", kind="datetime", phone="end"),
            Column("decided_by", _("Decided by"), "decided_by.name"),
            Column("decided", _("Decided on"), "decided_at", kind="datetime"),
        ),
        sorts=(Sort("newest", _("Newest"), "created_at", descending=True),),
        count_words=lambda count, words: (
            npgettext("personnel", "%(n)s proposal", "%(n)s proposals", count) % {"n": words}
        ),
        filterset=ProposalFilter,
        search=_search,
        search_hint=_("Name"),
        row_url=lambda row: row.get_absolute_url(),
        views=(
            View("open", _("Not decided"), "state=draft&state=pending&state=returned"),
            View("decided", _("Decided"), "state=approved&state=rejected"),
        ),
        empty=Empty(
            _("No proposal"), _("The director proposes; HR or the general manager decides."), icon="gavel"
        ),
        can_export=_nobody,
    )
)
