"""The list of targets; its file is the way out to a spreadsheet."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kam.lists.spec import Column, Empty, ListSpec, Sort, register_list
from kam.users.models import User
from kpi.targets.filters import TargetFilter
from kpi.targets.models import Target
from kpi.targets.permissions import can_set_targets


def _rows(user: User) -> QuerySet[Target]:
    return Target.objects.visible_to(user).select_related("person", "team", "unit")


TARGETS = register_list(
    ListSpec(
        key="kpi.targets",
        url="/kpi/targets/",
        title=_("Targets"),
        rows=_rows,
        columns=(
            Column("whose", _("Whose"), "whose", phone="title"),
            Column("measure", _("Measure"), "label", phone="left"),
            Column("year", _("Year"), "year", sort="year", phone="right"),
            Column("amount", _("Target of the year"), "amount", kind="number", sort="amount", phone="end"),
            Column("recent", _("Recent sales per head"), "recent", is_shown=False),
            Column("peers", _("Sales per head of peers"), "peers", is_shown=False),
            Column("demand", _("Change of market demand"), "demand", is_shown=False),
            Column("policy", _("Adjustment of policy"), "policy", is_shown=False),
        ),
        sorts=(
            Sort("year", _("Newest"), "year", descending=True),
            Sort("amount", _("Largest"), "amount", descending=True),
        ),
        count_words=lambda count, words: ngettext("%(n)s target", "%(n)s targets", count) % {"n": words},
        filterset=TargetFilter,
        row_url=lambda row: row.get_absolute_url(),
        empty=Empty(
            _("No target is set"),
            _("Without a target sales plan completion cannot be assessed."),
            action_label=_("Set a target"),
            action_url="/kpi/targets/new/",
            icon="target",
            can=can_set_targets,
        ),
    )
)
