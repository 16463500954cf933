"""Registered customers, the customer that earnest money is of, site visits in batches, activities with partners."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaigns.campaigns.terms
import campaigns.prospects.terms


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0035_pool_append_only"),
        ("campaigns", "0020_expenses_first"),
        ("users", "0002_labels"),
        ("users", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Prospect",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("mobile", models.CharField(blank=True, max_length=40, verbose_name="mobile")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("chamber", "Chamber of commerce"),
                            ("soe", "Large state-owned enterprise"),
                            ("government", "Government or public institution"),
                            ("factory", "Factory or mine"),
                            ("market", "Market traders"),
                            ("bank", "Bank"),
                            ("school", "School or college"),
                            ("office", "Office-building company"),
                            ("other", "Other kind of unit"),
                            ("teachers", "Teachers and civil servants"),
                        ],
                        max_length=20,
                        verbose_name="channel",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            (campaigns.prospects.terms.Source["STORE"], "Store"),
                            (campaigns.prospects.terms.Source["INTRODUCTION"], "Introduction"),
                            (campaigns.prospects.terms.Source["BRIEFING"], "Product briefing"),
                            (campaigns.prospects.terms.Source["ROADSHOW"], "Roadshow"),
                            (campaigns.prospects.terms.Source["SITE_VISIT"], "Site visit"),
                            (campaigns.prospects.terms.Source["PHONE"], "Phone"),
                            (campaigns.prospects.terms.Source["ONLINE"], "Online"),
                            (campaigns.prospects.terms.Source["COLLEAGUE"], "Colleague"),
                            (campaigns.prospects.terms.Source["OTHER"], "Other"),
                        ],
                        max_length=14,
                        verbose_name="source",
                    ),
                ),
                (
                    "source_note",
                    models.CharField(blank=True, max_length=120, verbose_name="which one, through whom"),
                ),
                (
                    "intention",
                    models.CharField(
                        choices=[
                            (campaigns.prospects.terms.Intention["STRONG"], "Wants to buy"),
                            (campaigns.prospects.terms.Intention["INTERESTED"], "Interested"),
                            (campaigns.prospects.terms.Intention["CONSIDERING"], "Thinking about it"),
                            (campaigns.prospects.terms.Intention["NONE"], "No intention"),
                        ],
                        default=campaigns.prospects.terms.Intention["INTERESTED"],
                        max_length=12,
                        verbose_name="intention",
                    ),
                ),
                ("need", models.CharField(blank=True, max_length=300, verbose_name="what is wanted")),
                ("registered_on", models.DateField(verbose_name="registered on")),
                ("sincere_on", models.DateField(blank=True, null=True, verbose_name="sincere since")),
                ("bought_on", models.DateField(blank=True, null=True, verbose_name="bought on")),
                ("dropped_on", models.DateField(blank=True, null=True, verbose_name="given up on")),
                ("drop_reason", models.CharField(blank=True, max_length=200, verbose_name="why given up")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prospects",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prospects",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prospects",
                        to="accounts.person",
                        verbose_name="person",
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
                        related_name="prospects",
                        to="accounts.keyaccount",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "registered customer",
                "verbose_name_plural": "registered customers",
                "ordering": ("-id",),
                "indexes": [models.Index(fields=["campaign", "channel"], name="prospect_counted")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    campaigns.prospects.terms.Source["STORE"],
                                    campaigns.prospects.terms.Source["INTRODUCTION"],
                                    campaigns.prospects.terms.Source["BRIEFING"],
                                    campaigns.prospects.terms.Source["ROADSHOW"],
                                    campaigns.prospects.terms.Source["SITE_VISIT"],
                                    campaigns.prospects.terms.Source["PHONE"],
                                    campaigns.prospects.terms.Source["ONLINE"],
                                    campaigns.prospects.terms.Source["COLLEAGUE"],
                                    campaigns.prospects.terms.Source["OTHER"],
                                ],
                            )
                        ),
                        name="prospect_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "intention__in",
                                [
                                    campaigns.prospects.terms.Intention["STRONG"],
                                    campaigns.prospects.terms.Intention["INTERESTED"],
                                    campaigns.prospects.terms.Intention["CONSIDERING"],
                                    campaigns.prospects.terms.Intention["NONE"],
                                ],
                            )
                        ),
                        name="prospect_intention_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="prospect_has_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", True), ("unit__isnull", False), _connector="OR"
                        ),
                        name="prospect_person_has_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("drop_reason", ""), ("dropped_on__isnull", True)),
                            models.Q(
                                ("dropped_on__isnull", False), models.Q(("drop_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="prospect_given_up_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("mobile", ""), _negated=True),
                        fields=("campaign", "mobile"),
                        name="prospect_mobile_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("campaign", "person"),
                        name="prospect_person_once",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="earnest",
            name="prospect",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="earnest_money",
                to="campaigns.prospect",
                verbose_name="registered as",
            ),
        ),
        migrations.CreateModel(
            name="SiteVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("batch", models.PositiveSmallIntegerField(verbose_name="batch")),
                ("on", models.DateField(verbose_name="day")),
                ("invited_count", models.PositiveIntegerField(verbose_name="invited")),
                ("came_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="came")),
                ("transport", models.CharField(blank=True, max_length=120, verbose_name="transport")),
                ("feedback", models.CharField(blank=True, max_length=500, verbose_name="feedback")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="site_visits",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="led by",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="site_visits",
                        to="accounts.keyaccount",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "site visit",
                "verbose_name_plural": "site visits",
                "ordering": ("campaign_id", "batch", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "batch", "unit"), name="site_visit_unit_once_a_batch"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("batch__gt", 0), ("invited_count__gt", 0)),
                        name="site_visit_brings_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerActivity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("partner", models.CharField(max_length=120, verbose_name="partner")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (campaigns.campaigns.terms.ActivityKind["SHOW"], "Joint show"),
                            (campaigns.campaigns.terms.ActivityKind["TEST_DRIVE"], "Test drive"),
                            (campaigns.campaigns.terms.ActivityKind["LECTURE"], "Lecture"),
                            (campaigns.campaigns.terms.ActivityKind["SALE"], "Special sale"),
                            (campaigns.campaigns.terms.ActivityKind["OUTING"], "Outing"),
                            (campaigns.campaigns.terms.ActivityKind["OTHER"], "Other"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                ("where", models.CharField(blank=True, max_length=120, verbose_name="place")),
                (
                    "came_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="customers who came"),
                ),
                ("result", models.CharField(blank=True, max_length=500, verbose_name="result")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "activity with a partner",
                "verbose_name_plural": "activities with partners",
                "ordering": ("campaign_id", "on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    campaigns.campaigns.terms.ActivityKind["SHOW"],
                                    campaigns.campaigns.terms.ActivityKind["TEST_DRIVE"],
                                    campaigns.campaigns.terms.ActivityKind["LECTURE"],
                                    campaigns.campaigns.terms.ActivityKind["SALE"],
                                    campaigns.campaigns.terms.ActivityKind["OUTING"],
                                    campaigns.campaigns.terms.ActivityKind["OTHER"],
                                ],
                            )
                        ),
                        name="activity_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("partner", ""), _negated=True), name="activity_has_partner"
                    ),
                ],
            },
        ),
    ]
