"""What plans, visits, calls, trips, forms and tasks tell. A late visit counts only once the manager accepted it (12-decisions, 23)."""

from django.utils.translation import gettext_lazy as _

from kpi.measures.registry import Measure, register_link, register_measure
from kpi.measures.terms import Group, Over, Unit

_HELD = "v.kind in ('first', 'second', 'later', 'return') and v.outcome <> 'not_met'"
_VISIT = "'visit:' || v.id as ref"
#: A visit, its plan and a call have a unit, always: "left" lets the database leave out the name where only sums are asked.
_VISITS = f"""
select v.user_id as person, v.business_date as day, 1 as amount, u.name as label, {_VISIT}
from visits_visit v left join accounts_keyaccount u on u.id = v.unit_id
where v.business_date between %(first)s and %(last)s and {_HELD}
"""  # noqa: S608 -- put together from constants of this file
_PLANNED = """
select p.user_id as person, p.team_id as team, l.day, 1 as amount, u.name as label, 'plan:' || p.id as ref
from visits_planline l join visits_weekplan p on p.id = l.plan_id left join accounts_keyaccount u on u.id = l.unit_id
where l.day between %(first)s and %(last)s and l.mode = 'visit' and l.state in ('planned', 'done')
  and p.state = 'approved' and l.approval in ('', 'approved')
"""
_KEPT = f"""{_PLANNED}
  and exists (select 1 from visits_visit v where v.plan_line_id = l.id and v.business_date is not null and {_HELD})
"""  # noqa: S608 -- see above
_CALLS = """
select c.by_id as person, c.on as day, 1 as amount, u.name as label, 'unit:' || c.unit_id as ref
from accounts_contact c left join accounts_keyaccount u on u.id = c.unit_id
where c.on between %(first)s and %(last)s and c.called and c.outcome <> '' and c.by_id is not null
"""
_TRIP_DAYS = """
select t.user_id as person, t.team_id as team, d.day::date as day, 1 as amount, t.purpose as label, 'trip:' || t.id as ref
from visits_trip t
cross join lateral generate_series(greatest(t.starts_on, %(first)s::date), least(t.ends_on, %(last)s::date), interval '1 day') d(day)
where t.state in ('approved', 'reported') and t.starts_on <= %(last)s and t.ends_on >= %(first)s
"""
_FORMS = """
select f.user_id as person, f.team_id as team, f.day, 1 as amount, to_char(f.day, 'YYYY-MM-DD') as label, 'followup:' || f.id as ref
from visits_followup f where f.day between %(first)s and %(last)s
"""
_TASKS = """
select t.assignee_id as person, t.due_on as day, 1 as amount, t.subject_label as label, 'task:' || t.id as ref
from notes_task t where t.due_on between %(first)s and %(last)s and t.asked_by_id is distinct from t.assignee_id
"""
_NEEDS = """
select n.by_id as person, n.raised_on as day, 1 as amount, u.name as label, 'unit:' || u.id as ref
from accounts_need n join accounts_keyaccount u on u.id = n.unit_id
where n.raised_on between %(first)s and %(last)s and n.by_id is not null
"""
#: Effective: who said it is known, it was entered within three days (by the server's clock), and it was worked on.
_EFFECTIVE = f"""{_NEEDS}
  and n.person_id is not null and n.created_at < (n.raised_on + 4)::timestamp at time zone %(zone)s and n.state <> 'dropped'
"""

register_link("visit", "/visits/{}/")
register_link("trip", "/visits/trips/{}/")


def _register(
    key: str, words: tuple[object, object], facts: str, *, unit: Unit = Unit.COUNT, has_team: bool = False
) -> None:
    label, says = words
    register_measure(Measure(key, label, says, unit, Over.FLOW, Group.WORK, facts, has_team=has_team))


_register(
    "visits.held",
    (_("Visits held"), _("Visits in person at which somebody was met, by the day they count for.")),
    _VISITS,
)
_register(
    "visits.return",
    (_("Return visits"), _("Held visits of the kind “return visit”.")),
    f"{_VISITS} and v.kind = 'return'",
)
_register(
    "visits.planned",
    (
        _("Visits planned"),
        _("Lines of approved week plans that were neither moved nor cancelled, by their day."),
    ),
    _PLANNED,
    has_team=True,
)
_register(
    "visits.kept",
    (
        _("Planned visits held"),
        _("Planned visits that took place; a visit without a line does not count here."),
    ),
    _KEPT,
    has_team=True,
)
_register("calls.made", (_("Calls"), _("Logged calls with an outcome.")), _CALLS)
_register(
    "trips.days",
    (_("Trip days"), _("Days of approved business trips, the first and the last included.")),
    _TRIP_DAYS,
    unit=Unit.DAYS,
    has_team=True,
)
_register(
    "forms.all", (_("Follow-up forms"), _("Follow-up forms begun, by their day.")), _FORMS, has_team=True
)
_register(
    "forms.on_time",
    (_("Follow-up forms on time"), _("Handed in, and not late by the server’s clock.")),
    f"{_FORMS} and f.submitted_at is not null and not f.is_late",
    has_team=True,
)
_register(
    "tasks.due",
    (_("Tasks of others due"), _("Tasks that somebody else asked for, by the day they are due.")),
    _TASKS,
)
_register(
    "tasks.done",
    (_("Tasks of others done"), _("Of those due, the ones done.")),
    f"{_TASKS} and t.done_at is not null",
)
_register(
    "information.all",
    (_("Information registered"), _("Needs of units registered, by the day they were raised.")),
    _NEEDS,
)
_register(
    "information.effective",
    (
        _("Effective information"),
        _(
            "Registered within three days by the server’s clock, with the person who said it, and not dropped."
        ),
    ),
    _EFFECTIVE,
)
