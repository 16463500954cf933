import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import visits.equipment.terms


class Migration(migrations.Migration):
    dependencies = [
        ("users", "0002_labels"),
        ("visits", "0008_agenda_letters_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Loan",
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
                ("purpose", models.CharField(max_length=300, verbose_name="purpose")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="to be given back on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (visits.equipment.terms.LoanState["PENDING"], "Waiting for approval"),
                            (visits.equipment.terms.LoanState["SENT_BACK"], "Returned for changes"),
                            (visits.equipment.terms.LoanState["APPROVED"], "Approved, to be handed out"),
                            (visits.equipment.terms.LoanState["OUT"], "Handed out"),
                            (visits.equipment.terms.LoanState["BACK"], "Given back"),
                            (visits.equipment.terms.LoanState["CANCELLED"], "Cancelled"),
                            (visits.equipment.terms.LoanState["REJECTED"], "Rejected"),
                            (visits.equipment.terms.LoanState["WITHDRAWN"], "Withdrawn"),
                        ],
                        default=visits.equipment.terms.LoanState["PENDING"],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="asked on")),
                ("out_on", models.DateField(blank=True, null=True, verbose_name="handed out on")),
                ("back_on", models.DateField(blank=True, null=True, verbose_name="given back on")),
                ("condition", models.CharField(blank=True, max_length=200, verbose_name="condition")),
                (
                    "back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "out_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to="visits.resource",
                        verbose_name="equipment",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to="users.team",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="for whom",
                    ),
                ),
            ],
            options={
                "verbose_name": "loan of equipment",
                "verbose_name_plural": "loans of equipment",
                "ordering": ("-pk",),
                "indexes": [models.Index(fields=["user", "state"], name="loan_by_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    visits.equipment.terms.LoanState["PENDING"],
                                    visits.equipment.terms.LoanState["SENT_BACK"],
                                    visits.equipment.terms.LoanState["APPROVED"],
                                    visits.equipment.terms.LoanState["OUT"],
                                    visits.equipment.terms.LoanState["BACK"],
                                    visits.equipment.terms.LoanState["CANCELLED"],
                                    visits.equipment.terms.LoanState["REJECTED"],
                                    visits.equipment.terms.LoanState["WITHDRAWN"],
                                ],
                            )
                        ),
                        name="loan_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__gte", models.F("starts_on")), models.Q(("purpose", ""), _negated=True)
                        ),
                        name="loan_says_what_and_when",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", visits.equipment.terms.LoanState["OUT"])),
                        fields=("resource",),
                        name="loan_out_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    [
                                        visits.equipment.terms.LoanState["OUT"],
                                        visits.equipment.terms.LoanState["BACK"],
                                    ],
                                ),
                                _negated=True,
                            ),
                            models.Q(("out_by__isnull", False), ("out_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="loan_handed_out_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("back_by__isnull", False),
                                ("back_on__gte", models.F("out_on")),
                                ("state", visits.equipment.terms.LoanState["BACK"]),
                            ),
                            models.Q(
                                models.Q(("state", visits.equipment.terms.LoanState["BACK"]), _negated=True),
                                ("back_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="loan_given_back_to_somebody",
                    ),
                ],
            },
        ),
    ]
