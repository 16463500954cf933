"""Steps of the pool are added and never changed."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

TABLE = "accounts_poolevent"
FORWARD = (
    f"create trigger {TABLE}_append_only before update or delete or truncate on {TABLE}"
    " for each statement execute function refuse_change();"
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0034_pool"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, f"drop trigger {TABLE}_append_only on {TABLE};"),
        GrantOnly("SELECT, INSERT", TABLE),
    ]
