"""Triggers that say which months of the roll-up are true no more, in the transaction of the act itself (docs/adr/0021).

Each table of rows that a kept measure is read from marks the months of the rows that came, went or changed in what the measure asks. What is
asked stands in `TABLES`: columns that matter, and the marks of a row `r`. A test compares it with the statements of the measures.
"""

# ruff: noqa: S608 -- statements put together from constants of this file

from django.db import migrations

EVER, FOREVER = "date '0001-01-01'", "date '9999-12-01'"


def _month(day: str) -> str:
    return f"date_trunc('month', ({day})::timestamp)::date"


def _one(source: str, day: str, person: str) -> str:
    return f"'{source}', {_month(day)}, {_month(day)}, {person}"


#: Whoever was in a team, or led one: the team of the day is looked up for visits and calls.
_BOTH = "cross join (values ('visits'), ('calls')) s(source)"
#: table → (columns that matter, select of source, first month, last month, person from the rows {rows} r)
TABLES = {
    "accounts_contact": (
        ("by_id", "on", "called", "outcome"),
        f"select {_one('calls', 'r.on', 'r.by_id')} from {{rows}} r where r.called and r.outcome <> '' and r.by_id is not null",
    ),
    "visits_visit": (
        ("user_id", "business_date", "kind", "outcome"),
        f"select {_one('visits', 'r.business_date', 'r.user_id')} from {{rows}} r where r.business_date is not null",
    ),
    "users_membership": (
        ("user_id", "team_id", "started_on", "ended_on"),
        f"select s.source, {_month('r.started_on')}, {FOREVER}, r.user_id from {{rows}} r {_BOTH}",
    ),
    "users_team": (
        ("lead_id", "manager_id"),
        (
            f"select s.source, {EVER}, {FOREVER}, p.pk from {{rows}} r {_BOTH} cross join lateral (values (r.lead_id), (r.manager_id)) p(pk)"
            " where p.pk is not null"
        ),
    ),
    "accounts_complaint": (
        ("unit_id", "received_on", "verdict"),
        f"select {_one('complaints', 'r.received_on', 'null::bigint')} from {{rows}} r where r.verdict = 'valid'",
    ),
    "accounts_statuschange": (
        ("unit_id", "old", "new", "on"),
        f"select 'units', {_month('r.on')}, {FOREVER}, null::bigint from {{rows}} r",
    ),
    "accounts_ownership": (
        ("unit_id", "owner_id", "team_id", "started_on", "ended_on"),
        (
            f"select s.source, {_month('r.started_on')}, {FOREVER}, null::bigint from {{rows}} r"
            " cross join (values ('units'), ('complaints')) s(source)"
        ),
    ),
    "campaigns_deal": (
        ("owner_id", "team_id", "quantity", "price_amount", "first_paid_on", "cancelled_on"),
        (
            f"select {_one('deals', 'v.day', 'r.owner_id')} from {{rows}} r cross join lateral ("
            "select r.first_paid_on as day union all select r.cancelled_on"
            " union all select a.booked_on from campaigns_adjustment a where a.deal_id = r.id"
            " union all select p.received_on from campaigns_payment p where p.deal_id = r.id) v where v.day is not null"
        ),
    ),
    "campaigns_adjustment": (
        ("deal_id", "kind", "amount", "booked_on"),
        (
            f"select {_one('deals', 'v.day', 'd.owner_id')} from {{rows}} r join campaigns_deal d on d.id = r.deal_id"
            " cross join lateral (values (r.booked_on), (d.first_paid_on), (d.cancelled_on)) v(day) where v.day is not null"
        ),
    ),
    "campaigns_payment": (
        ("deal_id", "amount", "received_on"),
        f"select {_one('deals', 'r.received_on', 'd.owner_id')} from {{rows}} r join campaigns_deal d on d.id = r.deal_id",
    ),
    "campaigns_movement": (
        ("on", "spent"),
        f"select {_one('ledgers', 'r.on', 'null::bigint')} from {{rows}} r where r.spent <> 0",
    ),
}  # fmt: skip

#: Only the end of an ownership moved: nothing before the earlier of the two ends is another's now.
_KEPT_OWNER = "(o.unit_id, o.owner_id, o.team_id, o.started_on) is not distinct from (n.unit_id, n.owner_id, n.team_id, n.started_on)"
_SINCE = (
    f"case when {_KEPT_OWNER} then least(o.ended_on, n.ended_on) else least(o.started_on, n.started_on) end"
)
_OWNED = f"""
    insert into kpi_touched (source, first_month, last_month, person)
    select distinct s.source, {_month(_SINCE)}, {FOREVER}, null::bigint
    from gone o join fresh n on n.id = o.id cross join (values ('units'), ('complaints')) s(source)
    where not {_KEPT_OWNER} or o.ended_on is distinct from n.ended_on;
"""
#: From its merge on a unit is not held; nothing else of a unit is asked.
_MERGED = f"""
create function kpi_touch_merged() returns trigger language plpgsql as $$
begin
  insert into kpi_touched (source, first_month, last_month, person)
  values ('units', {_month("least(old.merged_on, new.merged_on)")}, {FOREVER}, null);
  return null;
end $$;
create trigger kpi_touched after update of merged_on on accounts_keyaccount
  for each row when (old.merged_on is distinct from new.merged_on) execute function kpi_touch_merged();
"""


def _changed(columns: tuple[str, ...], side: str) -> str:
    """Rows of one side of an update that changed in what matters."""
    of = {name: ", ".join(f'{name}."{column}"' for column in columns) for name in ("o", "n")}
    return f"(select {side}.* from gone o join fresh n on n.id = o.id where ({of['o']}) is distinct from ({of['n']}))"


def _mark(rows: str, marks: str) -> str:
    told = marks.format(rows=rows).replace("r.on", 'r."on"').replace("a.on", 'a."on"')
    return f"insert into kpi_touched (source, first_month, last_month, person) select distinct * from ({told}) marks;"


def _triggers(table: str, columns: tuple[str, ...], marks: str) -> str:
    name = f"kpi_touch_{table}"
    changed = _mark(_changed(columns, "o"), marks) + _mark(_changed(columns, "n"), marks)
    return f"""
create function {name}() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then {_mark("fresh", marks)}
  elsif tg_op = 'DELETE' then {_mark("gone", marks)}
  else {_OWNED if table == "accounts_ownership" else changed}
  end if;
  return null;
end $$;
create trigger kpi_touched_insert after insert on {table} referencing new table as fresh for each statement execute function {name}();
create trigger kpi_touched_delete after delete on {table} referencing old table as gone for each statement execute function {name}();
create trigger kpi_touched_update after update on {table} referencing old table as gone new table as fresh
  for each statement execute function {name}();
"""


def _without(table: str) -> str:
    acts = ("insert", "delete", "update")
    return (
        "".join(f"drop trigger kpi_touched_{act} on {table};" for act in acts)
        + f"drop function kpi_touch_{table}();"
    )


FORWARD = "".join(_triggers(table, *told) for table, told in TABLES.items()) + _MERGED
BACKWARD = (
    "drop trigger kpi_touched on accounts_keyaccount; drop function kpi_touch_merged();"
    + "".join(_without(table) for table in TABLES)
    + "delete from kpi_kept;"
)


class Migration(migrations.Migration):
    dependencies = [
        ("kpi", "0009_rollup_first"),
        ("accounts", "0045_merge_dated_values"),
        ("campaigns", "0042_expenses_cancelled"),
        ("users", "0002_labels"),
        ("visits", "0009_equipment_first"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
