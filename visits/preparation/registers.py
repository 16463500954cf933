"""What the planned day gives to the frames: its section of Today and the digests, the duty of tomorrow's plan, a figure, a fact."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.red_flags.registry import register_facts
from kam.audit.registry import register_act
from kam.core.sentences import listed
from kam.demo.registry import register_part
from kam.search.registry import register_page
from kam.today.registry import Duty, Figure, Section, register_duty, register_figure, register_section
from kam.today.terms import Exit
from kam.users.models import User
from kam.users.terms import SELLERS
from visits.plans.permissions import can_read_plans
from visits.plans.rules import week_label
from visits.preparation.demo import play_preparations
from visits.preparation.selectors import (
    APPOINTMENTS,
    LINES,
    PLANNED,
    PLANNED_VISITS,
    DayPlan,
    own_days,
    visits_due,
)

register_act("visits.preparation.saved", gettext_lazy("Preparation saved"))
register_facts(visits_due)


def _collect(users: Sequence[User], day: date) -> Mapping[int, DayPlan]:
    return own_days(users, day)


def _text(data: DayPlan) -> str:
    rows = []
    for item in data.items:
        who = listed(person.called for person in item.people)
        parts = [f"{item.start:%H:%M}", item.title, who, item.purpose]
        rows.append(" · ".join(part for part in parts if part))
        if item.unit is not None and not item.questions:
            rows.append("  " + _("No question outline yet"))
    return "\n".join(rows)


register_section(
    Section(
        key="visits.day",
        label=gettext_lazy("The day's plan"),
        order=10,
        slots=(Exit.TODAY, Exit.PLAN),
        positions=SELLERS,
        collect=_collect,
        asks=(LINES, APPOINTMENTS),
        template="visits/preparation/_day.html",
        digest_template="visits/preparation/_day_digest.html",
        text=_text,
        summary=lambda data: ngettext("%(n)s visit", "%(n)s visits", data.visits) % {"n": data.visits},
        empty=gettext_lazy("Nothing is planned for today."),
        bare=True,
    )
)
register_duty(
    Duty(
        key="visits.next_day",
        label=gettext_lazy("Tomorrow's plan"),
        order=20,
        kept=PLANNED,
        url=lambda day: f"/visits/week/?week={week_label(day)}",
        missing=gettext_lazy("Nothing is planned for the next working day."),
        working_days_ahead=1,
    )
)
register_duty(
    Duty(
        key="visits.this_day",
        label=gettext_lazy("Today's plan"),
        order=10,
        kept=PLANNED,
        url=lambda day: f"/visits/week/?week={week_label(day)}",
        missing=gettext_lazy("Nothing is planned for today."),
        slots=(Exit.PLAN,),
    )
)
register_figure(
    Figure(
        key="visits.planned",
        label=gettext_lazy("Visits planned"),
        order=10,
        count=PLANNED_VISITS,
        slots=(Exit.TODAY, Exit.PLAN),
    )
)

register_page(
    "visits.day",
    gettext_lazy("Preparation of the day"),
    "/visits/day/",
    icon="list-search",
    visible=can_read_plans,
    order=12,
)
register_part(58, "preparations", play_preparations)
