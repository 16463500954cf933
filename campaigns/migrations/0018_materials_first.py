import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaigns.materials.terms


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0017_rebates_once"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Material",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("place", models.PositiveSmallIntegerField(verbose_name="order")),
                ("name", models.CharField(max_length=120, verbose_name="material")),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                ("measure", models.CharField(blank=True, max_length=20, verbose_name="measure")),
                (
                    "price_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="price of one"
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                ("department", models.CharField(blank=True, max_length=80, verbose_name="responsible")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("in_place_on", models.DateField(blank=True, null=True, verbose_name="in place on")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="materials",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "material",
                "verbose_name_plural": "materials",
                "ordering": ("campaign_id", "place"),
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "place"), name="material_place_once"),
                    models.UniqueConstraint(fields=("campaign", "name"), name="material_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="material_quantity_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("price_amount__isnull", True), ("price_amount__gt", 0), _connector="OR"
                        ),
                        name="material_price_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MaterialMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (campaigns.materials.terms.MoveKind["RECEIPT"], "Receipt"),
                            (campaigns.materials.terms.MoveKind["ISSUE"], "Issue"),
                            (campaigns.materials.terms.MoveKind["RETURN"], "Return"),
                            (campaigns.materials.terms.MoveKind["COUNT"], "Count"),
                        ],
                        max_length=10,
                        verbose_name="entry",
                    ),
                ),
                ("change", models.IntegerField(verbose_name="change")),
                ("on", models.DateField(verbose_name="day")),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="what for")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "material",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="campaigns.material",
                    ),
                ),
            ],
            options={
                "verbose_name": "movement of a material",
                "verbose_name_plural": "movements of materials",
                "ordering": ("-id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("change__gt", 0),
                                (
                                    "kind__in",
                                    [
                                        campaigns.materials.terms.MoveKind["RECEIPT"],
                                        campaigns.materials.terms.MoveKind["RETURN"],
                                    ],
                                ),
                            ),
                            models.Q(
                                ("change__lt", 0), ("kind", campaigns.materials.terms.MoveKind["ISSUE"])
                            ),
                            ("kind", campaigns.materials.terms.MoveKind["COUNT"]),
                            _connector="OR",
                        ),
                        name="material_move_signs",
                    )
                ],
            },
        ),
    ]
