"""What people write about a period, rewards and honours."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0035_pool_append_only"),
        ("kpi", "0004_seals_counted_rows"),
        ("users", "0002_labels"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Writing",
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
                            ("market", "Market report"),
                            ("summary", "Work summary"),
                            ("plan", "Plan of the year"),
                            ("strategy", "Key-account strategy"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("handed_in", "Handed in"), ("read", "Read")],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("handed_in_at", models.DateTimeField(blank=True, null=True, verbose_name="handed in")),
                ("is_late", models.BooleanField(default=False, verbose_name="late")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
                ("remark", models.TextField(blank=True, max_length=2000, verbose_name="remark")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="writings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="read by",
                    ),
                ),
            ],
            options={
                "verbose_name": "writing",
                "verbose_name_plural": "writings",
                "ordering": ("-first_day", "-id"),
                "indexes": [models.Index(fields=["author", "kind", "-last_day"], name="writing_by_author")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "author", "first_day", "last_day"), name="writing_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "strategy")),
                        fields=("first_day",),
                        name="writing_one_strategy_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="writing_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["market", "summary", "plan", "strategy"])),
                        name="writing_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("handed_in_at__isnull", True), ("read_at__isnull", True), ("state", "draft")
                            ),
                            models.Q(
                                ("handed_in_at__isnull", False),
                                ("read_at__isnull", True),
                                ("state", "handed_in"),
                            ),
                            models.Q(
                                ("handed_in_at__isnull", False),
                                ("read_at__isnull", False),
                                ("read_by__isnull", False),
                                ("state", "read"),
                            ),
                            _connector="OR",
                        ),
                        name="writing_state_has_its_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("read_by__isnull", True),
                            models.Q(("read_by", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="writing_read_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WritingSection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=20)),
                ("text", models.TextField(blank=True, max_length=10000, verbose_name="text")),
                (
                    "writing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sections", to="kpi.writing"
                    ),
                ),
            ],
            options={
                "verbose_name": "part of a writing",
                "verbose_name_plural": "parts of writings",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("writing", "key"), name="writing_section_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Honour",
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
                        choices=[("money", "Bonus"), ("prize", "Prize"), ("title", "Title of honour")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("target", "Target reached"),
                            ("unit_won", "Key account won"),
                            ("other", "Another merit"),
                        ],
                        max_length=10,
                        verbose_name="occasion",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="what is given")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="amount"
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                ("reason", models.TextField(max_length=1000, verbose_name="for what")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting for approval"),
                            ("returned", "Returned for changes"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to="users.team",
                        verbose_name="team",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to="accounts.keyaccount",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "honour",
                "verbose_name_plural": "honours",
                "ordering": ("-on", "-id"),
                "indexes": [
                    models.Index(fields=["person", "-on"], name="honour_by_person"),
                    models.Index(fields=["team", "-on"], name="honour_by_team"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person__isnull", False), ("team__isnull", True)),
                            models.Q(("person__isnull", True), ("team__isnull", False)),
                            _connector="OR",
                        ),
                        name="honour_of_one_holder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("kind", "money")),
                            models.Q(models.Q(("kind", "money"), _negated=True), ("amount__isnull", True)),
                            _connector="OR",
                        ),
                        name="honour_money_has_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("occasion", "unit_won"), _negated=True),
                            ("unit__isnull", False),
                            _connector="OR",
                        ),
                        name="honour_won_unit_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", True),
                            models.Q(("person", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="honour_not_of_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="honour_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["pending", "returned", "approved", "rejected", "withdrawn"])
                        ),
                        name="honour_state_known",
                    ),
                ],
            },
        ),
    ]
