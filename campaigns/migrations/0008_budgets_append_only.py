"""The ledger only grows; a balance is the sum of its entries because the database adds them itself, as its owner."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

MOVEMENTS, BALANCES = "campaigns_movement", "campaigns_linebalance"
FORWARD = """
create function campaigns_book_movement() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare open_amount numeric;
begin
  if exists (select 1 from campaigns_budgetline where parent_id = new.line_id) then
    raise exception 'only a leaf line holds money' using errcode = 'check_violation';
  end if;
  if new.kind in ('budget', 'supplement', 'transfer') then
    insert into campaigns_linebalance (line_id, budgeted, reserved, spent) values (new.line_id, 0, 0, 0)
      on conflict (line_id) do nothing;
  end if;
  update campaigns_linebalance set budgeted = budgeted + new.budgeted, reserved = reserved + new.reserved,
    spent = spent + new.spent where line_id = new.line_id;
  if not found then
    raise exception 'this line holds no money yet' using errcode = 'check_violation';
  end if;
  if new.reservation_id is not null then
    select sum(reserved) into open_amount
      from campaigns_movement where id = new.reservation_id or reservation_id = new.reservation_id;
    if open_amount < 0 or not exists (select 1 from campaigns_movement
        where id = new.reservation_id and kind = 'reserve' and line_id = new.line_id) then
      raise exception 'a reservation gives no more than it holds' using errcode = 'check_violation';
    end if;
  end if;
  return null;
end $$;
create trigger campaigns_movement_book after insert on campaigns_movement
  for each row execute function campaigns_book_movement();
create trigger campaigns_movement_append_only before update or delete or truncate on campaigns_movement
  for each statement execute function refuse_change();

create function campaigns_transfer_is_paired() returns trigger language plpgsql as $$
begin
  if (select sum(budgeted) from campaigns_movement where kind = 'transfer' and change_id = new.change_id) <> 0 then
    raise exception 'a transfer takes from one line what it gives to another' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger campaigns_movement_paired after insert on campaigns_movement deferrable initially deferred
  for each row when (new.kind = 'transfer') execute function campaigns_transfer_is_paired();

create function campaigns_line_stands() returns trigger language plpgsql as $$
begin
  if exists (select 1 from campaigns_budget where id = old.budget_id and state = 'approved') then
    raise exception 'a line of an approved budget is append-only: ask for a supplement or a transfer';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger campaigns_budgetline_stands before update or delete on campaigns_budgetline
  for each row execute function campaigns_line_stands();
"""
BACKWARD = """
drop trigger campaigns_budgetline_stands on campaigns_budgetline;
drop function campaigns_line_stands();
drop trigger campaigns_movement_paired on campaigns_movement;
drop function campaigns_transfer_is_paired();
drop trigger campaigns_movement_append_only on campaigns_movement;
drop trigger campaigns_movement_book on campaigns_movement;
drop function campaigns_book_movement();
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0007_budgets_first"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT", MOVEMENTS),
        GrantOnly("SELECT", BALANCES),
    ]
