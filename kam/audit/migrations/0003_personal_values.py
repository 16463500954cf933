"""Personal values are append-only too; erasure is one function that leaves a trace, and nothing else may empty them (12-decisions, 28).

`audit_erase_personal(type, id)` runs with the owner's rights. It refuses unless the same transaction has written an entry
`audit.personal.erased` for that very object: no erasure without a linked, unchangeable record of it. The salted digests in the chain
stay, so the chain still verifies; without the salt nobody can try values against them.
"""

from django.conf import settings
from django.db import migrations

FORWARD = """
create function refuse_change_unless_erasing() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and current_setting('kam.erasing', true) = 'yes'
     and new.id = old.id and new.entry_id = old.entry_id and new.field = old.field
     and new.old = '' and new.new = '' and new.salt = '' then
    return new;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_personal_append_only before update or delete on audit_auditpersonal
  for each row execute function refuse_change_unless_erasing();
create trigger audit_personal_no_truncate before truncate on audit_auditpersonal
  for each statement execute function refuse_change();

create function audit_erase_personal(p_type text, p_id text) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare emptied integer;
begin
  if not exists (select 1 from audit_auditentry where act = 'audit.personal.erased' and object_type = p_type and object_id = p_id
                 and recorded_at = transaction_timestamp()) then
    raise exception 'erasure without an audit entry' using errcode = 'insufficient_privilege';
  end if;
  perform set_config('kam.erasing', 'yes', true);
  update audit_auditpersonal p set old = '', new = '', salt = ''
    from audit_auditentry e where e.id = p.entry_id and e.object_type = p_type and e.object_id = p_id and p.salt <> '';
  get diagnostics emptied = row_count;
  perform set_config('kam.erasing', '', true);
  return emptied;
end $$;
revoke all on function audit_erase_personal(text, text) from public;
"""

BACKWARD = """
drop function audit_erase_personal(text, text);
drop trigger audit_personal_no_truncate on audit_auditpersonal;
drop trigger audit_personal_append_only on audit_auditpersonal;
drop function refuse_change_unless_erasing();
"""


def let_the_application_erase(_apps, schema_editor):
    role = settings.APP_ROLE
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select 1 from pg_roles where rolname = %s", [role])
        if cursor.fetchone():
            name = schema_editor.quote_name(role)
            cursor.execute(f"grant execute on function audit_erase_personal(text, text) to {name}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(let_the_application_erase, migrations.RunPython.noop),
    ]
