from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import campaigns.rebates.terms


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0033_competition_prices"),
        ("campaigns", "0015_receptions_first"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="is_set_off",
            field=models.BooleanField(default=False, verbose_name="set off, not received"),
        ),
        migrations.CreateModel(
            name="RebateVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("tiers", models.JSONField(verbose_name="tiers")),
                ("valid_from", models.DateField(verbose_name="in force from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="ends before")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "budget_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.budgetline",
                        verbose_name="budget line that pays",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "rule of rebates",
                "verbose_name_plural": "rules of rebates",
                "ordering": ("campaign_id", "-number"),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("campaign", "="),
                            (
                                models.Func(
                                    models.F("valid_from"),
                                    models.F("valid_until"),
                                    models.Value("[)"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="rebate_one_version_at_a_time",
                    ),
                    models.UniqueConstraint(fields=("campaign", "number"), name="rebate_version_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="rebate_version_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rebate",
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
                            (campaigns.rebates.terms.RebateKind["BASE"], "Rebate"),
                            (campaigns.rebates.terms.RebateKind["SUPPLEMENT"], "Supplement of a higher tier"),
                        ],
                        default=campaigns.rebates.terms.RebateKind["BASE"],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("sets", models.PositiveIntegerField(verbose_name="sets")),
                (
                    "per_set_amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="one set earns"),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount")),
                ("goods", models.CharField(blank=True, max_length=200, verbose_name="also given")),
                ("due_on", models.DateField(verbose_name="payable from")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            (campaigns.rebates.terms.RebateMode["CASH"], "In cash"),
                            (
                                campaigns.rebates.terms.RebateMode["SET_OFF"],
                                "Set off against the own purchase",
                            ),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (campaigns.rebates.terms.RebateState["ASKED"], "Asked for"),
                            (campaigns.rebates.terms.RebateState["RETURNED"], "Returned"),
                            (campaigns.rebates.terms.RebateState["APPROVED"], "Payable"),
                            (campaigns.rebates.terms.RebateState["VERIFIED"], "Documents checked"),
                            (campaigns.rebates.terms.RebateState["PAID"], "Paid"),
                            (campaigns.rebates.terms.RebateState["VOID"], "Void"),
                        ],
                        default=campaigns.rebates.terms.RebateState["ASKED"],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason for compliance")),
                ("identity_last", models.CharField(blank=True, max_length=4, verbose_name="identity card")),
                ("identity_hash", models.CharField(blank=True, max_length=64)),
                ("permit_last", models.CharField(blank=True, max_length=4, verbose_name="work permit")),
                ("permit_hash", models.CharField(blank=True, max_length=64)),
                ("checked_at", models.DateTimeField(null=True, verbose_name="checked at")),
                ("void_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "benefit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.benefit",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rebates",
                        to="campaigns.deal",
                        verbose_name="deal",
                    ),
                ),
                (
                    "escort",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accompanied by",
                    ),
                ),
                (
                    "own_deal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.deal",
                        verbose_name="own purchase",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rebates",
                        to="accounts.person",
                        verbose_name="key person",
                    ),
                ),
                (
                    "reservation",
                    models.ForeignKey(
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
                        related_name="rebates",
                        to="accounts.keyaccount",
                        verbose_name="unit",
                    ),
                ),
                (
                    "version_used",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.rebateversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "rebate",
                "verbose_name_plural": "rebates",
                "ordering": ("-id",),
                "indexes": [
                    models.Index(fields=["state", "due_on", "id"], name="rebate_by_due_day"),
                    models.Index(fields=["unit", "campaign"], name="rebate_of_unit"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("kind", campaigns.rebates.terms.RebateKind["BASE"]),
                            models.Q(("state", campaigns.rebates.terms.RebateState["VOID"]), _negated=True),
                        ),
                        fields=("deal",),
                        name="rebate_once_a_deal",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("kind", campaigns.rebates.terms.RebateKind["SUPPLEMENT"]),
                            models.Q(("state", campaigns.rebates.terms.RebateState["VOID"]), _negated=True),
                        ),
                        fields=("deal", "per_set_amount", "version_used"),
                        name="rebate_supplement_once_a_tier",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    campaigns.rebates.terms.RebateState["ASKED"],
                                    campaigns.rebates.terms.RebateState["RETURNED"],
                                    campaigns.rebates.terms.RebateState["APPROVED"],
                                    campaigns.rebates.terms.RebateState["VERIFIED"],
                                    campaigns.rebates.terms.RebateState["PAID"],
                                    campaigns.rebates.terms.RebateState["VOID"],
                                ],
                            )
                        ),
                        name="rebate_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("sets__gt", 0)), name="rebate_worth_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("mode", campaigns.rebates.terms.RebateMode["CASH"]),
                                ("own_deal__isnull", True),
                            ),
                            models.Q(
                                ("mode", campaigns.rebates.terms.RebateMode["SET_OFF"]),
                                ("own_deal__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="rebate_set_off_names_purchase",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    [
                                        campaigns.rebates.terms.RebateState["VERIFIED"],
                                        campaigns.rebates.terms.RebateState["PAID"],
                                    ],
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("checked_at__isnull", False),
                                ("checked_by__isnull", False),
                                ("escort__isnull", False),
                                models.Q(("identity_hash", ""), _negated=True),
                                models.Q(("permit_hash", ""), _negated=True),
                                models.Q(("escort", models.F("checked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="rebate_checked_before_paid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recovery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (campaigns.rebates.terms.RecoveryState["OPEN"], "To be recovered"),
                            (campaigns.rebates.terms.RecoveryState["RECOVERED"], "Recovered"),
                            (campaigns.rebates.terms.RecoveryState["WAIVED"], "Let go"),
                        ],
                        default=campaigns.rebates.terms.RecoveryState["OPEN"],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("settled_on", models.DateField(null=True, verbose_name="settled on")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "rebate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recovery",
                        to="campaigns.rebate",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "recovery of a rebate",
                "verbose_name_plural": "recoveries of rebates",
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("settled_on__isnull", True),
                                ("state", campaigns.rebates.terms.RecoveryState["OPEN"]),
                            ),
                            models.Q(
                                ("settled_on__isnull", False),
                                (
                                    "state__in",
                                    [
                                        campaigns.rebates.terms.RecoveryState["RECOVERED"],
                                        campaigns.rebates.terms.RecoveryState["WAIVED"],
                                    ],
                                ),
                                models.Q(("note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="recovery_settled_with_a_note",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RebatePayment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("on", models.DateField(verbose_name="paid on")),
                ("gross_amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="gross")),
                (
                    "tax_amount",
                    models.DecimalField(
                        decimal_places=2, default=Decimal(0), max_digits=14, verbose_name="tax withheld"
                    ),
                ),
                ("net_amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="net")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="paid by",
                    ),
                ),
                (
                    "rebate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payment",
                        to="campaigns.rebate",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment of a rebate",
                "verbose_name_plural": "payments of rebates",
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("gross_amount__gt", 0),
                            ("tax_amount__gte", 0),
                            ("tax_amount__lt", models.F("gross_amount")),
                            (
                                "net_amount",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("gross_amount"), "-", models.F("tax_amount")
                                ),
                            ),
                        ),
                        name="rebate_net_is_gross_without_tax",
                    )
                ],
            },
        ),
    ]
