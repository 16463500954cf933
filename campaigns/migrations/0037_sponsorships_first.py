import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaigns.integrity.terms
import campaigns.sponsorships.terms
from kam.core.migrations_sql import GrantOnly


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0040_merge_moves"),
        ("campaigns", "0036_purchases_first"),
        ("users", "0002_labels"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sponsorship",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (campaigns.sponsorships.terms.SponsorshipKind["SPORTS"], "Sports event"),
                            (campaigns.sponsorships.terms.SponsorshipKind["EVENT"], "Another event"),
                            (
                                campaigns.sponsorships.terms.SponsorshipKind["PROMOTION"],
                                "Promotion of one product",
                            ),
                            (
                                campaigns.sponsorships.terms.SponsorshipKind["SELLERS"],
                                "Incentive for sellers",
                            ),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="event")),
                ("organiser", models.CharField(blank=True, max_length=160, verbose_name="organiser")),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="place")),
                ("on", models.DateField(verbose_name="first day")),
                ("until", models.DateField(verbose_name="last day")),
                ("goods", models.CharField(blank=True, max_length=300, verbose_name="products given")),
                ("publicity", models.CharField(blank=True, max_length=300, verbose_name="publicity")),
                ("purpose", models.TextField(verbose_name="what it is to bring")),
                (
                    "estimate_amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="estimated cost"),
                ),
                (
                    "benefit_kind",
                    models.CharField(
                        blank=True,
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
                        verbose_name="what each receives",
                    ),
                ),
                (
                    "each_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="worth for each"
                    ),
                ),
                ("compliance_reason", models.TextField(blank=True, verbose_name="reason for compliance")),
                (
                    "basis_document",
                    models.CharField(blank=True, max_length=120, verbose_name="written basis"),
                ),
                (
                    "employer_document",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="how the employer was informed"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (
                                campaigns.sponsorships.terms.SponsorshipState["PENDING"],
                                "Waiting for approval",
                            ),
                            (
                                campaigns.sponsorships.terms.SponsorshipState["RETURNED"],
                                "Returned for changes",
                            ),
                            (
                                campaigns.sponsorships.terms.SponsorshipState["APPROVED"],
                                "Approved, report to come",
                            ),
                            (campaigns.sponsorships.terms.SponsorshipState["REPORTED"], "Reported"),
                            (campaigns.sponsorships.terms.SponsorshipState["CANCELLED"], "Cancelled"),
                            (campaigns.sponsorships.terms.SponsorshipState["REJECTED"], "Rejected"),
                            (campaigns.sponsorships.terms.SponsorshipState["WITHDRAWN"], "Withdrawn"),
                        ],
                        default=campaigns.sponsorships.terms.SponsorshipState["PENDING"],
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="asked on")),
                (
                    "actual_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="actual cost"
                    ),
                ),
                ("document", models.CharField(blank=True, max_length=60, verbose_name="number of the bill")),
                (
                    "visitors",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="people reached"),
                ),
                ("result", models.TextField(blank=True, verbose_name="result")),
                ("reported_on", models.DateField(blank=True, null=True, verbose_name="reported on")),
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
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sponsorships",
                        to="campaigns.budgetline",
                        verbose_name="budget line",
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sponsorships",
                        to="campaigns.outlet",
                        verbose_name="outlet",
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
                    "reported_by",
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
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sponsorships",
                        to="accounts.keyaccount",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "sponsorship",
                "verbose_name_plural": "sponsorships",
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    campaigns.sponsorships.terms.SponsorshipState["PENDING"],
                                    campaigns.sponsorships.terms.SponsorshipState["RETURNED"],
                                    campaigns.sponsorships.terms.SponsorshipState["APPROVED"],
                                    campaigns.sponsorships.terms.SponsorshipState["REPORTED"],
                                    campaigns.sponsorships.terms.SponsorshipState["CANCELLED"],
                                    campaigns.sponsorships.terms.SponsorshipState["REJECTED"],
                                    campaigns.sponsorships.terms.SponsorshipState["WITHDRAWN"],
                                ],
                            ),
                            (
                                "kind__in",
                                [
                                    campaigns.sponsorships.terms.SponsorshipKind["SPORTS"],
                                    campaigns.sponsorships.terms.SponsorshipKind["EVENT"],
                                    campaigns.sponsorships.terms.SponsorshipKind["PROMOTION"],
                                    campaigns.sponsorships.terms.SponsorshipKind["SELLERS"],
                                ],
                            ),
                        ),
                        name="sponsorship_words_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("on"))), name="sponsorship_days_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("estimate_amount__gt", 0)), name="sponsorship_costs_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit__isnull", False),
                            models.Q(("outlet__isnull", True), models.Q(("kind", "sellers"), _negated=True)),
                            _connector="OR",
                        ),
                        name="sponsorship_of_outlet_has_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("benefit_kind", ""), ("each_amount__isnull", True)),
                            models.Q(
                                ("each_amount__gt", 0),
                                ("each_amount__lte", models.F("estimate_amount")),
                                models.Q(("benefit_kind", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="sponsorship_each_within_the_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            ("reservation__isnull", False),
                            _connector="OR",
                        ),
                        name="sponsorship_approved_holds_its_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "reported"), _negated=True),
                            models.Q(
                                ("actual_amount__gt", 0),
                                ("payment__isnull", False),
                                ("reported_on__isnull", False),
                                models.Q(("result", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="sponsorship_closes_with_its_report",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("received", models.BooleanField(null=True, verbose_name="received it")),
                (
                    "benefit",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sponsorship",
                        to="campaigns.benefit",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sponsorships",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "sponsorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recipients",
                        to="campaigns.sponsorship",
                    ),
                ),
            ],
            options={
                "verbose_name": "recipient",
                "verbose_name_plural": "recipients",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sponsorship", "person"), name="sponsorship_recipient_once"
                    )
                ],
            },
        ),
        GrantOnly("SELECT, INSERT, UPDATE", "campaigns_sponsorship"),
    ]
