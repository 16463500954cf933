"""The roll-up of measures by month, and the marks of what is true no more."""

from django.db import migrations, models

from kam.core.migrations_sql import GrantOnly


class Migration(migrations.Migration):
    dependencies = [("kpi", "0008_statistics_statements")]

    operations = [
        migrations.CreateModel(
            name="Touched",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=12)),
                ("first_month", models.DateField()),
                ("last_month", models.DateField()),
                ("person", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Kept",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("measure", models.CharField(max_length=40)),
                ("month", models.DateField()),
                ("level", models.CharField(max_length=10)),
                ("person", models.BigIntegerField(null=True)),
                ("team", models.BigIntegerField(null=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=20)),
                ("facts", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("measure", "month", "level", "person", "team"),
                        name="kept_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="kept_of_a_month"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level", "person"),
                            models.Q(("level", "team"), ("person", None)),
                            models.Q(("level", "department"), ("person", None), ("team", None)),
                            _connector="OR",
                        ),
                        name="kept_level",
                    ),
                ],
            },
        ),
        GrantOnly("SELECT, INSERT, UPDATE, DELETE", "kpi_kept"),
        GrantOnly("SELECT, INSERT, DELETE", "kpi_touched"),
    ]
