"""What the units' dated history tells: development, stock, churn, complete files. Credit goes to the owner at the time."""

from django.utils.translation import gettext_lazy as _

from accounts.archive.parts import complete_sql
from kpi.measures.registry import Measure, register_link, register_measure
from kpi.measures.terms import Group, Over, Unit


def _owner_on(day: str) -> str:
    """Join who owned the unit on a day; half-open, as ownerships are kept."""
    return (
        f"left join accounts_ownership o on o.unit_id = u.id and o.started_on <= {day}"
        f" and (o.ended_on is null or o.ended_on > {day})"
    )


_OWNED = "o.owner_id as person, o.team_id as team"
_REF = "u.name as label, 'unit:' || u.id as ref"
#: The first change to cooperating; a unit entered as cooperating was not developed by us.
_DEVELOPED = f"""
select {_OWNED}, c.on as day, 1 as amount, {_REF}
from accounts_statuschange c join accounts_keyaccount u on u.id = c.unit_id {_owner_on("c.on")}
where c.new = 'cooperating' and c.old <> '' and c.on between %(first)s and %(last)s
  and not exists (select 1 from accounts_statuschange e where e.unit_id = c.unit_id and e.new in ('cooperating', 'stable')
                  and (e.on, e.id) < (c.on, c.id))
"""  # noqa: S608 -- put together from constants of this file
#: From its merge on a unit counts no more: its survivor stands for it.
_NOT_MERGED = "(u.merged_on is null or u.merged_on > %(first)s)"
_HELD_ROWS = """
select unit_id from (
  select distinct on (unit_id) unit_id, new from accounts_statuschange where "on" < %(first)s order by unit_id, "on" desc, id desc
) opening where new in ('cooperating', 'stable')
"""
_HELD = f"""
select {_OWNED}, %(first)s::date as day, 1 as amount, {_REF}
from ({_HELD_ROWS}) h join accounts_keyaccount u on u.id = h.unit_id {_owner_on("%(first)s")}
where {_NOT_MERGED}
"""  # noqa: S608 -- see above
#: Of those held at the beginning, those lost at the end: won back within the period cancels it, dormant is not lost. Looked for from the
#: changes to lost of the period: the last change of whoever was held before and is lost at the end lies in it.
_LOST = f"""
select {_OWNED}, e.on as day, 1 as amount, {_REF}
from accounts_statuschange e
join lateral (select c.new from accounts_statuschange c where c.unit_id = e.unit_id and c.on < %(first)s
              order by c.on desc, c.id desc limit 1) h on h.new in ('cooperating', 'stable')
join accounts_keyaccount u on u.id = e.unit_id {_owner_on("%(first)s")}
where e.new = 'lost' and e.on between %(first)s and %(last)s and {_NOT_MERGED}
  and not exists (select 1 from accounts_statuschange c where c.unit_id = e.unit_id and c.on <= %(last)s and (c.on, c.id) > (e.on, e.id))
"""  # noqa: S608 -- see above
_BACK = f"""
select {_OWNED}, c.on as day, 1 as amount, {_REF}
from accounts_statuschange c join accounts_keyaccount u on u.id = c.unit_id {_owner_on("c.on")}
where c.new = 'won_back' and c.on between %(first)s and %(last)s
"""  # noqa: S608 -- see above
_STABLE = f"""
select {_OWNED}, %(last)s::date as day, 1 as amount, {_REF}
from (select unit_id from (
  select distinct on (unit_id) unit_id, new from accounts_statuschange where "on" <= %(last)s order by unit_id, "on" desc, id desc
) closing where new = 'stable') h join accounts_keyaccount u on u.id = h.unit_id {_owner_on("%(last)s")}
where u.merged_on is null or u.merged_on > %(last)s
"""  # noqa: S608 -- see above
_FILES = f"""
select {_OWNED}, %(last)s::date as day, 1 as amount, {_REF}
from accounts_keyaccount u
join accounts_ownership o on o.unit_id = u.id and o.started_on <= %(last)s and (o.ended_on is null or o.ended_on > %(last)s)
"""  # noqa: S608 -- see above
#: By the definition in force on the last day, so that a closed month is counted as it was.
_COMPLETE = f"{_FILES} where {complete_sql('u', '%(last)s::date')}"

register_link("unit", "/accounts/{}/")


def _register(
    key: str, words: tuple[object, object], over: Over, facts: str, *, assumption: bool = False
) -> None:
    label, says = words
    register_measure(
        Measure(key, label, says, Unit.COUNT, over, Group.UNITS, facts, has_team=True, assumption=assumption)
    )


_register(
    "units.developed",
    (
        _("Units developed"),
        _(
            "First change to “cooperating”, credited to the owner of that day; a unit entered as cooperating does not count."
        ),
    ),
    Over.FLOW,
    _DEVELOPED,
)
_register(
    "units.held",
    (
        _("Units held at the beginning"),
        _("Cooperating or stable at 0:00 of the first day, by their owner on that day."),
    ),
    Over.OPENING,
    _HELD,
)
_register(
    "units.lost",
    (
        _("Units lost"),
        _(
            "Of the units held at the beginning, those lost at the end; dormant is not lost, won back within the period cancels it."
        ),
    ),
    Over.FLOW,
    _LOST,
)
_register("units.won_back", (_("Units won back"), _("Changes from “lost” to “won back”.")), Over.FLOW, _BACK)
_register(
    "units.stable",
    (_("Stable units"), _("Units in stable cooperation on the last day.")),
    Over.CLOSING,
    _STABLE,
)
_register("files.all", (_("Unit files"), _("Units with an owner on the last day.")), Over.CLOSING, _FILES)
_register(
    "files.complete",
    (
        _("Complete unit files"),
        _("Files with all that the definition in force on the last day asks of a complete one."),
    ),
    Over.CLOSING,
    _COMPLETE,
    assumption=True,
)
