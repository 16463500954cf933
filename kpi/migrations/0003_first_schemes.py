"""The schemes of the source: version 1 of each position, in force from the beginning; what it does not print is an assumption."""

import json
from datetime import date

from django.conf import settings
from django.db import migrations

POSITIONS = {"specialist": ("specialist", "team_lead"), "manager": ("manager", "director")}


def write_schemes(apps, _schema_editor):
    scheme_model, line_model = apps.get_model("kpi", "Scheme"), apps.get_model("kpi", "SchemeLine")
    told = json.loads((settings.BASE_DIR / "fixtures" / "kpi_schemes.json").read_text("utf-8"))
    for key, positions in POSITIONS.items():
        for position in positions:
            scheme = scheme_model.objects.create(position=position, number=1, valid_from=date(2000, 1, 1))
            for place, row in enumerate(told[key], 1):
                line_model.objects.create(
                    scheme=scheme,
                    place=place,
                    indicator=row["indicator"],
                    weight=row["weight"],
                    method=row["method"],
                    terms=row["terms"],
                    is_sourced=row.get("is_sourced", False),
                )


class Migration(migrations.Migration):
    dependencies = [("kpi", "0002_append_only")]
    operations = [migrations.RunPython(write_schemes, migrations.RunPython.noop)]
