"""Strengths of relationships and plans for insiders are added, never changed."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

TABLES = ("accounts_relationshiplevel", "accounts_insiderplan")
FORWARD = "\n".join(
    f"create trigger {table}_append_only before update or delete or truncate on {table}"
    " for each statement execute function refuse_change();"
    for table in TABLES
)
BACKWARD = "\n".join(f"drop trigger {table}_append_only on {table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0029_relationships"), ("audit", "0002_chain")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD), GrantOnly("SELECT, INSERT", *TABLES)]
