"""What was given and who saw a proposal follows when two files become one; in all else these rows are added, never changed."""

from django.db import migrations

TABLES = ("campaigns_benefit", "campaigns_presentation_persons")
FORWARD = "\n".join(
    f"drop trigger {table}_append_only on {table};"
    f" create trigger {table}_append_only before delete or truncate on {table}"
    " for each statement execute function refuse_change();"
    f" create trigger {table}_merged_only before update on {table}"
    " for each row execute function refuse_change_unless_merging();"
    for table in TABLES
)
BACKWARD = "\n".join(
    f"drop trigger {table}_merged_only on {table}; drop trigger {table}_append_only on {table};"
    f" create trigger {table}_append_only before update or delete or truncate on {table}"
    " for each statement execute function refuse_change();"
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0031_expenses_rides"), ("accounts", "0040_merge_moves")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
