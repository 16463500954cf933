"""Units by phase and day with their status: the board counts them without looking at one."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0045_merge_dated_values"),
        ("users", "0002_labels"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="keyaccount",
            name="unit_by_phase",
        ),
        migrations.AddIndex(
            model_name="keyaccount",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True)),
                fields=["phase", "phase_since_on", "id"],
                include=("owner", "team", "status"),
                name="unit_by_phase",
            ),
        ),
    ]
