import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaigns.earnest.terms


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0033_competition_prices"),
        ("campaigns", "0010_integrity_append_only"),
        ("users", "0002_labels"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="SerialCounter",
            fields=[
                (
                    "campaign",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="campaigns.campaign",
                    ),
                ),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "counter of serials",
                "verbose_name_plural": "counters of serials",
            },
        ),
        migrations.CreateModel(
            name="Choosing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("held_on", models.DateField(verbose_name="day")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choosings",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "choosing session",
                "verbose_name_plural": "choosing sessions",
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("campaign",),
                        name="choosing_one_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Earnest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (campaigns.earnest.terms.BuyerKind["GROUP"], "Group buyer"),
                            (campaigns.earnest.terms.BuyerKind["ORDINARY"], "Ordinary buyer"),
                        ],
                        max_length=10,
                        verbose_name="kind of buyer",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="buyer")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount")),
                (
                    "has_discount_rule",
                    models.BooleanField(default=False, verbose_name="discount rule confirmed"),
                ),
                ("has_use_rights", models.BooleanField(default=False, verbose_name="use rights confirmed")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (campaigns.earnest.terms.EarnestState["NOTED"], "Not paid yet"),
                            (campaigns.earnest.terms.EarnestState["RECEIVED"], "Received"),
                            (campaigns.earnest.terms.EarnestState["REFUND_ASKED"], "Refund asked for"),
                            (campaigns.earnest.terms.EarnestState["REFUNDED"], "Refunded"),
                            (campaigns.earnest.terms.EarnestState["DROPPED"], "Never paid"),
                        ],
                        default=campaigns.earnest.terms.EarnestState["NOTED"],
                        max_length=14,
                        verbose_name="state",
                    ),
                ),
                ("serial", models.PositiveIntegerField(blank=True, null=True, verbose_name="serial")),
                ("receipt_no", models.CharField(blank=True, max_length=60, verbose_name="receipt number")),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="received at")),
                (
                    "refund_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason of the refund"),
                ),
                ("refunded_at", models.DateTimeField(blank=True, null=True, verbose_name="refunded at")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earnest_money",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="customer",
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
                    "refund_asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="users.team",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earnest_money",
                        to="accounts.keyaccount",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "earnest money",
                "verbose_name_plural": "earnest money",
                "ordering": ("-id",),
                "indexes": [
                    models.Index(fields=["campaign", "kind", "serial"], name="earnest_calling_order")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    campaigns.earnest.terms.EarnestState["NOTED"],
                                    campaigns.earnest.terms.EarnestState["RECEIVED"],
                                    campaigns.earnest.terms.EarnestState["REFUND_ASKED"],
                                    campaigns.earnest.terms.EarnestState["REFUNDED"],
                                    campaigns.earnest.terms.EarnestState["DROPPED"],
                                ],
                            )
                        ),
                        name="earnest_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="earnest_amount_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", campaigns.earnest.terms.BuyerKind["GROUP"]),
                                ("person__isnull", False),
                                ("unit__isnull", False),
                            ),
                            models.Q(
                                ("kind", campaigns.earnest.terms.BuyerKind["ORDINARY"]),
                                ("person__isnull", True),
                                ("unit__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="earnest_group_buyer_has_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("receipt_no", ""),
                                ("received_at__isnull", True),
                                ("serial__isnull", True),
                                (
                                    "state__in",
                                    [
                                        campaigns.earnest.terms.EarnestState["NOTED"],
                                        campaigns.earnest.terms.EarnestState["DROPPED"],
                                    ],
                                ),
                            ),
                            models.Q(
                                ("received_at__isnull", False),
                                ("serial__gt", 0),
                                (
                                    "state__in",
                                    [
                                        campaigns.earnest.terms.EarnestState["RECEIVED"],
                                        campaigns.earnest.terms.EarnestState["REFUND_ASKED"],
                                        campaigns.earnest.terms.EarnestState["REFUNDED"],
                                    ],
                                ),
                                models.Q(("receipt_no", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="earnest_serial_with_receipt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("refunded_at__isnull", False),
                                ("state", campaigns.earnest.terms.EarnestState["REFUNDED"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("state", campaigns.earnest.terms.EarnestState["REFUNDED"]), _negated=True
                                ),
                                ("refunded_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="earnest_refunded_at",
                    ),
                    models.UniqueConstraint(fields=("campaign", "serial"), name="earnest_serial_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("receipt_no", ""), _negated=True),
                        fields=("receipt_no",),
                        name="earnest_receipt_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("person__isnull", False),
                            models.Q(
                                (
                                    "state__in",
                                    [
                                        campaigns.earnest.terms.EarnestState["REFUNDED"],
                                        campaigns.earnest.terms.EarnestState["DROPPED"],
                                    ],
                                ),
                                _negated=True,
                            ),
                        ),
                        fields=("campaign", "person"),
                        name="earnest_once_a_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            (campaigns.earnest.terms.CallOutcome["CALLED"], "Called"),
                            (campaigns.earnest.terms.CallOutcome["CHOSEN"], "Has chosen"),
                            (campaigns.earnest.terms.CallOutcome["PASSED"], "Did not come"),
                            (campaigns.earnest.terms.CallOutcome["GIVEN_BACK"], "Choice given back"),
                        ],
                        default=campaigns.earnest.terms.CallOutcome["CALLED"],
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                ("object_label", models.CharField(blank=True, max_length=120, verbose_name="what exactly")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="campaigns.campaign"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.campaignproduct",
                        verbose_name="product",
                    ),
                ),
                (
                    "choosing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="campaigns.choosing",
                    ),
                ),
                (
                    "earnest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="campaigns.earnest",
                    ),
                ),
            ],
            options={
                "verbose_name": "called number",
                "verbose_name_plural": "called numbers",
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    campaigns.earnest.terms.CallOutcome["CALLED"],
                                    campaigns.earnest.terms.CallOutcome["CHOSEN"],
                                    campaigns.earnest.terms.CallOutcome["PASSED"],
                                    campaigns.earnest.terms.CallOutcome["GIVEN_BACK"],
                                ],
                            )
                        ),
                        name="call_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "outcome__in",
                                    [
                                        campaigns.earnest.terms.CallOutcome["CHOSEN"],
                                        campaigns.earnest.terms.CallOutcome["GIVEN_BACK"],
                                    ],
                                ),
                                models.Q(("object_label", ""), _negated=True),
                            ),
                            models.Q(
                                ("object_label", ""),
                                (
                                    "outcome__in",
                                    [
                                        campaigns.earnest.terms.CallOutcome["CALLED"],
                                        campaigns.earnest.terms.CallOutcome["PASSED"],
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="call_chosen_says_what",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", campaigns.earnest.terms.CallOutcome["CALLED"])),
                        fields=("choosing",),
                        name="call_one_at_a_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", campaigns.earnest.terms.CallOutcome["CHOSEN"])),
                        fields=("earnest",),
                        name="call_chooses_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", campaigns.earnest.terms.CallOutcome["CHOSEN"])),
                        fields=("campaign", "object_label"),
                        name="call_object_chosen_once",
                    ),
                ],
            },
        ),
    ]
