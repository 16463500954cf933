"""The list of honours. No unit stands in it: who reads honours need not know of the unit."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kam.lists.spec import Column, Empty, ListSpec, Sort, register_list
from kam.users.models import User
from kpi.honours.filters import HonourFilter
from kpi.honours.models import Honour
from kpi.honours.permissions import can_propose


def _rows(user: User) -> QuerySet[Honour]:
    return Honour.objects.visible_to(user).select_related("person", "team", "proposed_by")


HONOURS = register_list(
    ListSpec(
        key="kpi.honours",
        url="/kpi/honours/",
        title=_("Rewards and honours"),
        rows=_rows,
        columns=(
            Column("who", _("Who"), "who", phone="title"),
            Column("title", _("What is given"), "title", phone="left"),
            Column("occasion", _("For what"), lambda row: row.get_occasion_display(), phone="foot"),
            Column("kind", _("Kind"), lambda row: row.get_kind_display()),
            Column("amount", _("Amount"), "amount", kind="money", phone="end"),
            Column("on", _("Day"), "on", kind="date", sort="on", phone="right"),
            Column(
                "state",
                _("State"),
                lambda row: (row.tone, row.get_state_display()),
                kind="badge",
                phone="top",
            ),
            Column("proposed_by", _("Proposed by"), lambda row: row.proposed_by.name, is_shown=False),
        ),
        sorts=(Sort("on", _("Newest"), "on", descending=True),),
        count_words=lambda count, words: ngettext("%(n)s honour", "%(n)s honours", count) % {"n": words},
        filterset=HonourFilter,
        row_url=lambda row: row.get_absolute_url(),
        empty=Empty(
            _("Nobody is honoured yet"),
            _("Targets reached and key accounts won are worth a bonus, a prize or a title."),
            action_label=_("Propose an honour"),
            action_url="/kpi/honours/new/",
            icon="award",
            can=can_propose,
        ),
    )
)
