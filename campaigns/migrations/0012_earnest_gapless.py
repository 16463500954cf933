"""A serial is drawn without gap, never changed and never used again; nobody who has one is deleted. The database sees to it."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

FORWARD = """
create function campaigns_serial_stands() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and old.serial is not null and (tg_op = 'DELETE' or new.serial is distinct from old.serial) then
    raise exception 'a serial stays with the buyer who drew it' using errcode = 'check_violation';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  if new.serial is not null and (tg_op = 'INSERT' or old.serial is null) and new.serial <> (
      select coalesce(max(serial), 0) + 1 from campaigns_earnest where campaign_id = new.campaign_id) then
    raise exception 'serials have no gaps' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger campaigns_earnest_serial before insert or update or delete on campaigns_earnest
  for each row execute function campaigns_serial_stands();
"""
BACKWARD = """
drop trigger campaigns_earnest_serial on campaigns_earnest;
drop function campaigns_serial_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0011_earnest_first"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT, UPDATE", "campaigns_earnest", "campaigns_serialcounter"),
    ]
