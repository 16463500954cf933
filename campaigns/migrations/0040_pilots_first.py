import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaigns.pilots.terms
from kam.core.migrations_sql import GrantOnly

TABLE = "campaigns_pilotdecision"


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_chain"),
        ("campaigns", "0039_supplies_ledger"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pilot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("question", models.TextField(max_length=2000, verbose_name="what is to be learned")),
                ("launch_on", models.DateField(verbose_name="begins on")),
                ("large_count", models.PositiveSmallIntegerField(default=0, verbose_name="large units")),
                ("medium_count", models.PositiveSmallIntegerField(default=0, verbose_name="medium units")),
                ("small_count", models.PositiveSmallIntegerField(default=0, verbose_name="small units")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "campaign",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pilot",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "pilot launch",
                "verbose_name_plural": "pilot launches",
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("large_count__gt", 0),
                            ("medium_count__gt", 0),
                            ("small_count__gt", 0),
                            _connector="OR",
                        ),
                        name="pilot_has_units",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PilotMeasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("place", models.PositiveSmallIntegerField(verbose_name="order")),
                ("name", models.CharField(max_length=80, verbose_name="measure")),
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="counted in")),
                ("target", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="target")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            (campaigns.pilots.terms.Source["TOLD"], "told"),
                            (campaigns.pilots.terms.Source["VISITED"], "counted: units visited"),
                            (
                                campaigns.pilots.terms.Source["SUGGESTIONS"],
                                "counted: suggestions of the units",
                            ),
                        ],
                        max_length=12,
                        verbose_name="where it comes from",
                    ),
                ),
                (
                    "pilot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="campaigns.pilot",
                    ),
                ),
            ],
            options={
                "verbose_name": "measure of a pilot",
                "verbose_name_plural": "measures of pilots",
                "ordering": ("pilot", "place"),
                "constraints": [
                    models.UniqueConstraint(fields=("pilot", "name"), name="pilot_measure_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    campaigns.pilots.terms.Source["TOLD"],
                                    campaigns.pilots.terms.Source["VISITED"],
                                    campaigns.pilots.terms.Source["SUGGESTIONS"],
                                ],
                            ),
                            ("target__gt", 0),
                        ),
                        name="pilot_measure_has_target",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PilotRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("number", models.PositiveSmallIntegerField(verbose_name="round")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until")),
                (
                    "change",
                    models.TextField(blank=True, max_length=2000, verbose_name="what is done otherwise"),
                ),
                (
                    "pilot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="campaigns.pilot",
                    ),
                ),
            ],
            options={
                "verbose_name": "round of a pilot",
                "verbose_name_plural": "rounds of pilots",
                "ordering": ("pilot", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("pilot", "number"), name="pilot_round_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__gte", models.F("starts_on")), ("number__range", (1, 4))
                        ),
                        name="pilot_round_in_order",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("pilot", "="),
                            (
                                models.Func(
                                    models.F("starts_on"),
                                    models.F("ends_on"),
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="pilot_one_round_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PilotReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("value", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="figure")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="campaigns.pilotmeasure",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="campaigns.pilotround",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure of a round",
                "verbose_name_plural": "figures of rounds",
                "ordering": ("round", "measure__place"),
                "constraints": [
                    models.UniqueConstraint(fields=("round", "measure"), name="pilot_reading_once"),
                    models.CheckConstraint(
                        condition=models.Q(("value__gte", 0)), name="pilot_reading_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PilotDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            (campaigns.pilots.terms.Verdict["EXPAND"], "Expand"),
                            (campaigns.pilots.terms.Verdict["CHANGE"], "Change and try again"),
                            (campaigns.pilots.terms.Verdict["STOP"], "Stop"),
                        ],
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                (
                    "advice",
                    models.CharField(
                        blank=True,
                        choices=[
                            (campaigns.pilots.terms.Verdict["EXPAND"], "Expand"),
                            (campaigns.pilots.terms.Verdict["CHANGE"], "Change and try again"),
                            (campaigns.pilots.terms.Verdict["STOP"], "Stop"),
                        ],
                        max_length=8,
                        verbose_name="what the figures advised",
                    ),
                ),
                ("reasons", models.TextField(max_length=2000, verbose_name="reasons")),
                ("on", models.DateField(verbose_name="decided on")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="campaigns.pilotround",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision about a round",
                "verbose_name_plural": "decisions about rounds",
                "ordering": ("round",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "verdict__in",
                                [
                                    campaigns.pilots.terms.Verdict["EXPAND"],
                                    campaigns.pilots.terms.Verdict["CHANGE"],
                                    campaigns.pilots.terms.Verdict["STOP"],
                                ],
                            ),
                            models.Q(("reasons", ""), _negated=True),
                        ),
                        name="pilot_decided_with_reasons",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PilotUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "size",
                    models.CharField(
                        choices=[
                            (campaigns.pilots.terms.Size["LARGE"], "Large"),
                            (campaigns.pilots.terms.Size["MEDIUM"], "Medium"),
                            (campaigns.pilots.terms.Size["SMALL"], "Small"),
                        ],
                        max_length=6,
                        verbose_name="size",
                    ),
                ),
                (
                    "candidate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pilot_unit",
                        to="campaigns.candidate",
                    ),
                ),
                (
                    "pilot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="campaigns.pilot",
                    ),
                ),
            ],
            options={
                "verbose_name": "unit of a pilot",
                "verbose_name_plural": "units of pilots",
                "ordering": ("candidate__round", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "size__in",
                                [
                                    campaigns.pilots.terms.Size["LARGE"],
                                    campaigns.pilots.terms.Size["MEDIUM"],
                                    campaigns.pilots.terms.Size["SMALL"],
                                ],
                            )
                        ),
                        name="pilot_unit_size_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            f"create trigger {TABLE}_append_only before update or delete or truncate on {TABLE}"
            " for each statement execute function refuse_change();",
            f"drop trigger {TABLE}_append_only on {TABLE};",
        ),
        GrantOnly("SELECT, INSERT", TABLE, "campaigns_pilotround", "campaigns_pilotunit"),
        GrantOnly("SELECT, INSERT, UPDATE (value, by_id)", "campaigns_pilotreading"),
        GrantOnly("SELECT, INSERT, UPDATE (version)", "campaigns_pilot"),
        GrantOnly("SELECT, INSERT, DELETE", "campaigns_pilotmeasure"),
    ]
