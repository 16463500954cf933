"""A change of phase and a SWOT are added, never changed; units that were there before stand in phase 1 since their file was opened."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

TABLES = ("accounts_phasechange", "accounts_swot")

FORWARD = "\n".join(
    f"create trigger {table}_append_only before update or delete or truncate on {table}"
    " for each statement execute function refuse_change();"
    for table in TABLES
)
BACKWARD = "\n".join(f"drop trigger {table}_append_only on {table};" for table in TABLES)
FILL = "update accounts_keyaccount set phase_since_on = coalesce(file_opened_on, created_at::date);"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0017_development_phases"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT", *TABLES),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
