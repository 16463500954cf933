"""The stock ledger only grows, and no stock falls below nothing, whoever writes."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

FORWARD = """
create function campaigns_stock_stands() returns trigger language plpgsql as $$
begin
  if (select sum(change) from campaigns_materialmove where material_id = new.material_id) < 0 then
    raise exception 'no stock falls below nothing' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger campaigns_materialmove_stands after insert on campaigns_materialmove
  for each row execute function campaigns_stock_stands();
create trigger campaigns_materialmove_append_only before update or delete or truncate on campaigns_materialmove
  for each statement execute function refuse_change();
"""
BACKWARD = """
drop trigger campaigns_materialmove_append_only on campaigns_materialmove;
drop trigger campaigns_materialmove_stands on campaigns_materialmove;
drop function campaigns_stock_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0018_materials_first"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT", "campaigns_materialmove"),
    ]
