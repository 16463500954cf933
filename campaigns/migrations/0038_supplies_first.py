import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaigns.supplies.terms


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0037_sponsorships_first"),
        ("users", "0002_labels"),
    ]

    operations = [
        migrations.CreateModel(
            name="SupplyAccount",
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
                ("asked_on", models.DateField(verbose_name="asked on")),
                ("reason", models.CharField(max_length=300, verbose_name="what for")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (campaigns.supplies.terms.AccountState["PENDING"], "Waiting for approval"),
                            (campaigns.supplies.terms.AccountState["RETURNED"], "Returned for changes"),
                            (campaigns.supplies.terms.AccountState["OPEN"], "Open"),
                            (campaigns.supplies.terms.AccountState["CLOSED"], "Closed"),
                            (campaigns.supplies.terms.AccountState["REJECTED"], "Rejected"),
                            (campaigns.supplies.terms.AccountState["WITHDRAWN"], "Withdrawn"),
                        ],
                        default=campaigns.supplies.terms.AccountState["PENDING"],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="opened on")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
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
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supply_accounts",
                        to="users.team",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supply_accounts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="for whom",
                    ),
                ),
            ],
            options={
                "verbose_name": "account of supplies",
                "verbose_name_plural": "accounts of supplies",
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    campaigns.supplies.terms.AccountState["PENDING"],
                                    campaigns.supplies.terms.AccountState["RETURNED"],
                                    campaigns.supplies.terms.AccountState["OPEN"],
                                    campaigns.supplies.terms.AccountState["CLOSED"],
                                    campaigns.supplies.terms.AccountState["REJECTED"],
                                    campaigns.supplies.terms.AccountState["WITHDRAWN"],
                                ],
                            )
                        ),
                        name="supply_account_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("user__isnull", False), ("team__isnull", False), _connector="OR"),
                        name="supply_account_of_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    [
                                        campaigns.supplies.terms.AccountState["OPEN"],
                                        campaigns.supplies.terms.AccountState["CLOSED"],
                                    ],
                                ),
                                _negated=True,
                            ),
                            ("opened_on__isnull", False),
                            _connector="OR",
                        ),
                        name="supply_account_opened_some_day",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    campaigns.supplies.terms.AccountState["PENDING"],
                                    campaigns.supplies.terms.AccountState["RETURNED"],
                                    campaigns.supplies.terms.AccountState["OPEN"],
                                ),
                            )
                        ),
                        fields=("user",),
                        name="supply_account_one_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    campaigns.supplies.terms.AccountState["PENDING"],
                                    campaigns.supplies.terms.AccountState["RETURNED"],
                                    campaigns.supplies.terms.AccountState["OPEN"],
                                ),
                            ),
                            ("user__isnull", True),
                        ),
                        fields=("team",),
                        name="supply_account_one_a_team",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupplyEntry",
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
                            (campaigns.supplies.terms.EntryKind["DRAWN"], "Handed out"),
                            (campaigns.supplies.terms.EntryKind["TAKEN_OVER"], "Taken over"),
                            (campaigns.supplies.terms.EntryKind["RETURNED"], "Given back"),
                            (campaigns.supplies.terms.EntryKind["USED"], "Used"),
                            (campaigns.supplies.terms.EntryKind["PASSED_ON"], "Passed on"),
                        ],
                        max_length=10,
                        verbose_name="entry",
                    ),
                ),
                ("change", models.IntegerField(verbose_name="change")),
                ("on", models.DateField(verbose_name="day")),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="what for")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="campaigns.supplyaccount",
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
                (
                    "material",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supply_entries",
                        to="campaigns.material",
                    ),
                ),
                (
                    "move",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supply_entry",
                        to="campaigns.materialmove",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of an account of supplies",
                "verbose_name_plural": "entries of accounts of supplies",
                "ordering": ("-id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("change__gt", 0),
                                (
                                    "kind__in",
                                    [
                                        campaigns.supplies.terms.EntryKind["DRAWN"],
                                        campaigns.supplies.terms.EntryKind["TAKEN_OVER"],
                                    ],
                                ),
                            ),
                            models.Q(
                                ("change__lt", 0),
                                (
                                    "kind__in",
                                    [
                                        campaigns.supplies.terms.EntryKind["RETURNED"],
                                        campaigns.supplies.terms.EntryKind["USED"],
                                        campaigns.supplies.terms.EntryKind["PASSED_ON"],
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="supply_entry_signs",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "kind__in",
                                    [
                                        campaigns.supplies.terms.EntryKind["DRAWN"],
                                        campaigns.supplies.terms.EntryKind["RETURNED"],
                                    ],
                                ),
                                ("move__isnull", False),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "kind__in",
                                        [
                                            campaigns.supplies.terms.EntryKind["DRAWN"],
                                            campaigns.supplies.terms.EntryKind["RETURNED"],
                                        ],
                                    ),
                                    _negated=True,
                                ),
                                ("move__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="supply_entry_moves_the_stock",
                    ),
                ],
            },
        ),
        migrations.AlterField(
            model_name="material",
            name="campaign",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="materials",
                to="campaigns.campaign",
                verbose_name="campaign",
            ),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.UniqueConstraint(
                condition=models.Q(("campaign__isnull", True)), fields=("name",), name="supply_name_once"
            ),
        ),
    ]
