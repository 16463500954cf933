"""What statistics give to the frames: acts, history, the day they are due, Today, the pages, the demo part."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.core.days import say_kept_days
from kam.demo.registry import register_part
from kam.search.registry import register_page
from kam.settings_rows.registry import define
from kam.today.registry import Due, Section, register_due, register_section
from kam.today.terms import Exit, Place
from kam.users.terms import Position
from kpi.reports.permissions import can_open_reports
from kpi.statistics.demo import play_statistics
from kpi.statistics.models import Statement
from kpi.statistics.permissions import can_see_statements
from kpi.statistics.selectors import DUE_DAY, HANDED_IN, UNREAD, owed_by, unread_by
from kpi.statistics.tables import STATEMENTS

__all__ = ["STATEMENTS"]  # workers write its files

register_act("kpi.statistics.handed_in", _("Statistics of a month handed in"))
register_act("kpi.statistics.read", _("Statistics of a month read"))
register_history("kpi.statement", Statement, load=visible_row(Statement.objects))
define(DUE_DAY, 5, label=_("Statistics of a month are due on this day of the next"), group=_("KPI"))
register_due(Due(key="statistics", positions=(Position.CLERK,), collect=owed_by, asks=(HANDED_IN,)))


def _text(data: Sequence[Statement]) -> str:
    words = gettext("Statistics of %(month)s, handed in by %(name)s")
    return "\n".join(
        f"- {words % {'month': say_kept_days(str(row)), 'name': row.author.name}}" for row in data
    )


register_section(
    Section(
        key="kpi.statistics",
        label=_("Statistics to read"),
        order=119,
        slots=(Exit.TODAY, Exit.PLAN),
        positions=(Position.DIRECTOR, Position.GENERAL_MANAGER),
        place=Place.SIDE,
        collect=unread_by,
        asks=(UNREAD,),
        template="kpi/statistics/_today.html",
        text=_text,
    )
)
register_page(
    "reports.statistics",
    _("Statistics of the month"),
    "/reports/statistics/",
    icon="chart-bar",
    visible=can_open_reports,
)
register_page(
    "reports.statements",
    _("Statistics that were handed in"),
    "/reports/statistics/handed-in/",
    icon="chart-bar",
    visible=can_see_statements,
)
register_part(97, "statistics", play_statistics)
