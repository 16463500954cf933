from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import accounts.persons.terms
import accounts.units.terms
import campaigns.integrity.terms


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0033_competition_prices"),
        ("campaigns", "0008_budgets_append_only"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Benefit",
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
                            (campaigns.integrity.terms.BenefitKind["PROMOTIONAL"], "Promotional item"),
                            (campaigns.integrity.terms.BenefitKind["GIFT"], "Gift"),
                            (campaigns.integrity.terms.BenefitKind["MEAL"], "Meal or reception"),
                            (campaigns.integrity.terms.BenefitKind["CASH_EQUIVALENT"], "Card or voucher"),
                            (campaigns.integrity.terms.BenefitKind["CASH"], "Cash"),
                            (campaigns.integrity.terms.BenefitKind["SET_OFF"], "Set off against a purchase"),
                            (campaigns.integrity.terms.BenefitKind["DISCOUNT"], "Benefit of an own purchase"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="worth")),
                (
                    "item_amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="worth of one piece"),
                ),
                ("on", models.DateField(verbose_name="day")),
                ("text", models.CharField(max_length=200, verbose_name="what")),
                (
                    "official",
                    models.CharField(
                        choices=[
                            (accounts.persons.terms.Official["YES"], "Yes"),
                            (accounts.persons.terms.Official["NO"], "No"),
                            (accounts.persons.terms.Official["UNKNOWN"], "Unknown, counts as yes"),
                        ],
                        max_length=10,
                        verbose_name="public official",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            (accounts.units.terms.Channel["CHAMBER"], "Chamber of commerce"),
                            (accounts.units.terms.Channel["SOE"], "Large state-owned enterprise"),
                            (accounts.units.terms.Channel["GOVERNMENT"], "Government or public institution"),
                            (accounts.units.terms.Channel["FACTORY"], "Factory or mine"),
                            (accounts.units.terms.Channel["MARKET"], "Market traders"),
                            (accounts.units.terms.Channel["BANK"], "Bank"),
                            (accounts.units.terms.Channel["SCHOOL"], "School or college"),
                            (accounts.units.terms.Channel["OFFICE"], "Office-building company"),
                            (accounts.units.terms.Channel["OTHER"], "Other kind of unit"),
                        ],
                        max_length=20,
                        verbose_name="channel",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            (campaigns.integrity.terms.Outcome["FREE"], "recorded only"),
                            (campaigns.integrity.terms.Outcome["LIMITS"], "within limits"),
                            (campaigns.integrity.terms.Outcome["SMALL"], "within the limit for officials"),
                            (campaigns.integrity.terms.Outcome["COMPLIANCE"], "compliance approval"),
                            (campaigns.integrity.terms.Outcome["REFUSED"], "refused"),
                        ],
                        max_length=12,
                        verbose_name="policy",
                    ),
                ),
                (
                    "findings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), blank=True, default=list, size=None
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason for compliance")),
                (
                    "basis_document",
                    models.CharField(blank=True, max_length=120, verbose_name="written basis"),
                ),
                (
                    "employer_document",
                    models.CharField(blank=True, max_length=120, verbose_name="employer informed by"),
                ),
                ("source_kind", models.CharField(max_length=40)),
                ("source_id", models.CharField(max_length=40)),
                ("source_label", models.CharField(max_length=300, verbose_name="document")),
                (
                    "giver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="given by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefits",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefits",
                        to="accounts.keyaccount",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "benefit to a person",
                "verbose_name_plural": "benefits to persons",
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["unit", "on"], name="benefit_unit_day"),
                    models.Index(fields=["giver", "on"], name="benefit_giver_day"),
                    models.Index(fields=["source_kind", "source_id"], name="benefit_source"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gt", 0),
                            ("item_amount__gt", 0),
                            ("item_amount__lte", models.F("amount")),
                        ),
                        name="benefit_worth_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    campaigns.integrity.terms.BenefitKind["PROMOTIONAL"],
                                    campaigns.integrity.terms.BenefitKind["GIFT"],
                                    campaigns.integrity.terms.BenefitKind["MEAL"],
                                    campaigns.integrity.terms.BenefitKind["CASH_EQUIVALENT"],
                                    campaigns.integrity.terms.BenefitKind["CASH"],
                                    campaigns.integrity.terms.BenefitKind["SET_OFF"],
                                    campaigns.integrity.terms.BenefitKind["DISCOUNT"],
                                ],
                            )
                        ),
                        name="benefit_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", campaigns.integrity.terms.Outcome["REFUSED"]), _negated=True
                        ),
                        name="benefit_never_refused",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            models.Q(
                                ("findings", []),
                                models.Q(
                                    ("outcome", campaigns.integrity.terms.Outcome["COMPLIANCE"]),
                                    _negated=True,
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="benefit_exception_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitMove",
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
                            (campaigns.integrity.terms.MoveKind["GIVEN"], "Given"),
                            (campaigns.integrity.terms.MoveKind["FREED"], "Freed"),
                        ],
                        max_length=8,
                        verbose_name="what happened",
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                ("gross_amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="gross")),
                (
                    "tax_amount",
                    models.DecimalField(
                        decimal_places=2, default=Decimal(0), max_digits=14, verbose_name="tax withheld"
                    ),
                ),
                ("net_amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="net")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "benefit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="campaigns.benefit",
                    ),
                ),
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
                "verbose_name": "what became of a benefit",
                "verbose_name_plural": "what became of benefits",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("benefit", "kind"), name="benefit_moves_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("gross_amount__gt", 0),
                            ("tax_amount__gte", 0),
                            (
                                "net_amount",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("gross_amount"), "-", models.F("tax_amount")
                                ),
                            ),
                        ),
                        name="benefit_net_is_gross_without_tax",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", campaigns.integrity.terms.MoveKind["FREED"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="benefit_freed_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("official", "Public officials"),
                            ("chamber", "Chamber of commerce"),
                            ("soe", "Large state-owned enterprise"),
                            ("government", "Government or public institution"),
                            ("factory", "Factory or mine"),
                            ("market", "Market traders"),
                            ("bank", "Bank"),
                            ("school", "School or college"),
                            ("office", "Office-building company"),
                            ("other", "Other kind of unit"),
                        ],
                        max_length=20,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (campaigns.integrity.terms.BenefitKind["PROMOTIONAL"], "Promotional item"),
                            (campaigns.integrity.terms.BenefitKind["GIFT"], "Gift"),
                            (campaigns.integrity.terms.BenefitKind["MEAL"], "Meal or reception"),
                            (campaigns.integrity.terms.BenefitKind["CASH_EQUIVALENT"], "Card or voucher"),
                            (campaigns.integrity.terms.BenefitKind["CASH"], "Cash"),
                            (campaigns.integrity.terms.BenefitKind["SET_OFF"], "Set off against a purchase"),
                            (campaigns.integrity.terms.BenefitKind["DISCOUNT"], "Benefit of an own purchase"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            (campaigns.integrity.terms.Outcome["FREE"], "recorded only"),
                            (campaigns.integrity.terms.Outcome["LIMITS"], "within limits"),
                            (campaigns.integrity.terms.Outcome["SMALL"], "within the limit for officials"),
                            (campaigns.integrity.terms.Outcome["COMPLIANCE"], "compliance approval"),
                            (campaigns.integrity.terms.Outcome["REFUSED"], "refused"),
                        ],
                        max_length=12,
                        verbose_name="policy",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("valid_from", models.DateField(verbose_name="in force from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="ends before")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            ],
            options={
                "verbose_name": "policy of benefits",
                "verbose_name_plural": "policies of benefits",
                "ordering": ("party", "kind", "-number"),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("party", "="),
                            ("kind", "="),
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
                        name="policy_one_version_at_a_time",
                    ),
                    models.UniqueConstraint(fields=("party", "kind", "number"), name="policy_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    campaigns.integrity.terms.BenefitKind["PROMOTIONAL"],
                                    campaigns.integrity.terms.BenefitKind["GIFT"],
                                    campaigns.integrity.terms.BenefitKind["MEAL"],
                                    campaigns.integrity.terms.BenefitKind["CASH_EQUIVALENT"],
                                    campaigns.integrity.terms.BenefitKind["CASH"],
                                    campaigns.integrity.terms.BenefitKind["SET_OFF"],
                                    campaigns.integrity.terms.BenefitKind["DISCOUNT"],
                                ],
                            ),
                            (
                                "outcome__in",
                                [
                                    campaigns.integrity.terms.Outcome["FREE"],
                                    campaigns.integrity.terms.Outcome["LIMITS"],
                                    campaigns.integrity.terms.Outcome["SMALL"],
                                    campaigns.integrity.terms.Outcome["COMPLIANCE"],
                                    campaigns.integrity.terms.Outcome["REFUSED"],
                                ],
                            ),
                            (
                                "party__in",
                                [
                                    "official",
                                    "chamber",
                                    "soe",
                                    "government",
                                    "factory",
                                    "market",
                                    "bank",
                                    "school",
                                    "office",
                                    "other",
                                ],
                            ),
                        ),
                        name="policy_words_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="policy_ends_after_start",
                    ),
                ],
            },
        ),
    ]
