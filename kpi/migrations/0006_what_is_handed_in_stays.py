"""What was handed in and what was decided stays as it is; nothing of it is deleted."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

FORWARD = """
create function kpi_writing_stays() returns trigger language plpgsql as $$
declare may_change text[] := array['state', 'read_by_id', 'read_at', 'remark', 'version'];
begin
  if old.handed_in_at is not null
     and (old.read_at is not null or to_jsonb(new) - may_change <> to_jsonb(old) - may_change) then
    raise exception 'what was handed in stays as it is' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kpi_writing_stays before update on kpi_writing
  for each row execute function kpi_writing_stays();

create function kpi_writingsection_stays() returns trigger language plpgsql as $$
begin
  if exists (select 1 from kpi_writing w where w.id = new.writing_id and w.handed_in_at is not null) then
    raise exception 'what was handed in stays as it is' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kpi_writingsection_stays before insert or update on kpi_writingsection
  for each row execute function kpi_writingsection_stays();

create function kpi_honour_stays() returns trigger language plpgsql as $$
begin
  if old.decided_at is not null then
    raise exception 'a decided honour stays as it is' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger kpi_honour_stays before update on kpi_honour
  for each row execute function kpi_honour_stays();
"""

BACKWARD = """
drop trigger kpi_honour_stays on kpi_honour;
drop function kpi_honour_stays();
drop trigger kpi_writingsection_stays on kpi_writingsection;
drop function kpi_writingsection_stays();
drop trigger kpi_writing_stays on kpi_writing;
drop function kpi_writing_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("kpi", "0005_writings_and_honours")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT, UPDATE", "kpi_writing", "kpi_writingsection", "kpi_honour"),
    ]
