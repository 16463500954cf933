import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaigns.materials.terms


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0029_receptions_excess"),
    ]

    operations = [
        migrations.CreateModel(
            name="Supplement",
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
                ("reason", models.TextField(verbose_name="reason")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (campaigns.materials.terms.SupplementState["PENDING"], "Waiting for approval"),
                            (campaigns.materials.terms.SupplementState["RETURNED"], "Returned for changes"),
                            (campaigns.materials.terms.SupplementState["APPROVED"], "Approved"),
                            (campaigns.materials.terms.SupplementState["REJECTED"], "Rejected"),
                            (campaigns.materials.terms.SupplementState["WITHDRAWN"], "Withdrawn"),
                        ],
                        default=campaigns.materials.terms.SupplementState["PENDING"],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="asked on")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="applicant",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplements",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplements",
                        to="campaigns.budgetline",
                        verbose_name="budget line",
                    ),
                ),
                (
                    "material",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplement",
                        to="campaigns.material",
                    ),
                ),
            ],
            options={
                "verbose_name": "supplementary material",
                "verbose_name_plural": "supplementary materials",
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    campaigns.materials.terms.SupplementState["PENDING"],
                                    campaigns.materials.terms.SupplementState["RETURNED"],
                                    campaigns.materials.terms.SupplementState["APPROVED"],
                                    campaigns.materials.terms.SupplementState["REJECTED"],
                                    campaigns.materials.terms.SupplementState["WITHDRAWN"],
                                ],
                            )
                        ),
                        name="supplement_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quantity__gt", 0),
                            models.Q(
                                ("price_amount__isnull", True), ("price_amount__gt", 0), _connector="OR"
                            ),
                        ),
                        name="supplement_quantity_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("material__isnull", False),
                                ("state", campaigns.materials.terms.SupplementState["APPROVED"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("state", campaigns.materials.terms.SupplementState["APPROVED"]),
                                    _negated=True,
                                ),
                                ("material__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="supplement_approved_is_in_the_bill",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="material",
            name="line",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="materials",
                to="campaigns.budgetline",
                verbose_name="budget line",
            ),
        ),
    ]
