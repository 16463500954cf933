"""Visits held, by unit and by day: dashboards and the effect of a campaign count them without looking at one."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0045_merge_dated_values"),
        ("visits", "0010_visits_by_business_date"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                condition=models.Q(
                    ("kind__in", ["first", "later", "return", "second"]),
                    models.Q(("outcome", "not_met"), _negated=True),
                ),
                fields=["business_date", "user"],
                include=("unit",),
                name="visit_held_by_business_date",
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                condition=models.Q(
                    ("kind__in", ["first", "later", "return", "second"]),
                    models.Q(("outcome", "not_met"), _negated=True),
                ),
                fields=["unit", "on"],
                name="visit_held_by_unit",
            ),
        ),
    ]
