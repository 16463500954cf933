"""A set earns once, a rebate is paid once: payments only grow, and the database refuses what no closed deal stands for."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

FORWARD = """
create function campaigns_rebate_stands() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.state = 'paid' and (new.state, new.amount, new.deal_id, new.person_id)
      is distinct from (old.state, old.amount, old.deal_id, old.person_id) then
    raise exception 'a rebate that was paid stands' using errcode = 'check_violation';
  end if;
  if new.state <> 'void' and (tg_op = 'INSERT' or new.state = 'asked') and not exists (
      select 1 from campaigns_deal where id = new.deal_id and state = 'signed' and first_paid_on is not null
        and not is_trial and quantity = new.sets and customer_id <> new.person_id) then
    raise exception 'a rebate stands for the sets of a closed deal of somebody else' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger campaigns_rebate_stands before insert or update on campaigns_rebate
  for each row execute function campaigns_rebate_stands();

create function campaigns_rebate_is_due() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from campaigns_rebate where id = new.rebate_id and state = 'verified'
      and due_on <= new.on and amount = new.gross_amount) then
    raise exception 'a rebate is paid from its day on, after its documents were checked' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger campaigns_rebatepayment_due before insert on campaigns_rebatepayment
  for each row execute function campaigns_rebate_is_due();
create trigger campaigns_rebatepayment_append_only before update or delete or truncate on campaigns_rebatepayment
  for each statement execute function refuse_change();
"""
BACKWARD = """
drop trigger campaigns_rebatepayment_append_only on campaigns_rebatepayment;
drop trigger campaigns_rebatepayment_due on campaigns_rebatepayment;
drop function campaigns_rebate_is_due();
drop trigger campaigns_rebate_stands on campaigns_rebate;
drop function campaigns_rebate_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0016_rebates_first"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT, UPDATE", "campaigns_rebate", "campaigns_recovery"),
        GrantOnly("SELECT, INSERT", "campaigns_rebatepayment"),
    ]
