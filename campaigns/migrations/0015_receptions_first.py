import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaigns.receptions.terms


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0033_competition_prices"),
        ("campaigns", "0014_gifts_append_only"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reception",
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
                ("arrives_on", models.DateField(verbose_name="arrive on")),
                ("leaves_on", models.DateField(verbose_name="leave on")),
                ("purpose", models.TextField(verbose_name="purpose")),
                ("other_guests", models.CharField(blank=True, max_length=300, verbose_name="other guests")),
                (
                    "other_count",
                    models.PositiveSmallIntegerField(default=0, verbose_name="number of other guests"),
                ),
                (
                    "staff_count",
                    models.PositiveSmallIntegerField(default=1, verbose_name="number of our own people"),
                ),
                ("staff", models.CharField(blank=True, max_length=200, verbose_name="accompanied by")),
                ("itinerary", models.TextField(blank=True, verbose_name="itinerary")),
                (
                    "standard",
                    models.CharField(blank=True, max_length=200, verbose_name="standard of hospitality"),
                ),
                ("vehicle", models.CharField(blank=True, max_length=120, verbose_name="vehicle")),
                ("lodging", models.CharField(blank=True, max_length=200, verbose_name="accommodation")),
                (
                    "estimate_amount",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="estimated cost"),
                ),
                ("compliance_reason", models.TextField(blank=True, verbose_name="reason for compliance")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (campaigns.receptions.terms.ReceptionState["PENDING"], "Waiting for approval"),
                            (campaigns.receptions.terms.ReceptionState["RETURNED"], "Returned for changes"),
                            (
                                campaigns.receptions.terms.ReceptionState["APPROVED"],
                                "Approved, report to come",
                            ),
                            (campaigns.receptions.terms.ReceptionState["REPORTED"], "Reported"),
                            (campaigns.receptions.terms.ReceptionState["CANCELLED"], "Cancelled"),
                            (campaigns.receptions.terms.ReceptionState["REJECTED"], "Rejected"),
                            (campaigns.receptions.terms.ReceptionState["WITHDRAWN"], "Withdrawn"),
                        ],
                        default=campaigns.receptions.terms.ReceptionState["PENDING"],
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
                ("course", models.TextField(blank=True, verbose_name="what happened")),
                ("result", models.TextField(blank=True, verbose_name="result")),
                ("follow_up", models.TextField(blank=True, verbose_name="follow-up")),
                ("over_reason", models.TextField(blank=True, verbose_name="why it cost more")),
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
                        related_name="receptions",
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receptions",
                        to="accounts.keyaccount",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "reception",
                "verbose_name_plural": "receptions",
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    campaigns.receptions.terms.ReceptionState["PENDING"],
                                    campaigns.receptions.terms.ReceptionState["RETURNED"],
                                    campaigns.receptions.terms.ReceptionState["APPROVED"],
                                    campaigns.receptions.terms.ReceptionState["REPORTED"],
                                    campaigns.receptions.terms.ReceptionState["CANCELLED"],
                                    campaigns.receptions.terms.ReceptionState["REJECTED"],
                                    campaigns.receptions.terms.ReceptionState["WITHDRAWN"],
                                ],
                            )
                        ),
                        name="reception_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("leaves_on__gte", models.F("arrives_on"))),
                        name="reception_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("estimate_amount__gt", 0)), name="reception_costs_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", campaigns.receptions.terms.ReceptionState["APPROVED"]),
                                _negated=True,
                            ),
                            ("reservation__isnull", False),
                            _connector="OR",
                        ),
                        name="reception_approved_holds_its_money",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", campaigns.receptions.terms.ReceptionState["REPORTED"]),
                                _negated=True,
                            ),
                            models.Q(
                                ("actual_amount__gt", 0),
                                ("payment__isnull", False),
                                ("reported_on__isnull", False),
                                models.Q(("course", ""), _negated=True),
                                models.Q(("result", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reception_closes_with_its_report",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceptionGuest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("came", models.BooleanField(null=True, verbose_name="came")),
                (
                    "benefit",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reception",
                        to="campaigns.benefit",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receptions",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "reception",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guests",
                        to="campaigns.reception",
                    ),
                ),
            ],
            options={
                "verbose_name": "guest",
                "verbose_name_plural": "guests",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("reception", "person"), name="reception_guest_once")
                ],
            },
        ),
    ]
