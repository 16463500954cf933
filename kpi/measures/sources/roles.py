"""What dated buyer roles tell: in how many units that are worked somebody holds each of the four roles on the last day."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kpi.measures.registry import Measure, register_measure
from kpi.measures.terms import Group, Over, Unit

#: Worked: somebody owns the unit on the day, and it is neither lost, dormant nor merged.
_WORKED = """
select o.owner_id as person, o.team_id as team, %(last)s::date as day, 1 as amount, u.name as label, 'unit:' || u.id as ref
from accounts_keyaccount u
join accounts_ownership o on o.unit_id = u.id and o.started_on <= %(last)s and (o.ended_on is null or o.ended_on > %(last)s)
where (u.merged_on is null or u.merged_on > %(last)s)
  and not exists (select 1 from accounts_statuschange c where c.unit_id = u.id and c.new in ('lost', 'dormant') and c.on <= %(last)s
                  and not exists (select 1 from accounts_statuschange e where e.unit_id = c.unit_id and e.on <= %(last)s
                                  and (e.on, e.id) > (c.on, c.id)))
"""
#: Somebody who has not left holds a role on the day.
_HOLDING = """
accounts_person p join accounts_personrole r on r.person_id = p.id and (p.left_on is null or p.left_on > %(last)s)
                                             and r.started_on <= %(last)s and (r.ended_on is null or r.ended_on > %(last)s)
"""
_HELD = """{worked}
  and u.id in (select p.unit_id from {holding} where r.role = '{role}' and r.gatekeeper_kind = '{kind}')
"""
#: Key, first day of the period, units: all measures of this module for many periods (`span`). The units worked are looked for once a
#: period, not once more for each role, and the roles are read once.
_BY_PERIOD = """
with worked as materialized (
  select span.first, split_part(f.ref, ':', 2)::bigint as unit_id
  from unnest(%(firsts)s::date[], %(lasts)s::date[]) as span(first, last) cross join lateral ({worked}) f where {{whose}}
), held as (
  select distinct span.first, h.unit_id, h.role, h.kind
  from unnest(%(firsts)s::date[], %(lasts)s::date[]) as span(first, last)
  cross join lateral (select p.unit_id, r.role, r.gatekeeper_kind as kind from {holding}) h
)
select 'roles.worked', first, count(*) from worked group by first
union all
select seat.key, first, count(*) from worked join held using (first, unit_id) join (values {seats}) as seat(key, role, kind) using (role, kind)
group by seat.key, first
"""


def _register(key: str, label: Any, says: Any, facts: str) -> None:
    register_measure(Measure(key, label, says, Unit.COUNT, Over.CLOSING, Group.UNITS, facts, has_team=True))


_register(
    "roles.worked",
    _("Units worked"),
    _("Units with an owner on the last day that are neither lost nor dormant."),
    _WORKED,
)
_SEATS = (
    ("decision_maker", _("Units with a decision maker"), "decision_maker", ""),
    ("technical", _("Units with a technical gatekeeper"), "gatekeeper", "technical"),
    ("financial", _("Units with a financial gatekeeper"), "gatekeeper", "financial"),
    ("user", pgettext_lazy("buyer role", "Units with a user"), "user", ""),
)
for _key, _label, _role, _kind in _SEATS:
    _register(
        f"roles.{_key}",
        _label,
        _("Of the units worked, those in which somebody who has not left holds the role on the last day."),
        _HELD.format(worked=_WORKED, holding=_HOLDING, role=_role, kind=_kind),
    )
SEATS_BY_PERIOD = _BY_PERIOD.format(
    worked=_WORKED,
    holding=_HOLDING,
    seats=", ".join(f"('roles.{key}', '{role}', '{kind}')" for key, _label, role, kind in _SEATS),
).replace("%(last)s", "span.last")
