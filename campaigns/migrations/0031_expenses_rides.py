import django.db.models.deletion
from django.db import migrations, models

import campaigns.expenses.terms


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0030_materials_supplements"),
        ("files", "0001_attachment"),
        ("visits", "0008_agenda_letters_append_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="receipt",
            name="no_vehicle",
            field=models.CharField(
                blank=True,
                choices=[
                    (campaigns.expenses.terms.NoVehicle["TAKEN"], "All vehicles were taken"),
                    (campaigns.expenses.terms.NoVehicle["DID_NOT_COME"], "The vehicle did not come"),
                    (
                        campaigns.expenses.terms.NoVehicle["FASTER"],
                        "Cheaper or faster than a vehicle of ours",
                    ),
                    (campaigns.expenses.terms.NoVehicle["OWN_CAR"], "Own car"),
                ],
                max_length=12,
                verbose_name="why no vehicle of ours",
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="visit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="receipts",
                to="visits.visit",
                verbose_name="visit",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", campaigns.expenses.terms.ExpenseKind["TRANSPORT"]),
                    models.Q(("no_vehicle", ""), ("visit__isnull", True)),
                    _connector="OR",
                ),
                name="receipt_only_rides_name_a_visit",
            ),
        ),
    ]
