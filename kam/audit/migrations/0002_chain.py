"""Entries are linked at commit and refused every change, by the database itself (R-12, R-13)."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

FORWARD = """
create function audit_entry_bytes(e audit_auditentry) returns bytea language sql immutable set search_path = public, pg_temp as $$
  select convert_to(jsonb_build_array(
    e.hash_version, e.id, (extract(epoch from e.at) * 1000000)::bigint, (extract(epoch from e.recorded_at) * 1000000)::bigint,
    e.actor_id, e.actor_label, e.acting_for_id, e.act, e.object_type, e.object_id, e.object_label, e.changes, e.reason, e.ip, e.request_id
  )::text, 'UTF8')
$$;

create function audit_link_entry() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare last_seq bigint; last_hash bytea;
begin
  perform pg_advisory_xact_lock(4711);
  select seq, hash into last_seq, last_hash from audit_auditlink order by seq desc limit 1;
  if last_seq is null then last_seq := 0; last_hash := decode('00', 'hex'); end if;
  insert into audit_auditlink (seq, entry_id, prev, hash)
  values (last_seq + 1, new.id, last_hash, sha256(last_hash || audit_entry_bytes(new)));
  return null;
end $$;

create constraint trigger audit_entry_link after insert on audit_auditentry
  deferrable initially deferred for each row execute function audit_link_entry();

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger audit_entry_append_only before update or delete or truncate on audit_auditentry
  for each statement execute function refuse_change();
create trigger audit_link_append_only before update or delete or truncate on audit_auditlink
  for each statement execute function refuse_change();
"""

BACKWARD = """
drop trigger audit_link_append_only on audit_auditlink;
drop trigger audit_entry_append_only on audit_auditentry;
drop function refuse_change();
drop trigger audit_entry_link on audit_auditentry;
drop function audit_link_entry();
drop function audit_entry_bytes(audit_auditentry);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT", "audit_auditentry", "audit_auditpersonal"),
        GrantOnly("SELECT", "audit_auditlink"),
    ]
