"""Revisions and reviews are added, never changed; and what the department proposes to start with."""

from datetime import date

from django.db import migrations

from accounts.service_plans.terms import first_templates
from kam.core.migrations_sql import GrantOnly

TABLES = ("accounts_serviceplanrevision", "accounts_serviceplanreview")
FORWARD = "\n".join(
    f"create trigger {table}_append_only before update or delete or truncate on {table}"
    " for each statement execute function refuse_change();"
    for table in TABLES
)
BACKWARD = "\n".join(f"drop trigger {table}_append_only on {table};" for table in TABLES)


def add(apps, schema_editor):
    model = apps.get_model("accounts", "ServicePlanTemplate")
    for row in first_templates():
        model.objects.get_or_create(
            seat=row["seat"],
            tier=row["tier"],
            version=1,
            defaults={**row, "introduced_on": date(2020, 1, 1)},
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0019_service_plans"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        GrantOnly("SELECT, INSERT", *TABLES),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
