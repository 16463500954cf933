"""What writings give to the frames: acts, history, the two measures, Today, the page, the demo part."""

from django.utils.translation import gettext_lazy as _

from kam.audit.records import register_history, visible_row
from kam.audit.registry import register_act
from kam.core.days import say_day
from kam.demo.registry import register_part
from kam.search.registry import register_page
from kam.today.registry import Section, register_section
from kam.today.terms import Exit
from kam.users.terms import Position
from kpi.writings.demo import play_writings
from kpi.writings.measures import register_reports
from kpi.writings.models import Writing
from kpi.writings.permissions import can_see_writings
from kpi.writings.selectors import HANDED_IN, Owed, owed_by
from kpi.writings.tables import WRITINGS

__all__ = ["WRITINGS"]  # workers write its files

for _act, _label in (
    ("kpi.writing.begun", _("Report or summary begun")),
    ("kpi.writing.handed_in", _("Report or summary handed in")),
    ("kpi.writing.read", _("Report or summary read")),
):
    register_act(_act, _label)
register_history("kpi.writing", Writing, load=visible_row(Writing.objects))
register_reports()


def _text(data: Owed) -> str:
    words = _("Market report of %(month)s, due by %(day)s")
    return f"- {words % {'month': data.name, 'day': say_day(data.due_on) if data.due_on else ''}}"


register_section(
    Section(
        key="kpi.market_report",
        label=_("Market report"),
        order=118,
        slots=(Exit.TODAY, Exit.PLAN),
        positions=(Position.SPECIALIST, Position.TEAM_LEAD),
        collect=owed_by,
        asks=(HANDED_IN,),
        template="kpi/writings/_today.html",
        text=_text,
        summary=lambda data: _("report of %(month)s") % {"month": data.name},
    )
)
register_page(
    "kpi.writings",
    _("Reports and summaries"),
    "/kpi/writings/",
    icon="writing",
    visible=can_see_writings,
    order=74,
)
register_part(97, "reports and summaries", play_writings)
