"""What a merge made valid goes again when it is taken back; every other observation stays for ever (docs/adr/0017).

A chosen value is written as an observation whose source is the merge. `accounts_drop_values(merge)` runs with the owner's rights and
removes them, only of a merge that was taken back; the trigger lets no other observation go, whoever asks.
"""

from django.conf import settings
from django.db import migrations

FORWARD = """
create function refuse_deletion_unless_parted() returns trigger language plpgsql as $$
begin
  if old.source_kind = 'accounts.merge' and exists (
      select 1 from accounts_merge m where m.id::text = old.source_id and m.state = 'undone') then
    return old;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
drop trigger accounts_observation_append_only on accounts_observation;
create trigger accounts_observation_append_only before truncate on accounts_observation
  for each statement execute function refuse_change();
create trigger accounts_observation_kept before delete on accounts_observation
  for each row execute function refuse_deletion_unless_parted();

create function accounts_drop_values(p_merge bigint) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare n bigint;
begin
  perform accounts_merged_pair(p_merge, array['undone']);
  delete from accounts_observation where source_kind = 'accounts.merge' and source_id = p_merge::text;
  get diagnostics n = row_count;
  return n;
end $$;
revoke all on function accounts_drop_values(bigint) from public;
"""
BACKWARD = """
drop function accounts_drop_values(bigint);
drop trigger accounts_observation_kept on accounts_observation;
drop trigger accounts_observation_append_only on accounts_observation;
create trigger accounts_observation_append_only before delete or truncate on accounts_observation
  for each statement execute function refuse_change();
drop function refuse_deletion_unless_parted();
"""


def let_the_application_part(_apps, schema_editor):
    role = settings.APP_ROLE
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select 1 from pg_roles where rolname = %s", [role])
        if cursor.fetchone():
            name = schema_editor.quote_name(role)
            cursor.execute(f"grant execute on function accounts_drop_values(bigint) to {name}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0044_units_counts")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(let_the_application_part, migrations.RunPython.noop),
    ]
