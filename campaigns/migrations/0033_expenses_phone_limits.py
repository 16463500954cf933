from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaigns.expenses.terms


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0032_merge_benefits"),
        ("files", "0001_attachment"),
        ("users", "0002_labels"),
        ("visits", "0009_equipment_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="PhoneLimit",
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
                ("asked_on", models.DateField(verbose_name="asked on")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="yuan a month")),
                ("starts_on", models.DateField(verbose_name="from month")),
                ("only", models.BooleanField(default=False, verbose_name="in this month only")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (campaigns.expenses.terms.LimitState["PENDING"], "Waiting for approval"),
                            (campaigns.expenses.terms.LimitState["RETURNED"], "Returned for changes"),
                            (campaigns.expenses.terms.LimitState["APPROVED"], "Approved"),
                            (campaigns.expenses.terms.LimitState["REPLACED"], "Replaced by a later one"),
                            (campaigns.expenses.terms.LimitState["REJECTED"], "Rejected"),
                            (campaigns.expenses.terms.LimitState["WITHDRAWN"], "Withdrawn"),
                        ],
                        default=campaigns.expenses.terms.LimitState["PENDING"],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
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
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="users.team",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phone_limits",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="for whom",
                    ),
                ),
            ],
            options={
                "verbose_name": "phone limit",
                "verbose_name_plural": "phone limits",
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    campaigns.expenses.terms.LimitState["PENDING"],
                                    campaigns.expenses.terms.LimitState["RETURNED"],
                                    campaigns.expenses.terms.LimitState["APPROVED"],
                                    campaigns.expenses.terms.LimitState["REPLACED"],
                                    campaigns.expenses.terms.LimitState["REJECTED"],
                                    campaigns.expenses.terms.LimitState["WITHDRAWN"],
                                ],
                            )
                        ),
                        name="phone_limit_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gt", 0), ("starts_on__day", 1), models.Q(("reason", ""), _negated=True)
                        ),
                        name="phone_limit_says_what",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", campaigns.expenses.terms.LimitState["APPROVED"])),
                        fields=("user", "starts_on", "only"),
                        name="phone_limit_one_a_month",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="receipt",
            name="own_amount",
            field=models.DecimalField(
                decimal_places=2, default=Decimal(0), max_digits=12, verbose_name="paid by the person"
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("own_amount", 0),
                    models.Q(
                        ("kind", campaigns.expenses.terms.ExpenseKind["PHONE"]),
                        ("own_amount__gt", 0),
                        ("own_amount__lt", models.F("amount")),
                    ),
                    _connector="OR",
                ),
                name="receipt_only_phone_is_shared",
            ),
        ),
    ]
