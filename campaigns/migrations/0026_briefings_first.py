"""Product briefings: the request, who and what takes part, the seven steps, who came."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import campaigns.briefings.terms
import campaigns.prospects.terms


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0035_pool_append_only"),
        ("campaigns", "0025_contracts_first"),
        ("users", "__first__"),
        ("visits", "0008_agenda_letters_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Briefing",
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
                ("place", models.CharField(max_length=200, verbose_name="place")),
                ("starts_at", models.DateTimeField(verbose_name="starts at")),
                ("ends_at", models.DateTimeField(verbose_name="ends at")),
                ("expected_count", models.PositiveIntegerField(verbose_name="participants expected")),
                ("why", models.TextField(verbose_name="why now")),
                (
                    "estimate_amount",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=12, verbose_name="estimated cost"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (campaigns.briefings.terms.BriefingState["PENDING"], "Waiting for approval"),
                            (campaigns.briefings.terms.BriefingState["RETURNED"], "Returned for changes"),
                            (campaigns.briefings.terms.BriefingState["APPROVED"], "Approved, to be prepared"),
                            (campaigns.briefings.terms.BriefingState["PREPARED"], "Prepared"),
                            (campaigns.briefings.terms.BriefingState["HELD"], "Held, to be counted"),
                            (campaigns.briefings.terms.BriefingState["CLOSED"], "Closed"),
                            (campaigns.briefings.terms.BriefingState["CANCELLED"], "Cancelled"),
                            (campaigns.briefings.terms.BriefingState["REJECTED"], "Rejected"),
                            (campaigns.briefings.terms.BriefingState["WITHDRAWN"], "Withdrawn"),
                        ],
                        default=campaigns.briefings.terms.BriefingState["PENDING"],
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
                ("analysis", models.TextField(blank=True, verbose_name="analysis")),
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
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="briefings",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="agreed with",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="briefings",
                        to="campaigns.budgetline",
                        verbose_name="budget line",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="briefings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="responsible",
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
                        related_name="briefings",
                        to="accounts.keyaccount",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "product briefing",
                "verbose_name_plural": "product briefings",
                "ordering": ("-starts_at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    campaigns.briefings.terms.BriefingState["PENDING"],
                                    campaigns.briefings.terms.BriefingState["RETURNED"],
                                    campaigns.briefings.terms.BriefingState["APPROVED"],
                                    campaigns.briefings.terms.BriefingState["PREPARED"],
                                    campaigns.briefings.terms.BriefingState["HELD"],
                                    campaigns.briefings.terms.BriefingState["CLOSED"],
                                    campaigns.briefings.terms.BriefingState["CANCELLED"],
                                    campaigns.briefings.terms.BriefingState["REJECTED"],
                                    campaigns.briefings.terms.BriefingState["WITHDRAWN"],
                                ],
                            )
                        ),
                        name="briefing_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="briefing_times_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expected_count__gt", 0)), name="briefing_expects_somebody"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("estimate_amount", 0),
                            models.Q(("estimate_amount__gt", 0), ("line__isnull", False)),
                            _connector="OR",
                        ),
                        name="briefing_cost_has_line",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("estimate_amount", 0),
                            ("reservation__isnull", False),
                            models.Q(
                                (
                                    "state__in",
                                    [
                                        campaigns.briefings.terms.BriefingState["APPROVED"],
                                        campaigns.briefings.terms.BriefingState["PREPARED"],
                                    ],
                                ),
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="briefing_approved_holds_its_money",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("department", models.CharField(blank=True, max_length=80, verbose_name="department")),
                ("mobile", models.CharField(blank=True, max_length=40, verbose_name="mobile")),
                (
                    "intention",
                    models.CharField(
                        choices=[
                            (campaigns.prospects.terms.Intention["STRONG"], "Wants to buy"),
                            (campaigns.prospects.terms.Intention["INTERESTED"], "Interested"),
                            (campaigns.prospects.terms.Intention["CONSIDERING"], "Thinking about it"),
                            (campaigns.prospects.terms.Intention["NONE"], "No intention"),
                        ],
                        max_length=12,
                        verbose_name="intention",
                    ),
                ),
                ("question", models.CharField(blank=True, max_length=300, verbose_name="question, need")),
                ("joined", models.BooleanField(default=False, verbose_name="joined as a member")),
                ("return_on", models.DateField(blank=True, null=True, verbose_name="return visit on")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "prospect",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="campaigns.prospect",
                        verbose_name="registered as",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "briefing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendees",
                        to="campaigns.briefing",
                    ),
                ),
            ],
            options={
                "verbose_name": "participant",
                "verbose_name_plural": "participants",
                "ordering": ("briefing_id", "pk"),
                "constraints": [
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
                        name="attendee_intention_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="attendee_has_name"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("mobile", ""), _negated=True),
                        fields=("briefing", "mobile"),
                        name="attendee_mobile_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("briefing", "person"),
                        name="attendee_person_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BriefingItem",
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
                            (campaigns.briefings.terms.ItemKind["LEAFLET"], "Folded leaflets"),
                            (campaigns.briefings.terms.ItemKind["SHEET"], "Floor-plan sheets, sets"),
                            (campaigns.briefings.terms.ItemKind["BOOKLET"], "Product booklets"),
                            (campaigns.briefings.terms.ItemKind["BAG"], "Tote bags"),
                            (campaigns.briefings.terms.ItemKind["SLIDES"], "Slides, set"),
                            (campaigns.briefings.terms.ItemKind["GIFT"], "Small gifts"),
                            (campaigns.briefings.terms.ItemKind["MEMBER_PACK"], "Membership packs"),
                            (campaigns.briefings.terms.ItemKind["VEHICLE"], "Vehicle"),
                            (campaigns.briefings.terms.ItemKind["PROJECTOR"], "Projector"),
                            (campaigns.briefings.terms.ItemKind["LAPTOP"], "Laptop"),
                        ],
                        max_length=12,
                        verbose_name="what",
                    ),
                ),
                ("quantity", models.PositiveIntegerField(blank=True, null=True, verbose_name="quantity")),
                ("left_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="given back")),
                (
                    "briefing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="campaigns.briefing",
                    ),
                ),
                (
                    "material",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.material",
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="visits.resource",
                    ),
                ),
            ],
            options={
                "verbose_name": "thing taken along",
                "verbose_name_plural": "things taken along",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    campaigns.briefings.terms.ItemKind["LEAFLET"],
                                    campaigns.briefings.terms.ItemKind["SHEET"],
                                    campaigns.briefings.terms.ItemKind["BOOKLET"],
                                    campaigns.briefings.terms.ItemKind["BAG"],
                                    campaigns.briefings.terms.ItemKind["SLIDES"],
                                    campaigns.briefings.terms.ItemKind["GIFT"],
                                    campaigns.briefings.terms.ItemKind["MEMBER_PACK"],
                                    campaigns.briefings.terms.ItemKind["VEHICLE"],
                                    campaigns.briefings.terms.ItemKind["PROJECTOR"],
                                    campaigns.briefings.terms.ItemKind["LAPTOP"],
                                ],
                            )
                        ),
                        name="briefing_item_known",
                    ),
                    models.UniqueConstraint(fields=("briefing", "kind"), name="briefing_item_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("material__isnull", True),
                            models.Q(("quantity__gt", 0), ("resource__isnull", True)),
                            _connector="OR",
                        ),
                        name="briefing_item_from_one_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_count__isnull", True),
                            ("left_count__lte", models.F("quantity")),
                            _connector="OR",
                        ),
                        name="briefing_item_left_of_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BriefingStaff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            (campaigns.briefings.terms.StaffRole["SALES"], "Sales representative"),
                            (campaigns.briefings.terms.StaffRole["ENGINEER"], "Engineer of the developer"),
                            (campaigns.briefings.terms.StaffRole["PROPERTY"], "Property manager"),
                            (campaigns.briefings.terms.StaffRole["DRIVER"], "Driver"),
                        ],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("presents", models.BooleanField(default=False, verbose_name="explains the slides")),
                (
                    "briefing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff",
                        to="campaigns.briefing",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "participant on our side",
                "verbose_name_plural": "participants on our side",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    campaigns.briefings.terms.StaffRole["SALES"],
                                    campaigns.briefings.terms.StaffRole["ENGINEER"],
                                    campaigns.briefings.terms.StaffRole["PROPERTY"],
                                    campaigns.briefings.terms.StaffRole["DRIVER"],
                                ],
                            )
                        ),
                        name="briefing_role_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("briefing", "person"),
                        name="briefing_person_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("presents", True)),
                        fields=("briefing",),
                        name="briefing_one_presenter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("presents", False),
                            ("role", campaigns.briefings.terms.StaffRole["SALES"]),
                            _connector="OR",
                        ),
                        name="briefing_presenter_sells",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BriefingStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Agree time and place"),
                            (2, "Arrive, set up, seat people"),
                            (3, "Hand out materials and small gifts"),
                            (4, "Explain the slides"),
                            (5, "Talk, answer, register intentions"),
                            (6, "Count, sort, analyse"),
                            (7, "Return visits"),
                        ],
                        verbose_name="step",
                    ),
                ),
                ("done_on", models.DateField(verbose_name="done on")),
                (
                    "briefing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="campaigns.briefing",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a briefing",
                "verbose_name_plural": "steps of briefings",
                "ordering": ("briefing_id", "step"),
                "constraints": [
                    models.UniqueConstraint(fields=("briefing", "step"), name="briefing_step_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "step__range",
                                (
                                    campaigns.briefings.terms.Step["AGREE"],
                                    campaigns.briefings.terms.Step["RETURN_VISITS"],
                                ),
                            )
                        ),
                        name="briefing_step_known",
                    ),
                ],
            },
        ),
    ]
