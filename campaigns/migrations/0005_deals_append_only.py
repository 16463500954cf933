"""Payments and adjustments are added, never changed: by grant for the application, by trigger for the owner."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

TABLES = ("campaigns_payment", "campaigns_adjustment")
FORWARD = "\n".join(
    f"create trigger {table}_append_only before update or delete or truncate on {table}"
    " for each statement execute function refuse_change();"
    for table in TABLES
)
BACKWARD = "\n".join(f"drop trigger {table}_append_only on {table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0004_deals_core"), ("audit", "0002_chain")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD), GrantOnly("SELECT, INSERT", *TABLES)]
