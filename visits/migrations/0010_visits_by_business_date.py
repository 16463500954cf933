"""Visits by the day they count for: figures of a month and of its days ask nothing else."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0045_merge_dated_values"),
        ("visits", "0009_equipment_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["business_date", "user"], name="visit_by_business_date"),
        )
    ]
