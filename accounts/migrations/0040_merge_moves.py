"""A merge moves links, also those of append-only rows, and writes each into its journal. Nothing else may (docs/adr/0017).

`accounts_move_links(merge, table, column, together)` runs with the owner's rights. It serves only a merge that is carried out, only
foreign keys to units or persons, and only from the merged row to the survivor. `accounts_return_links(merge)` is the way back, once the
merge was taken back. The trigger of an append-only row lets pass what the journal names in this very transaction, and nothing but
that one column. The application's role may read the journal; only these functions write it.
"""

from django.conf import settings
from django.db import migrations

from kam.core.migrations_sql import GrantOnly

TABLES = (
    "accounts_cooperationreport",
    "accounts_decisionflow",
    "accounts_decisionstep",
    "accounts_insiderplan",
    "accounts_observation",
    "accounts_personfact",
    "accounts_productposition",
    "accounts_qualificationevidence",
    "accounts_relationshiplevel",
    "accounts_serviceplanreview",
    "accounts_swot",
)

FUNCTIONS = """
create function refuse_change_unless_merging() returns trigger language plpgsql as $$
declare link record;
begin
  for link in select j.column_name, j.old, j.new from accounts_mergelink j
    where j.table_name = tg_table_name and j.row_id = old.id and j.moved_in = txid_current() loop
    if to_jsonb(new) - link.column_name = to_jsonb(old) - link.column_name
       and to_jsonb(new) ->> link.column_name in (link.old, link.new) then
      return new;
    end if;
  end loop;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create function accounts_merged_pair(p_merge bigint, p_states text[], out kind text, out loser bigint, out survivor bigint)
language plpgsql as $$
begin
  select m.kind, coalesce(m.loser_unit_id, m.loser_person_id), coalesce(m.survivor_unit_id, m.survivor_person_id)
    into kind, loser, survivor from accounts_merge m where m.id = p_merge and m.state = any(p_states);
  if loser is null then
    raise exception 'this merge moves nothing' using errcode = 'insufficient_privilege';
  end if;
end $$;

create function accounts_move_row(p_merge bigint, p_table text, p_column text, p_row bigint, p_old text, p_new text)
returns void language plpgsql as $$
begin
  insert into accounts_mergelink (merge_id, table_name, column_name, row_id, old, new, moved_in)
    values (p_merge, p_table, p_column, p_row, p_old, p_new, txid_current());
  execute format('update %I set %I = %L where id = %s', p_table, p_column, p_new, p_row);
exception when unique_violation or exclusion_violation or check_violation or restrict_violation then
  insert into accounts_mergelink (merge_id, table_name, column_name, row_id, old, new, state, moved_in)
    values (p_merge, p_table, p_column, p_row, p_old, p_new, 'stayed', 0);
end $$;

create function accounts_move_links(p_merge bigint, p_table text, p_column text, p_together boolean)
returns table (moved bigint, stayed bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare pair record; target regclass; occupied boolean := false; one bigint;
begin
  pair := accounts_merged_pair(p_merge, array['merged']);
  target := case pair.kind when 'unit' then 'accounts_keyaccount' else 'accounts_person' end;
  if not exists (
      select 1 from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
      where k.contype = 'f' and k.conrelid = p_table::regclass and k.confrelid = target and a.attname = p_column) then
    raise exception '%.% links to no %', p_table, p_column, pair.kind using errcode = 'insufficient_privilege';
  end if;
  if p_together then
    execute format('select exists (select 1 from %I where %I = %s)', p_table, p_column, pair.survivor) into occupied;
  end if;
  for one in execute format(
      'select id from %I where %I = %s and not (%L and id = %s) order by id for update',
      p_table, p_column, pair.loser, p_table::regclass = target, pair.survivor) loop
    if occupied then
      insert into accounts_mergelink (merge_id, table_name, column_name, row_id, old, new, state, moved_in)
        select p_merge, p_table, p_column, one, pair.loser::text, pair.survivor::text, 'stayed', 0
        where not exists (select 1 from accounts_mergelink j where j.merge_id = p_merge and j.table_name = p_table
                          and j.column_name = p_column and j.row_id = one and j.state = 'stayed');
    else
      perform accounts_move_row(p_merge, p_table, p_column, one, pair.loser::text, pair.survivor::text)
        where not exists (select 1 from accounts_mergelink j where j.merge_id = p_merge and j.table_name = p_table
                          and j.column_name = p_column and j.row_id = one and j.state = 'stayed');
    end if;
  end loop;
  return query select count(*) filter (where j.state = 'moved'), count(*) filter (where j.state = 'stayed')
    from accounts_mergelink j where j.merge_id = p_merge and j.table_name = p_table and j.column_name = p_column;
end $$;

create function accounts_move_keys(p_merge bigint) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare pair record; place record; one bigint; n bigint := 0;
begin
  pair := accounts_merged_pair(p_merge, array['merged']);
  for place in select * from (values ('notes_task', 'subject'), ('notes_note', 'subject'), ('files_attachment', 'owner'))
      as p (tbl, col) loop
    for one in execute format('select id from %I where %I = %L and %I = %L order by id for update', place.tbl,
        place.col || '_kind', 'accounts.' || pair.kind, place.col || '_id', pair.loser::text) loop
      perform accounts_move_row(p_merge, place.tbl, place.col || '_id', one, pair.loser::text, pair.survivor::text);
      n := n + 1;
    end loop;
  end loop;
  return n;
end $$;

create function accounts_return_links(p_merge bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare pair record; link record; now_is text; n bigint;
begin
  pair := accounts_merged_pair(p_merge, array['undone']);
  for link in select * from accounts_mergelink where merge_id = p_merge and state = 'moved' order by id desc loop
    execute format('select %I::text from %I where id = %s for update', link.column_name, link.table_name, link.row_id)
      into now_is;
    get diagnostics n = row_count;
    if n = 0 or now_is is distinct from link.new then
      update accounts_mergelink set state = case n when 0 then 'gone' else 'changed' end where id = link.id;
    else
      update accounts_mergelink set state = 'returned', moved_in = txid_current() where id = link.id;
      execute format('update %I set %I = %L where id = %s', link.table_name, link.column_name, link.old, link.row_id);
    end if;
  end loop;
end $$;

revoke all on function accounts_move_links(bigint, text, text, boolean) from public;
revoke all on function accounts_move_keys(bigint) from public;
revoke all on function accounts_return_links(bigint) from public;
"""
GUARDS = "\n".join(
    f"drop trigger {table}_append_only on {table};"
    f" create trigger {table}_append_only before delete or truncate on {table}"
    " for each statement execute function refuse_change();"
    f" create trigger {table}_merged_only before update on {table}"
    " for each row execute function refuse_change_unless_merging();"
    for table in TABLES
)
BACKWARD = (
    "\n".join(
        f"drop trigger {table}_merged_only on {table}; drop trigger {table}_append_only on {table};"
        f" create trigger {table}_append_only before update or delete or truncate on {table}"
        " for each statement execute function refuse_change();"
        for table in TABLES
    )
    + """
drop function accounts_return_links(bigint);
drop function accounts_move_keys(bigint);
drop function accounts_move_links(bigint, text, text, boolean);
drop function accounts_move_row(bigint, text, text, bigint, text, text);
drop function accounts_merged_pair(bigint, text[]);
drop function refuse_change_unless_merging();
"""
)
CALLED = (
    "accounts_move_links(bigint, text, text, boolean)",
    "accounts_move_keys(bigint)",
    "accounts_return_links(bigint)",
)


def let_the_application_merge(_apps, schema_editor):
    role = settings.APP_ROLE
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select 1 from pg_roles where rolname = %s", [role])
        if cursor.fetchone():
            for function in CALLED:
                name = schema_editor.quote_name(role)
                cursor.execute(f"grant execute on function {function} to {name}")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0039_merge_rows"),
        ("audit", "0002_chain"),
        ("files", "0001_attachment"),
        ("notes", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(FUNCTIONS + GUARDS, BACKWARD),
        migrations.RunPython(let_the_application_merge, migrations.RunPython.noop),
        GrantOnly("SELECT", "accounts_mergelink"),
        GrantOnly("SELECT, INSERT, UPDATE", "accounts_merge"),
        GrantOnly("SELECT, INSERT", "accounts_notthesame"),
    ]
