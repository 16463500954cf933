import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaigns.expenses.terms


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0019_materials_ledger"),
        ("files", "0001_attachment"),
        ("users", "0002_labels"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExpenseClaim",
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
                ("purpose", models.CharField(max_length=200, verbose_name="what for")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (campaigns.expenses.terms.ClaimState["DRAFT"], "Draft"),
                            (campaigns.expenses.terms.ClaimState["PENDING"], "Waiting for approval"),
                            (campaigns.expenses.terms.ClaimState["APPROVED"], "Approved, to be paid"),
                            (campaigns.expenses.terms.ClaimState["PAID"], "Paid"),
                            (campaigns.expenses.terms.ClaimState["REJECTED"], "Rejected"),
                            (campaigns.expenses.terms.ClaimState["WITHDRAWN"], "Withdrawn"),
                        ],
                        default=campaigns.expenses.terms.ClaimState["DRAFT"],
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name="amount"),
                ),
                ("begun_on", models.DateField(verbose_name="begun on")),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="paid on")),
                (
                    "document",
                    models.CharField(blank=True, max_length=40, verbose_name="number of the payment"),
                ),
                (
                    "claimant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="claimant",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="campaigns.budgetline",
                        verbose_name="budget line",
                    ),
                ),
                (
                    "paid_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.movement",
                    ),
                ),
                (
                    "reservation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.movement",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="users.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "expense claim",
                "verbose_name_plural": "expense claims",
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    campaigns.expenses.terms.ClaimState["DRAFT"],
                                    campaigns.expenses.terms.ClaimState["PENDING"],
                                    campaigns.expenses.terms.ClaimState["APPROVED"],
                                    campaigns.expenses.terms.ClaimState["PAID"],
                                    campaigns.expenses.terms.ClaimState["REJECTED"],
                                    campaigns.expenses.terms.ClaimState["WITHDRAWN"],
                                ],
                            )
                        ),
                        name="claim_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", campaigns.expenses.terms.ClaimState["APPROVED"]), _negated=True
                            ),
                            models.Q(("amount__gt", 0), ("reservation__isnull", False)),
                            _connector="OR",
                        ),
                        name="claim_approved_holds_its_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", campaigns.expenses.terms.ClaimState["PAID"]), _negated=True),
                            models.Q(
                                ("paid_by__isnull", False),
                                ("paid_on__isnull", False),
                                ("payment__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="claim_paid_by_a_payment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
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
                            (campaigns.expenses.terms.ExpenseKind["TRANSPORT"], "Transport at actual cost"),
                            (campaigns.expenses.terms.ExpenseKind["PHONE"], "Phone"),
                            (campaigns.expenses.terms.ExpenseKind["TRIP"], "Business trip"),
                            (campaigns.expenses.terms.ExpenseKind["MATERIAL"], "Material"),
                            (campaigns.expenses.terms.ExpenseKind["OTHER"], "Other"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("on", models.DateField(verbose_name="day of the receipt")),
                ("number", models.CharField(max_length=60, verbose_name="number of the receipt")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="amount")),
                ("text", models.CharField(max_length=200, verbose_name="what for")),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("is_live", models.BooleanField(default=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="campaigns.expenseclaim",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipt",
                        to="files.attachment",
                    ),
                ),
            ],
            options={
                "verbose_name": "receipt",
                "verbose_name_plural": "receipts",
                "ordering": ("on", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_live", True)),
                        fields=("number", "on", "amount"),
                        name="receipt_claimed_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_live", True), models.Q(("digest", ""), _negated=True)),
                        fields=("digest",),
                        name="receipt_file_claimed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), models.Q(("number", ""), _negated=True)),
                        name="receipt_says_something",
                    ),
                ],
            },
        ),
    ]
