import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaigns.gifts.terms


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0033_competition_prices"),
        ("campaigns", "0012_earnest_gapless"),
        ("users", "__first__"),
        ("visits", "0006_trips"),
    ]

    operations = [
        migrations.CreateModel(
            name="GiftItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("promotional", "Promotional item"),
                            ("gift", "Gift"),
                            ("cash_equivalent", "Card or voucher"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "price_amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="price of one"),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("is_offered", models.BooleanField(default=True, verbose_name="offered")),
                ("stock", models.IntegerField(default=0, editable=False, verbose_name="in stock")),
            ],
            options={
                "verbose_name": "gift of the catalogue",
                "verbose_name_plural": "gifts of the catalogue",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stock__gte", 0)), name="gift_stock_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price_amount__gt", 0)), name="gift_item_has_a_price"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["promotional", "gift", "cash_equivalent"])),
                        name="gift_item_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GiftRequest",
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
                ("quantity", models.PositiveIntegerField(default=1, verbose_name="how many")),
                (
                    "price_amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="price of one"),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            (campaigns.gifts.terms.Occasion["FESTIVAL"], "Festival"),
                            (campaigns.gifts.terms.Occasion["BIRTHDAY"], "Birthday"),
                            (campaigns.gifts.terms.Occasion["VISIT"], "Visit"),
                            (campaigns.gifts.terms.Occasion["BRIEFING"], "Product briefing"),
                            (campaigns.gifts.terms.Occasion["PHASE"], "Phase of a campaign"),
                            (campaigns.gifts.terms.Occasion["THANKS"], "Thanks to an old customer"),
                            (campaigns.gifts.terms.Occasion["OTHER"], "Other occasion"),
                        ],
                        max_length=12,
                        verbose_name="occasion",
                    ),
                ),
                ("reason", models.TextField(verbose_name="why")),
                ("on", models.DateField(verbose_name="to be given on")),
                ("compliance_reason", models.TextField(blank=True, verbose_name="reason for compliance")),
                (
                    "basis_document",
                    models.CharField(blank=True, max_length=120, verbose_name="written basis"),
                ),
                (
                    "employer_document",
                    models.CharField(blank=True, max_length=120, verbose_name="employer informed by"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (campaigns.gifts.terms.GiftState["PENDING"], "Waiting for approval"),
                            (campaigns.gifts.terms.GiftState["RETURNED"], "Returned for changes"),
                            (campaigns.gifts.terms.GiftState["APPROVED"], "Approved"),
                            (campaigns.gifts.terms.GiftState["ISSUED"], "Taken from stock"),
                            (campaigns.gifts.terms.GiftState["HANDED_OVER"], "Handed over"),
                            (campaigns.gifts.terms.GiftState["ACKNOWLEDGED"], "Acknowledged"),
                            (campaigns.gifts.terms.GiftState["CANCELLED"], "Cancelled"),
                            (campaigns.gifts.terms.GiftState["TAKEN_BACK"], "Taken back"),
                            (campaigns.gifts.terms.GiftState["REJECTED"], "Rejected"),
                            (campaigns.gifts.terms.GiftState["WITHDRAWN"], "Withdrawn"),
                        ],
                        default=campaigns.gifts.terms.GiftState["PENDING"],
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="asked on")),
                ("handed_on", models.DateField(blank=True, null=True, verbose_name="handed over on")),
                ("acknowledged_on", models.DateField(blank=True, null=True, verbose_name="acknowledged on")),
                (
                    "acknowledged_how",
                    models.CharField(blank=True, max_length=200, verbose_name="how it was acknowledged"),
                ),
                (
                    "end_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why nothing came of it"),
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
                    "benefit",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gift",
                        to="campaigns.benefit",
                    ),
                ),
                (
                    "handed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="campaigns.giftitem",
                        verbose_name="gift",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gifts",
                        to="campaigns.budgetline",
                        verbose_name="budget line",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gifts",
                        to="accounts.person",
                        verbose_name="for whom",
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gifts",
                        to="accounts.keyaccount",
                        verbose_name="unit",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gifts",
                        to="visits.visit",
                        verbose_name="visit",
                    ),
                ),
            ],
            options={
                "verbose_name": "gift request",
                "verbose_name_plural": "gift requests",
                "ordering": ("-pk",),
                "indexes": [models.Index(fields=["unit", "state"], name="gift_by_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    campaigns.gifts.terms.GiftState["PENDING"],
                                    campaigns.gifts.terms.GiftState["RETURNED"],
                                    campaigns.gifts.terms.GiftState["APPROVED"],
                                    campaigns.gifts.terms.GiftState["ISSUED"],
                                    campaigns.gifts.terms.GiftState["HANDED_OVER"],
                                    campaigns.gifts.terms.GiftState["ACKNOWLEDGED"],
                                    campaigns.gifts.terms.GiftState["CANCELLED"],
                                    campaigns.gifts.terms.GiftState["TAKEN_BACK"],
                                    campaigns.gifts.terms.GiftState["REJECTED"],
                                    campaigns.gifts.terms.GiftState["WITHDRAWN"],
                                ],
                            )
                        ),
                        name="gift_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price_amount__gt", 0), ("quantity__gt", 0)),
                        name="gift_worth_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    [
                                        campaigns.gifts.terms.GiftState["HANDED_OVER"],
                                        campaigns.gifts.terms.GiftState["ACKNOWLEDGED"],
                                    ],
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("benefit__isnull", False),
                                ("handed_on__isnull", False),
                                ("payment__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="gift_handed_over_is_paid_and_in_the_register",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    [
                                        campaigns.gifts.terms.GiftState["APPROVED"],
                                        campaigns.gifts.terms.GiftState["ISSUED"],
                                    ],
                                ),
                                _negated=True,
                            ),
                            models.Q(("benefit__isnull", False), ("reservation__isnull", False)),
                            _connector="OR",
                        ),
                        name="gift_approved_holds_its_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("acknowledged_on__isnull", True),
                            ("acknowledged_on__gte", models.F("handed_on")),
                            _connector="OR",
                        ),
                        name="gift_acknowledged_after_it_was_given",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StockEntry",
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
                            (campaigns.gifts.terms.StockKind["RECEIPT"], "Receipt"),
                            (campaigns.gifts.terms.StockKind["ISSUE"], "Issue"),
                            (campaigns.gifts.terms.StockKind["RETURN"], "Return"),
                            (campaigns.gifts.terms.StockKind["COUNT"], "Count"),
                        ],
                        max_length=8,
                        verbose_name="entry",
                    ),
                ),
                ("quantity", models.IntegerField(verbose_name="quantity")),
                ("on", models.DateField(verbose_name="day")),
                ("document", models.CharField(blank=True, max_length=120, verbose_name="document")),
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="campaigns.giftitem",
                        verbose_name="gift",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stock_entries",
                        to="campaigns.giftrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of the stock",
                "verbose_name_plural": "entries of the stock",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "kind__in",
                                    [
                                        campaigns.gifts.terms.StockKind["RECEIPT"],
                                        campaigns.gifts.terms.StockKind["RETURN"],
                                    ],
                                ),
                                ("quantity__gt", 0),
                            ),
                            models.Q(("kind", campaigns.gifts.terms.StockKind["ISSUE"]), ("quantity__lt", 0)),
                            models.Q(
                                ("kind", campaigns.gifts.terms.StockKind["COUNT"]),
                                models.Q(("quantity", 0), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="stock_signs",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "kind__in",
                                    [
                                        campaigns.gifts.terms.StockKind["ISSUE"],
                                        campaigns.gifts.terms.StockKind["RETURN"],
                                    ],
                                ),
                                ("request__isnull", False),
                            ),
                            models.Q(
                                (
                                    "kind__in",
                                    [
                                        campaigns.gifts.terms.StockKind["RECEIPT"],
                                        campaigns.gifts.terms.StockKind["COUNT"],
                                    ],
                                ),
                                ("request__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="stock_names_its_request",
                    ),
                    models.UniqueConstraint(fields=("request", "kind"), name="stock_of_a_request_once"),
                ],
            },
        ),
    ]
