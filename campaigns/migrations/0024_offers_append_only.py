"""Versions and presentations of proposals are written once; of an agreement only its end, its paper and the reminder are written later."""

from django.db import migrations

from kam.core.migrations_sql import GrantOnly

TABLES = ("campaigns_proposalversion", "campaigns_presentation", "campaigns_presentation_persons")
FORWARD = "\n".join(
    f"create trigger {table}_append_only before update or delete or truncate on {table}"
    " for each statement execute function refuse_change();"
    for table in TABLES
)
BACKWARD = "\n".join(f"drop trigger {table}_append_only on {table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0023_offers_first"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT", *TABLES),
        GrantOnly("SELECT, INSERT, UPDATE", "campaigns_proposal", "campaigns_bid"),
        GrantOnly(
            "SELECT, INSERT, UPDATE (file_id, ended_on, end_reason, reminded_on, version)",
            "campaigns_agreement",
        ),
    ]
