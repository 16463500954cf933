from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaigns.purchases.terms


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0035_outlets_checklist"),
        ("files", "0001_attachment"),
        ("users", "0002_labels"),
    ]

    operations = [
        migrations.CreateModel(
            name="Purchase",
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
                ("asked_on", models.DateField(verbose_name="begun on")),
                ("title", models.CharField(max_length=200, verbose_name="what is to be bought")),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("plan", models.TextField(blank=True, verbose_name="plan")),
                ("is_urgent", models.BooleanField(default=False, verbose_name="urgent")),
                ("needed_on", models.DateField(blank=True, null=True, verbose_name="needed by")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (campaigns.purchases.terms.PurchaseState["DRAFT"], "Draft"),
                            (campaigns.purchases.terms.PurchaseState["PENDING"], "Waiting for approval"),
                            (campaigns.purchases.terms.PurchaseState["APPROVED"], "Approved, to be bought"),
                            (campaigns.purchases.terms.PurchaseState["RECEIVED"], "Received, to be paid"),
                            (campaigns.purchases.terms.PurchaseState["PAID"], "Paid"),
                            (campaigns.purchases.terms.PurchaseState["CANCELLED"], "Cancelled"),
                            (campaigns.purchases.terms.PurchaseState["REJECTED"], "Rejected"),
                            (campaigns.purchases.terms.PurchaseState["WITHDRAWN"], "Withdrawn"),
                        ],
                        default=campaigns.purchases.terms.PurchaseState["DRAFT"],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, default=Decimal(0), max_digits=12, verbose_name="amount"
                    ),
                ),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="received on")),
                ("received", models.CharField(blank=True, max_length=300, verbose_name="what came")),
                (
                    "paid_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="paid"
                    ),
                ),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="paid on")),
                (
                    "document",
                    models.CharField(blank=True, max_length=40, verbose_name="number of the payment"),
                ),
                (
                    "ended_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why it was cancelled"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purchases",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="applicant",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purchases",
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
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        related_name="+",
                        to="users.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "purchase",
                "verbose_name_plural": "purchases",
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    campaigns.purchases.terms.PurchaseState["DRAFT"],
                                    campaigns.purchases.terms.PurchaseState["PENDING"],
                                    campaigns.purchases.terms.PurchaseState["APPROVED"],
                                    campaigns.purchases.terms.PurchaseState["RECEIVED"],
                                    campaigns.purchases.terms.PurchaseState["PAID"],
                                    campaigns.purchases.terms.PurchaseState["CANCELLED"],
                                    campaigns.purchases.terms.PurchaseState["REJECTED"],
                                    campaigns.purchases.terms.PurchaseState["WITHDRAWN"],
                                ],
                            )
                        ),
                        name="purchase_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    [
                                        campaigns.purchases.terms.PurchaseState["APPROVED"],
                                        campaigns.purchases.terms.PurchaseState["RECEIVED"],
                                        campaigns.purchases.terms.PurchaseState["PAID"],
                                    ],
                                ),
                                _negated=True,
                            ),
                            models.Q(("amount__gt", 0), ("reservation__isnull", False)),
                            _connector="OR",
                        ),
                        name="purchase_approved_holds_its_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    [
                                        campaigns.purchases.terms.PurchaseState["RECEIVED"],
                                        campaigns.purchases.terms.PurchaseState["PAID"],
                                    ],
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("received_by__isnull", False),
                                ("received_on__isnull", False),
                                models.Q(("received", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="purchase_received_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", campaigns.purchases.terms.PurchaseState["PAID"]), _negated=True
                            ),
                            models.Q(
                                ("paid_amount__gt", 0),
                                ("paid_by__isnull", False),
                                ("paid_on__isnull", False),
                                ("payment__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="purchase_paid_by_a_payment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("supplier", models.CharField(max_length=120, verbose_name="supplier")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="amount")),
                ("delivers_on", models.DateField(blank=True, null=True, verbose_name="delivers on")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("is_chosen", models.BooleanField(default=False, verbose_name="chosen")),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="why this one")),
                (
                    "file",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purchase_offer",
                        to="files.attachment",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="campaigns.purchase",
                    ),
                ),
            ],
            options={
                "verbose_name": "offer of a supplier",
                "verbose_name_plural": "offers of suppliers",
                "ordering": ("amount", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), models.Q(("supplier", ""), _negated=True)),
                        name="purchase_offer_says_something",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_chosen", True)),
                        fields=("purchase",),
                        name="purchase_offer_chosen_once",
                    ),
                    models.UniqueConstraint(
                        fields=("purchase", "supplier"), name="purchase_offer_one_a_supplier"
                    ),
                ],
            },
        ),
    ]
