import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaigns.gift_plans.terms
import campaigns.gifts.terms


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0035_pool_append_only"),
        ("campaigns", "0027_briefings_steps"),
        ("users", "0002_labels"),
    ]

    operations = [
        migrations.CreateModel(
            name="GiftPlan",
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
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until")),
                ("note", models.TextField(blank=True, verbose_name="reasons")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (campaigns.gift_plans.terms.PlanState["DRAFT"], "Draft"),
                            (campaigns.gift_plans.terms.PlanState["PENDING"], "Waiting for approval"),
                            (campaigns.gift_plans.terms.PlanState["RETURNED"], "Returned for changes"),
                            (campaigns.gift_plans.terms.PlanState["APPROVED"], "Approved"),
                            (campaigns.gift_plans.terms.PlanState["REJECTED"], "Rejected"),
                            (campaigns.gift_plans.terms.PlanState["WITHDRAWN"], "Withdrawn"),
                        ],
                        default=campaigns.gift_plans.terms.PlanState["DRAFT"],
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gift_plans",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="drafted by",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gift_plans",
                        to="users.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "gift plan",
                "verbose_name_plural": "gift plans",
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    campaigns.gift_plans.terms.PlanState["DRAFT"],
                                    campaigns.gift_plans.terms.PlanState["PENDING"],
                                    campaigns.gift_plans.terms.PlanState["RETURNED"],
                                    campaigns.gift_plans.terms.PlanState["APPROVED"],
                                    campaigns.gift_plans.terms.PlanState["REJECTED"],
                                    campaigns.gift_plans.terms.PlanState["WITHDRAWN"],
                                ],
                            )
                        ),
                        name="gift_plan_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="gift_plan_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GiftSchedule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("quantity", models.PositiveIntegerField(default=1, verbose_name="how many")),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            (campaigns.gift_plans.terms.Rhythm["FESTIVAL"], "Every year at a festival"),
                            (campaigns.gift_plans.terms.Rhythm["BIRTHDAY"], "Every year on the birthday"),
                            (campaigns.gift_plans.terms.Rhythm["MONTHS"], "Every so many months"),
                        ],
                        max_length=10,
                        verbose_name="when",
                    ),
                ),
                (
                    "festival",
                    models.CharField(
                        blank=True,
                        choices=[
                            (campaigns.gift_plans.terms.Festival["NEW_YEAR"], "New Year"),
                            (campaigns.gift_plans.terms.Festival["SPRING"], "Spring Festival"),
                            (campaigns.gift_plans.terms.Festival["DRAGON_BOAT"], "Dragon Boat Festival"),
                            (campaigns.gift_plans.terms.Festival["MID_AUTUMN"], "Mid-Autumn Festival"),
                            (campaigns.gift_plans.terms.Festival["NATIONAL_DAY"], "National Day"),
                        ],
                        max_length=14,
                        verbose_name="festival",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(default=0, verbose_name="every so many months")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("reason", models.CharField(max_length=300, verbose_name="why")),
                (
                    "end_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why it was stopped"),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schedules",
                        to="campaigns.giftitem",
                        verbose_name="gift",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gift_schedules",
                        to="accounts.person",
                        verbose_name="for whom",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gift_schedules",
                        to="accounts.keyaccount",
                    ),
                ),
            ],
            options={
                "verbose_name": "recurring gift",
                "verbose_name_plural": "recurring gifts",
                "ordering": ("unit_id", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "festival__in",
                                    [
                                        campaigns.gift_plans.terms.Festival["NEW_YEAR"],
                                        campaigns.gift_plans.terms.Festival["SPRING"],
                                        campaigns.gift_plans.terms.Festival["DRAGON_BOAT"],
                                        campaigns.gift_plans.terms.Festival["MID_AUTUMN"],
                                        campaigns.gift_plans.terms.Festival["NATIONAL_DAY"],
                                    ],
                                ),
                                ("months", 0),
                                ("rhythm", campaigns.gift_plans.terms.Rhythm["FESTIVAL"]),
                            ),
                            models.Q(
                                ("festival", ""),
                                ("months", 0),
                                ("rhythm", campaigns.gift_plans.terms.Rhythm["BIRTHDAY"]),
                            ),
                            models.Q(
                                ("festival", ""),
                                ("months__range", (1, 24)),
                                ("rhythm", campaigns.gift_plans.terms.Rhythm["MONTHS"]),
                            ),
                            _connector="OR",
                        ),
                        name="gift_schedule_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="gift_schedule_quantity_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            models.Q(
                                ("ends_on__gte", models.F("starts_on")),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="gift_schedule_stopped_with_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("person", "item", "rhythm", "festival"),
                        name="gift_schedule_once_a_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GiftPlanLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
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
                ("reason", models.CharField(max_length=300, verbose_name="why")),
                ("on", models.DateField(verbose_name="to be given on")),
                (
                    "dropped_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why it was left out"),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned",
                        to="campaigns.giftitem",
                        verbose_name="gift",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_gifts",
                        to="campaigns.budgetline",
                        verbose_name="budget line",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_gifts",
                        to="accounts.person",
                        verbose_name="for whom",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="campaigns.giftplan",
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned",
                        to="campaigns.giftrequest",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_gifts",
                        to="accounts.keyaccount",
                        verbose_name="unit",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned",
                        to="campaigns.giftschedule",
                    ),
                ),
            ],
            options={
                "verbose_name": "planned gift",
                "verbose_name_plural": "planned gifts",
                "ordering": ("on", "pk"),
                "indexes": [models.Index(fields=["unit", "on"], name="planned_gift_by_unit")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "person", "item", "on"), name="planned_gift_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price_amount__gt", 0), ("quantity__gt", 0)),
                        name="planned_gift_worth_something",
                    ),
                ],
            },
        ),
    ]
