"""The criteria of a key account that the department starts with."""

from datetime import date

from django.db import migrations

from accounts.qualification.terms import first_rows


def add(apps, schema_editor):
    model = apps.get_model("accounts", "QualificationCriterion")
    for row in first_rows():
        model.objects.get_or_create(
            code=row["code"], version=1, defaults={**row, "introduced_on": date(2020, 1, 1)}
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_search_keys")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
