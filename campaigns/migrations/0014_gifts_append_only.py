"""The stock is the sum of its entries because the database adds them itself; the application neither changes an entry nor touches the sum."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

FORWARD = """
create function campaigns_book_stock() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  update campaigns_giftitem set stock = stock + new.quantity where id = new.item_id;
  return null;
end $$;
create trigger campaigns_stockentry_book after insert on campaigns_stockentry
  for each row execute function campaigns_book_stock();
create trigger campaigns_stockentry_append_only before update or delete or truncate on campaigns_stockentry
  for each statement execute function refuse_change();
"""
BACKWARD = """
drop trigger campaigns_stockentry_append_only on campaigns_stockentry;
drop trigger campaigns_stockentry_book on campaigns_stockentry;
drop function campaigns_book_stock();
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0013_gifts_first"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT", "campaigns_stockentry"),
        GrantOnly(
            "SELECT, INSERT, UPDATE (name, kind, price_amount, note, is_offered, version)",
            "campaigns_giftitem",
        ),
    ]
