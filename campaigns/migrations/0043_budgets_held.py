"""What each reservation still holds is kept beside the ledger: the database adds up a reservation's entries anew whenever one is written,
so that a page of a long ledger reads what is open and not what was."""

import django.db.models.deletion
from django.db import migrations, models

from kam.core.migrations_sql import GrantOnly

_BOOK = """
create or replace function campaigns_book_movement() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare open_amount numeric; root bigint := coalesce(new.reservation_id, new.id);
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
  %s
  return null;
end $$;
"""
_KEPT = """if new.reservation_id is not null or new.kind = 'reserve' then
    select sum(reserved) into open_amount from campaigns_movement where id = root or reservation_id = root;
    if open_amount < 0 or not exists (select 1 from campaigns_movement
        where id = root and kind = 'reserve' and line_id = new.line_id) then
      raise exception 'a reservation gives no more than it holds' using errcode = 'check_violation';
    end if;
    insert into campaigns_heldamount (reservation_id, line_id, amount) values (root, new.line_id, open_amount)
      on conflict (reservation_id) do update set amount = excluded.amount;
  end if;"""
_ONLY_ASKED = """if new.reservation_id is not null then
    select sum(reserved) into open_amount from campaigns_movement where id = root or reservation_id = root;
    if open_amount < 0 or not exists (select 1 from campaigns_movement
        where id = root and kind = 'reserve' and line_id = new.line_id) then
      raise exception 'a reservation gives no more than it holds' using errcode = 'check_violation';
    end if;
  end if;"""
#: Nobody writes an entry between the sums and the trigger that keeps them: such a reservation would be missing.
FILL = """
lock table campaigns_movement in share row exclusive mode;
insert into campaigns_heldamount (reservation_id, line_id, amount)
  select root.id, root.line_id, sum(entry.reserved) from campaigns_movement root
  join campaigns_movement entry on coalesce(entry.reservation_id, entry.id) = root.id
  where root.kind = 'reserve' group by root.id;
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0042_expenses_cancelled")]
    operations = [
        migrations.CreateModel(
            name="HeldAmount",
            fields=[
                (
                    "reservation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="kept_held",
                        serialize=False,
                        to="campaigns.movement",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount"),
                ),
                (
                    "line",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_amounts",
                        to="campaigns.budgetline",
                    ),
                ),
            ],
            options={
                "verbose_name": "held amount",
                "verbose_name_plural": "held amounts",
                "indexes": [
                    models.Index(condition=models.Q(("amount__gt", 0)), fields=["line"], name="held_open")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="held_nothing_below_nought"
                    )
                ],
            },
        ),
        GrantOnly("SELECT", "campaigns_heldamount"),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(_BOOK % _KEPT, _BOOK % _ONLY_ASKED),
    ]
