import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaigns.inspections.terms
import campaigns.outlets.terms


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0040_merge_moves"),
        ("campaigns", "0033_expenses_phone_limits"),
        ("notes", "0001_initial"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChecklistVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("number", models.PositiveSmallIntegerField(unique=True, verbose_name="version")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "version of the checklist",
                "verbose_name_plural": "versions of the checklist",
                "ordering": ("-number",),
            },
        ),
        migrations.CreateModel(
            name="ChecklistRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("place", models.PositiveSmallIntegerField(verbose_name="order")),
                ("section", models.JSONField(verbose_name="heading in three languages")),
                ("texts", models.JSONField(verbose_name="text in three languages")),
                ("points", models.PositiveSmallIntegerField(verbose_name="points")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="campaigns.checklistversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "row of the checklist",
                "verbose_name_plural": "rows of the checklist",
                "ordering": ("version", "place"),
                "constraints": [
                    models.UniqueConstraint(fields=("version", "place"), name="checklist_row_place_once"),
                    models.CheckConstraint(
                        condition=models.Q(("points__range", (1, 100))), name="checklist_row_points"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outlet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (campaigns.outlets.terms.OutletKind["STORE"], "Shop"),
                            (campaigns.outlets.terms.OutletKind["COUNTER"], "Counter"),
                            (campaigns.outlets.terms.OutletKind["SERVICE"], "Sales and service point"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("area", models.CharField(blank=True, max_length=80, verbose_name="region")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("keeper", models.CharField(blank=True, max_length=120, verbose_name="who keeps it")),
                ("opened_on", models.DateField(verbose_name="opened on")),
                ("trial_until", models.DateField(blank=True, null=True, verbose_name="on trial until")),
                ("image_on", models.DateField(blank=True, null=True, verbose_name="image store since")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("close_reason", models.CharField(blank=True, max_length=300, verbose_name="why it closed")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                ("inspected_on", models.DateField(blank=True, null=True, verbose_name="last inspected on")),
                (
                    "score",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=4, null=True, verbose_name="last score"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outlets",
                        to="accounts.keyaccount",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "outlet",
                "verbose_name_plural": "outlets",
                "ordering": ("-pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "name"), name="outlet_name_once_a_unit"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    campaigns.outlets.terms.OutletKind["STORE"],
                                    campaigns.outlets.terms.OutletKind["COUNTER"],
                                    campaigns.outlets.terms.OutletKind["SERVICE"],
                                ],
                            )
                        ),
                        name="outlet_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("close_reason", ""), ("closed_on__isnull", True)),
                            models.Q(
                                ("closed_on__gte", models.F("opened_on")),
                                models.Q(("close_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="outlet_closes_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("image_on__isnull", True),
                                ("image_on__gte", models.F("opened_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("trial_until__isnull", True),
                                ("trial_until__gte", models.F("opened_on")),
                                _connector="OR",
                            ),
                        ),
                        name="outlet_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("on", models.DateField(verbose_name="day")),
                (
                    "score",
                    models.DecimalField(decimal_places=1, max_digits=4, null=True, verbose_name="score"),
                ),
                ("accompanied", models.CharField(blank=True, max_length=120, verbose_name="with whom")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="remark")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="inspected by",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="campaigns.checklistversion",
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="campaigns.outlet",
                        verbose_name="outlet",
                    ),
                ),
            ],
            options={
                "verbose_name": "inspection",
                "verbose_name_plural": "inspections",
                "ordering": ("-on", "-pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("outlet", "on", "by"), name="inspection_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score__isnull", True), ("score__range", (0, 100)), _connector="OR"
                        ),
                        name="inspection_score_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutletSales",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("month", models.DateField(verbose_name="month")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="sold, in yuan"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sales",
                        to="campaigns.outlet",
                    ),
                ),
            ],
            options={
                "verbose_name": "sales of an outlet",
                "verbose_name_plural": "sales of outlets",
                "ordering": ("-month",),
                "constraints": [
                    models.UniqueConstraint(fields=("outlet", "month"), name="outlet_sales_once_a_month"),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="outlet_sales_by_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="outlet_sales_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutletSeller",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("since", models.DateField(verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sellers",
                        to="campaigns.outlet",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="selling_places",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "seller of an outlet",
                "verbose_name_plural": "sellers of outlets",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("outlet", "person"),
                        name="outlet_seller_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="outlet_seller_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SeenRow",
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
                            (campaigns.inspections.terms.Verdict["OK"], "In order"),
                            (campaigns.inspections.terms.Verdict["FAILED"], "Not in order"),
                            (campaigns.inspections.terms.Verdict["NOT_APPLICABLE"], "Does not apply"),
                        ],
                        max_length=8,
                        verbose_name="seen",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=300, verbose_name="finding")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="to be mended by")),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="campaigns.inspection",
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.checklistrow",
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notes.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "row of an inspection",
                "verbose_name_plural": "rows of inspections",
                "ordering": ("inspection", "row__place"),
                "constraints": [
                    models.UniqueConstraint(fields=("inspection", "row"), name="inspection_row_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "verdict__in",
                                [
                                    campaigns.inspections.terms.Verdict["OK"],
                                    campaigns.inspections.terms.Verdict["FAILED"],
                                    campaigns.inspections.terms.Verdict["NOT_APPLICABLE"],
                                ],
                            )
                        ),
                        name="inspection_verdict_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("verdict", "failed"), _negated=True),
                                ("due_on__isnull", True),
                                ("task__isnull", True),
                            ),
                            models.Q(
                                ("due_on__isnull", False),
                                ("task__isnull", False),
                                ("verdict", "failed"),
                                models.Q(("text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="inspection_finding_has_its_task",
                    ),
                ],
            },
        ),
    ]
