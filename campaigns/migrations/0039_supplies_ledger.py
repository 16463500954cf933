"""Accounts of supplies only grow, and nothing goes that is not held, whoever writes and however many at once."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

FORWARD = """
create function campaigns_supplies_stand() returns trigger language plpgsql as $$
begin
  perform 1 from campaigns_supplyaccount where id = new.account_id for update;
  if (select sum(change) from campaigns_supplyentry
      where account_id = new.account_id and material_id = new.material_id) < 0 then
    raise exception 'nothing goes that is not held' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger campaigns_supplyentry_stands after insert on campaigns_supplyentry
  for each row execute function campaigns_supplies_stand();
create trigger campaigns_supplyentry_append_only before update or delete or truncate on campaigns_supplyentry
  for each statement execute function refuse_change();
"""
BACKWARD = """
drop trigger campaigns_supplyentry_append_only on campaigns_supplyentry;
drop trigger campaigns_supplyentry_stands on campaigns_supplyentry;
drop function campaigns_supplies_stand();
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0038_supplies_first"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT", "campaigns_supplyentry"),
    ]
