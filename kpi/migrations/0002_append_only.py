"""Schemes, comments, grades and waivers are only added; a seal gets its number, link and hash from the database, and stays."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

FORWARD = """
create function kpi_seal_bytes(s kpi_seal) returns bytea language sql immutable set search_path = public, pg_temp as $$
  select convert_to(jsonb_build_array(
    s.seq, s.sheet_id, (extract(epoch from s.sealed_at) * 1000000)::bigint, s.sealed_by_id, s.inputs, s.scheme, s.result, s.points::text
  )::text, 'UTF8')
$$;

create function kpi_seal_link() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare last_seq bigint; last_hash bytea;
begin
  perform pg_advisory_xact_lock(4712);
  select seq, hash into last_seq, last_hash from kpi_seal order by seq desc limit 1;
  new.seq := coalesce(last_seq, 0) + 1;
  new.prev := coalesce(last_hash, decode('00', 'hex'));
  new.hash := sha256(new.prev || kpi_seal_bytes(new));
  return new;
end $$;

create trigger kpi_seal_linked before insert on kpi_seal for each row execute function kpi_seal_link();
create trigger kpi_seal_append_only before update or delete or truncate on kpi_seal
  for each statement execute function refuse_change();
create trigger kpi_schemeline_append_only before update or delete or truncate on kpi_schemeline
  for each statement execute function refuse_change();
create trigger kpi_grade_append_only before update or delete or truncate on kpi_grade
  for each statement execute function refuse_change();
create trigger kpi_waiver_append_only before update or delete or truncate on kpi_waiver
  for each statement execute function refuse_change();
create trigger kpi_comment_append_only before update or delete or truncate on kpi_comment
  for each statement execute function refuse_change();
"""

BACKWARD = """
drop trigger kpi_comment_append_only on kpi_comment;
drop trigger kpi_waiver_append_only on kpi_waiver;
drop trigger kpi_grade_append_only on kpi_grade;
drop trigger kpi_schemeline_append_only on kpi_schemeline;
drop trigger kpi_seal_append_only on kpi_seal;
drop trigger kpi_seal_linked on kpi_seal;
drop function kpi_seal_link();
drop function kpi_seal_bytes(kpi_seal);
"""


class Migration(migrations.Migration):
    dependencies = [("kpi", "0001_first"), ("audit", "0004_one_index_less")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT", "kpi_seal", "kpi_schemeline", "kpi_grade", "kpi_waiver", "kpi_comment"),
    ]
