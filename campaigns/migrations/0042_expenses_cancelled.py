"""An approved claim that is not paid may be cancelled, with its reason."""

from django.conf import settings
from django.db import migrations, models

import campaigns.expenses.terms


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0041_budgets_overruns"),
        ("users", "0002_labels"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="expenseclaim",
            name="claim_state_known",
        ),
        migrations.AddField(
            model_name="expenseclaim",
            name="ended_because",
            field=models.CharField(blank=True, max_length=200, verbose_name="why it was cancelled"),
        ),
        migrations.AlterField(
            model_name="expenseclaim",
            name="state",
            field=models.CharField(
                choices=[
                    (campaigns.expenses.terms.ClaimState["DRAFT"], "Draft"),
                    (campaigns.expenses.terms.ClaimState["PENDING"], "Waiting for approval"),
                    (campaigns.expenses.terms.ClaimState["APPROVED"], "Approved, to be paid"),
                    (campaigns.expenses.terms.ClaimState["PAID"], "Paid"),
                    (campaigns.expenses.terms.ClaimState["CANCELLED"], "Cancelled"),
                    (campaigns.expenses.terms.ClaimState["REJECTED"], "Rejected"),
                    (campaigns.expenses.terms.ClaimState["WITHDRAWN"], "Withdrawn"),
                ],
                default=campaigns.expenses.terms.ClaimState["DRAFT"],
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="expenseclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            campaigns.expenses.terms.ClaimState["DRAFT"],
                            campaigns.expenses.terms.ClaimState["PENDING"],
                            campaigns.expenses.terms.ClaimState["APPROVED"],
                            campaigns.expenses.terms.ClaimState["PAID"],
                            campaigns.expenses.terms.ClaimState["CANCELLED"],
                            campaigns.expenses.terms.ClaimState["REJECTED"],
                            campaigns.expenses.terms.ClaimState["WITHDRAWN"],
                        ],
                    )
                ),
                name="claim_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="expenseclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", campaigns.expenses.terms.ClaimState["CANCELLED"]), _negated=True),
                    models.Q(
                        ("payment__isnull", True),
                        ("reservation__isnull", False),
                        models.Q(("ended_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="claim_cancelled_says_why",
            ),
        ),
    ]
